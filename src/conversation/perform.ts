import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, MayLeave, Message } from '../channels/channel.js';
import { Withheld, type Content } from '../engine/calendar/permit.js';
import type { Json } from '../engine/json.js';
import type { Log } from '../log.js';
import type { Addresses } from '../supporters/addresses.js';
import type { JournalEntry, OutboxItem } from '../supporters/outbox-item.js';
import type { ActionHandler } from './action-handler.js';
import type { Guard } from './guard.js';
import { createKeyedQueue } from './keyed-queue.js';
import { retryDelayMs } from './retry-delay.js';

/** How often typing is shown again while a result is awaited; channels show it for a few seconds. */
const TYPING_EVERY_MS = 3_000;
/** How long the result of an action is awaited; a flow goes on without it by then. */
const RESULT_WITHIN_MS = 30_000;

type Send = Extract<OutboxItem, { type: 'send' }>;
type ActItem = Extract<OutboxItem, { type: 'act' }>;
type Result = { readonly [key: string]: Json };
type Acted =
  | { readonly type: 'settled'; readonly result: Result | undefined }
  | { readonly type: 'stopped' };

/** What performing needs of the rest of the program. */
export type PerformOptions = {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly actions: ReadonlyMap<string, ActionHandler>;
  /** Actions done after all else that is to be done for the supporter, and never given up. */
  readonly lastActions: ReadonlySet<string>;
  readonly addresses: Pick<Addresses, 'markUnreachable'>;
  readonly log: Log;
  /** What may leave for a supporter. */
  guard(supporter: string): Promise<Guard>;
  writeJournal(supporter: string, entry: JournalEntry): Promise<void>;
  /** Takes the items out of the outbox, now or with the next write. */
  done(supporter: string, items: readonly string[]): void;
  /** Brings the result of an awaited action back into the conversation. */
  returned(supporter: string, effect: string, result: Result | undefined): Promise<void>;
};

export type Performer = {
  /** Performs the items that are not under way already. */
  perform(supporter: string, items: readonly OutboxItem[]): void;
  /** Supporters something is being done for. */
  busy(): ReadonlySet<string>;
  /** Lets what is under way end, and starts no retry. */
  stop(): Promise<void>;
};

/**
 * Performs outboxes: the journal first, then the sends, in order for each address, and the acts. Each
 * item has a key that stays the same, so that one performed twice can be told by its receiver.
 */
export function createPerformer(options: PerformOptions): Performer {
  const { channels, actions, addresses, log } = options;
  const queue = createKeyedQueue();
  const underWay = new Map<string, Set<string>>();
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();

  function perform(supporter: string, items: readonly OutboxItem[]): void {
    const mine = underWay.get(supporter) ?? new Set<string>();
    const fresh = items.filter((item) => !mine.has(item.id));
    if (fresh.length === 0 || stopping.signal.aborted) return;
    underWay.set(supporter, mine);
    for (const item of fresh) mine.add(item.id);
    const run = performAll(supporter, fresh).finally(() => {
      for (const item of fresh) mine.delete(item.id);
      if (mine.size === 0) underWay.delete(supporter);
      running.delete(run);
    });
    running.add(run);
  }

  async function performAll(supporter: string, items: readonly OutboxItem[]): Promise<void> {
    let guard: Guard;
    try {
      const entries = items.filter((item) => item.type === 'journal');
      await Promise.all(entries.map(({ entry }) => options.writeJournal(supporter, entry)));
      options.done(
        supporter,
        entries.map(({ id }) => id),
      );
      guard = await options.guard(supporter);
    } catch (error) {
      return interrupted(supporter, error);
    }
    const isLast = (item: OutboxItem): boolean =>
      item.type === 'act' && options.lastActions.has(item.action);
    const others = items.filter((item) => !isLast(item));
    await performEach(supporter, guard, others);
    await performEach(supporter, guard, items.filter(isLast));
  }

  /** Each for itself: one that fails leaves the others under way. */
  async function performEach(
    supporter: string,
    guard: Guard,
    items: readonly OutboxItem[],
  ): Promise<void> {
    await Promise.all(
      items.map(async (item) => {
        try {
          if (item.type === 'send')
            await sendInOrder(supporter, item, guard('reply', contentOf(item)));
          else if (item.type === 'act') await act(supporter, item);
        } catch (error) {
          interrupted(supporter, error);
        }
      }),
    );
  }

  /** What failed stays in the outbox; the sweep takes it up again when the lease runs out. */
  function interrupted(supporter: string, error: unknown): void {
    log.error({ err: error, supporter }, 'outbox interrupted');
  }

  /**
   * An exact channel orders what it is given itself, and is quicker when it is given it together; after
   * a failure, and for the others, one send waits for the one before it.
   */
  async function sendInOrder(supporter: string, item: Send, mayLeave: MayLeave): Promise<void> {
    const channel = channels.get(item.channel);
    const key = `${item.channel}:${item.address}`;
    if (channel?.exact === true && !queue.has(key)) {
      const result = await channel.send(item.address, messageOf(item), mayLeave);
      if (result.type === 'sent') return options.done(supporter, [item.id]);
    }
    return queue.run(key, () => sendUntilSettled(supporter, item, channel, mayLeave));
  }

  async function sendUntilSettled(
    supporter: string,
    item: Send,
    channel: Channel | undefined,
    mayLeave: MayLeave,
  ): Promise<void> {
    for (let tries = 0; !stopping.signal.aborted; tries += 1) {
      const result =
        channel === undefined
          ? ({ type: 'failed', reason: 'misconfigured' } as const)
          : await channel.send(item.address, messageOf(item), mayLeave);
      if (result.type === 'sent') return options.done(supporter, [item.id]);
      if (result.type === 'withheld') {
        const { rule } = result.refusal;
        log.info({ supporter, channel: item.channel, rule }, 'reply withheld');
        return options.done(supporter, [item.id]);
      }
      const delay = retryDelayMs(result, tries, Math.random());
      const about = { supporter, channel: item.channel, reason: result.reason, tries: tries + 1 };
      if (delay === undefined) {
        log.warn(about, 'reply not sent');
        // Sent again later it shows once: the sweep goes on with it.
        if (channel?.exact === true && result.reason === 'in_doubt') return;
        if (result.reason === 'blocked' || result.reason === 'unreachable') {
          await addresses.markUnreachable(item.channel, item.address);
        }
        return options.done(supporter, [item.id]);
      }
      log.debug(about, 'reply will be sent again');
      await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function act(supporter: string, item: ActItem): Promise<void> {
    const { effect, awaited } = item;
    const showTyping = (): void => channels.get(item.channel)?.showTyping(item.address);
    if (awaited) showTyping();
    const typing = awaited ? setInterval(showTyping, TYPING_EVERY_MS) : undefined;
    const done = await actUntilSettled(supporter, item).finally(() => clearInterval(typing));
    // It stays in the outbox, and is done after the next start under the same key.
    if (done.type === 'stopped') return;
    if (awaited) await options.returned(supporter, effect, done.result);
    options.done(supporter, [item.id]);
  }

  /** A failure is told to the flow that awaits the result; where none does, it is tried again. */
  async function actUntilSettled(supporter: string, item: ActItem): Promise<Acted> {
    const { action, awaited } = item;
    const key = `${supporter}:${item.id}`;
    const asked = {
      supporter,
      action,
      key,
      with: item.with,
      content: contentOf(item),
      ...(item.at === undefined ? {} : { at: item.at }),
    };
    const handler = actions.get(action);
    if (handler === undefined) {
      // A domain that is not built: the flow goes on where it gives up, and says so kindly.
      log.debug({ supporter, action }, 'nobody does this action');
      return { type: 'settled', result: undefined };
    }
    for (let tries = 0; !stopping.signal.aborted; tries += 1) {
      try {
        const result = await inTime(handler(asked), awaited);
        return { type: 'settled', result: result ?? undefined };
      } catch (error) {
        if (stopping.signal.aborted) break;
        if (error instanceof Withheld) {
          log.info({ supporter, action, rule: error.refusal.rule }, 'action withheld');
          return { type: 'settled', result: undefined };
        }
        log.error({ err: error, supporter, action, tries: tries + 1 }, 'action failed');
        const inDoubt = { type: 'failed', reason: 'in_doubt' } as const;
        const delay = awaited ? undefined : retryDelayMs(inDoubt, tries, Math.random());
        if (delay === undefined && options.lastActions.has(action)) break;
        if (delay === undefined) return { type: 'settled', result: undefined };
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return { type: 'stopped' };
  }

  /** Rejects at once when everything stops, and a result that is awaited once the flow gave it up. */
  function inTime<T>(work: Promise<T>, awaited: boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        clearTimeout(timer);
        reject(new Error('No result in time.'));
      };
      const timer = awaited ? setTimeout(giveUp, RESULT_WITHIN_MS) : undefined;
      stopping.signal.addEventListener('abort', giveUp, { once: true });
      work.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', giveUp);
      });
    });
  }

  return {
    perform,
    busy: () => new Set(underWay.keys()),
    async stop() {
      stopping.abort();
      await Promise.all(running);
      await queue.idle();
    },
  };
}

/** What was written before contents were told apart is taken for the strictest. */
function contentOf({ content }: Send | ActItem): Content {
  return content ?? 'campaign';
}

function messageOf(item: Send): Message {
  return { id: item.id, at: item.at.getTime(), ...item.message };
}
