import { setTimeout as sleep } from 'node:timers/promises';
import {
  BOT_FRAMEWORK_LIMITS,
  type Channel,
  type Host,
  type MayLeave,
  type Message,
  type OpenedChannel,
  type Pacing,
  type SendResult,
} from '../channel.js';
import type { NumberWords } from '../number-choices.js';
import { createSendParts } from '../send-parts.js';
import { createBotAdapter, type AppCredentials, type BotAdapter } from './adapter.js';
import { ConnectorError } from './connector-error.js';
import { createDoor } from './door.js';
import { fetchFile } from './fetch-file.js';
import { readActivity, type Arrival, type Reference } from './read-activity.js';
import { isNotLetIn, readFailure } from './read-failure.js';
import { writeActivity, type Written } from './write-activity.js';

/** Where Azure's Bot Service calls. */
export const DOOR_PATH = '/api/messages';
/** How long a connector may take to answer. */
const ANSWER_WITHIN_MS = 30_000;
const START_AGAIN_MS = 10_000;
/** Groups that were told lately that the assistant speaks to people only, and for how long that lasts. */
const MOST_GROUPS = 1_000;
const TOLD_FOR_MS = 24 * 3_600_000;

export type BotFrameworkOptions = AppCredentials & {
  readonly answerWithinMs?: number;
  readonly host: Host;
  readonly throttle: Pacing;
  /** How conversations are reached. */
  readonly references: {
    get(address: string): Promise<Reference | undefined>;
    /** Keeps the latest; whether it is another than before. */
    put(address: string, reference: Reference): Promise<boolean>;
  };
  /** Runs work of one conversation in order. */
  readonly inOrder: <T>(address: string, work: () => Promise<T>) => Promise<T>;
  words(language: string | undefined): NumberWords & {
    /** Said once in a group: the assistant speaks to people only. */
    readonly group: string;
  };
};

/** Opens the networks behind Azure's Bot Service: Teams, Messenger and others. */
export function openBotFramework(options: BotFrameworkOptions): OpenedChannel {
  const { host, throttle, references, answerWithinMs = ANSWER_WITHIN_MS } = options;
  const sendParts = createSendParts();
  const stopping = new AbortController();
  const toldGroups = new Map<string, number>();
  let adapter: Promise<BotAdapter> | undefined;
  let missing: string | undefined = 'botframework: not started';

  const bot = (): Promise<BotAdapter> =>
    (adapter ??= createBotAdapter({ ...options, answerWithinMs }));

  async function send(address: string, message: Message, mayLeave: MayLeave): Promise<SendResult> {
    if (message.type === 'echo') return { type: 'sent' };
    const reference = await references.get(address);
    if (reference === undefined) return { type: 'failed', reason: 'unreachable' };
    const words = options.words(message.language);
    const parts = writeActivity(message, reference.channelId, words);
    return sendParts(address, message, parts, (part) =>
      throttle.run(message.bulk === true, () => {
        const permit = mayLeave();
        return permit.type === 'refused'
          ? Promise.resolve({ type: 'withheld', refusal: permit } as const)
          : post(reference, part);
      }),
    );
  }

  async function post(reference: Reference, activity: Written): Promise<SendResult> {
    try {
      const id = await (await bot()).send(reference, activity);
      say(undefined);
      return { type: 'sent', ...(id === undefined ? {} : { id }) };
    } catch (error) {
      const failure = readFailure(error);
      if (failure.reason === 'misconfigured') say(NOT_LET_IN);
      // No token could be had, so that nothing was sent.
      else if (!(error instanceof ConnectorError)) say(OUT_OF_REACH);
      if (failure.retryAfterMs !== undefined) throttle.pause(failure.retryAfterMs);
      return failure;
    }
  }

  async function showTyping(address: string): Promise<void> {
    const reference = await references.get(address);
    if (reference !== undefined) await (await bot()).send(reference, { type: 'typing' });
  }

  /** Whether it is saved; false: the supporter has too much waiting. Rejects as the store does. */
  async function take(arrival: Arrival): Promise<boolean> {
    const { reference } = arrival;
    switch (arrival.type) {
      case 'inbound': {
        const { address } = arrival.inbound;
        // Before anything is answered, for the answer needs it.
        await references.put(address, reference);
        const receipt = await host.receive(arrival.inbound);
        // Whoever writes can be reached, whatever became of earlier messages.
        await host.reachable(address, true);
        return receipt !== 'busy';
      }
      case 'reachable':
        if (arrival.reachable) await references.put(arrival.address, reference);
        await host.reachable(arrival.address, arrival.reachable);
        return true;
      case 'group':
        decline(arrival.address, reference, arrival.locale);
        return true;
      default:
        return arrival satisfies never;
    }
  }

  /** Says once why nothing more is said: what is said in a group is nothing for the assistant. */
  function decline(address: string, reference: Reference, locale: string | undefined): void {
    const before = toldGroups.get(address) ?? -Infinity;
    if (host.now() - before < TOLD_FOR_MS) return;
    toldGroups.delete(address);
    toldGroups.set(address, host.now());
    const [oldest] = toldGroups.keys();
    if (toldGroups.size > MOST_GROUPS && oldest !== undefined) toldGroups.delete(oldest);
    const words = options.words(locale);
    const text = { type: 'text', text: words.group, language: locale ?? '' } as const;
    const [said] = writeActivity({ id: '', at: host.now(), ...text }, reference.channelId, words);
    if (said !== undefined) void throttle.run(true, () => post(reference, said));
  }

  /** Whether what an activity tells is saved; the Bot Service is told when it is not. */
  async function takeInOrder(payload: unknown): Promise<boolean> {
    const arrival = readActivity(payload, host.now());
    if (arrival === undefined) return true;
    const address = arrival.type === 'inbound' ? arrival.inbound.address : arrival.address;
    try {
      return await options.inOrder(address, () => take(arrival));
    } catch (error) {
      host.tell('error', 'A message could not be saved, and the Bot Service was told so.', error);
      return false;
    }
  }

  /** Tries until Microsoft gives a token: a wrong password is told of at the start, not at the first reply. */
  async function setUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await (await bot()).token();
        return say(undefined);
      } catch (error) {
        say(isNotLetIn(error) ? NOT_LET_IN : OUT_OF_REACH);
        await sleep(START_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Tells the operator once of what keeps the channel from answering, and when it does again. */
  function say(sentence: string | undefined): void {
    if (sentence === missing) return;
    missing = sentence;
    if (sentence === undefined) host.tell('info', 'botframework: at work');
    else host.tell('warn', sentence);
  }

  const channel: Channel = {
    name: 'botframework',
    limits: BOT_FRAMEWORK_LIMITS,
    exact: false,
    send,
    showTyping(address) {
      showTyping(address).catch(() => undefined);
    },
    fetchFile: (id, mostBytes) => fetchFile(id, mostBytes, async () => (await bot()).token()),
  };

  return {
    channel,
    routes: new Map([
      [
        DOOR_PATH,
        createDoor({
          async take(authorization, activity) {
            let isSaved = true;
            const taken = await (
              await bot()
            ).take(authorization, activity, async (payload) => {
              isSaved = await takeInOrder(payload);
            });
            return isSaved ? taken : 'again';
          },
        }),
      ],
    ]),
    async start() {
      // What Microsoft has to be asked may take its time; the program does not wait for it.
      void setUp();
      await Promise.resolve();
    },
    notReady: () => missing,
    async close() {
      stopping.abort();
      await Promise.resolve();
    },
  };
}

const OUT_OF_REACH = 'botframework: Microsoft cannot be reached';
const NOT_LET_IN =
  'botframework: Microsoft does not know this BOT_FRAMEWORK_APP_ID, BOT_FRAMEWORK_APP_PASSWORD or BOT_FRAMEWORK_TENANT_ID; copy them again from the Azure portal';
