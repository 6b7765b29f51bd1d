import { setTimeout as sleep } from 'node:timers/promises';
import { moved } from '../message.js';
import type { MessageRow, Messages } from '../messages.js';
import { openClaims } from './claims.js';
import { createInFlight } from './in-flight.js';
import { createMakeDeliveries, type MakeOptions } from './make-deliveries.js';
import type { Network } from './network.js';
import { createServeChannel, type ServeChannel, type ServeOptions } from './serve-channel.js';
import { createWordsFor, type WordsFor } from './words-for.js';

/** How often it is looked what staff began, paused or cancelled. */
const LOOK_MS = 500;
/** By then every process knows of a cancellation. */
const KNOWN_MS = 3_000;
const PROLONG_MS = 4_000;
/** How long a channel with nothing to do waits. */
const IDLE_MS = 250;
/** Begun so long before it is due, so that deliveries are there in time. */
const EARLY_MS = 20_000;
/** Deliveries are made ahead for so many seconds of each channel's sending, and no fewer than this. */
const AHEAD_S = 15;
const FEWEST_AHEAD = 500;
/** Deliveries of a cancelled message that are dropped in one go. */
const DROPPED_TOGETHER = 2_000;
/** How long a stop waits for sends under way. */
const LAST_SENDS_MS = 5_000;

export type DispatchOptions = Omit<MakeOptions, 'messages'> &
  Omit<ServeOptions, 'claims' | 'inFlight' | 'isGoing' | 'wordsOf'> & {
    readonly messages: Pick<Messages, 'change' | 'findActive' | 'findStopped'>;
    readonly networks: ReadonlyMap<string, Network>;
    /** Names this process in claims. */
    readonly owner: string;
    /** Whether the process of this name ran on this host and runs no more. */
    isDead(owner: string): boolean;
    /** Told when a message begins and ends. */
    changed(message: MessageRow): void;
  };

/** What sends campaign messages in this process. */
export type Dispatcher = { start(): void; stop(): Promise<void> };

/**
 * Sends messages that staff planned. Every process that runs one takes part: each claims some deliveries at
 * a time, marks each before it leaves, and never sends again what may have arrived.
 */
export function createDispatcher(options: DispatchOptions): Dispatcher {
  const { messages, deliveries, networks, now } = options;
  const claims = openClaims(deliveries, options.owner, options.isDead, now);
  const makeDeliveries = createMakeDeliveries(options);
  const words = new Map<string, WordsFor>();
  const stopping = new AbortController();
  const working: Promise<void>[] = [];
  /** What is being sent, by id, as it was last looked up. */
  let going = new Map<string, MessageRow>();

  function wordsOf({ _id, definition: { says } }: MessageRow): WordsFor {
    if (says.type !== 'words') throw new Error('A message that starts a flow has no words.');
    const known = words.get(_id) ?? createWordsFor(says.words, options.campaign());
    words.set(_id, known);
    return known;
  }

  async function look(): Promise<void> {
    const active = await messages.findActive();
    const due = active.filter(
      ({ state, starts_at: at }) => state === 'planned' && (at?.getTime() ?? 0) - EARLY_MS <= now(),
    );
    for (const row of due) await move(row, 'begin');
    going = new Map(active.filter(({ state }) => state === 'sending').map((row) => [row._id, row]));
    for (const id of words.keys()) if (!going.has(id)) words.delete(id);
  }

  /** Makes deliveries ahead, and ends what is over. */
  async function advance(): Promise<void> {
    for (const row of await messages.findActive()) await each(row, advanceOne);
    for (const row of await messages.findStopped()) await each(row, dropCancelled);
  }

  /** One message that fails, as when its segment is gone, holds up no other. */
  async function each(row: MessageRow, work: (row: MessageRow) => Promise<void>): Promise<void> {
    try {
      await work(row);
    } catch (error) {
      options.report(error);
    }
  }

  async function advanceOne(row: MessageRow): Promise<void> {
    await giveUpBroken(row);
    if (row.state !== 'sending') return;
    await leaveOff(row);
    if (row.standing === true) return;
    const ahead = row.definition.channels.map((one): [string, number] => {
      const perSecond = networks.get(one)?.perSecond ?? 0;
      return [one, Math.max(FEWEST_AHEAD, AHEAD_S * perSecond)];
    });
    await makeDeliveries(row, new Map(ahead));
    await finish(row);
  }

  /** What a dead predecessor had is gone on with at once. */
  async function takeOverDead(): Promise<void> {
    for (const { _id, definition } of await messages.findActive()) {
      for (const channel of definition.channels) await claims.takeOver(_id, channel);
    }
  }

  /** What was meant for a channel that was turned off since goes by another, or not at all. */
  async function leaveOff({ _id: message, definition: { channels } }: MessageRow): Promise<void> {
    const on = channels.find((one) => networks.has(one));
    for (const channel of channels) {
      if (networks.has(channel)) continue;
      const at = new Date(now());
      const stuck = { message, state: 'planned', channel, at: { $lte: at } };
      const skipped = { state: 'skipped', reason: 'channel_off', at } as const;
      await deliveries.table.set(stuck, on === undefined ? skipped : { channel: on });
    }
  }

  async function move(row: MessageRow, by: 'begin' | 'finish'): Promise<void> {
    const changed = await messages.change(row._id, (latest) => {
      const state = moved(latest.state, by);
      if (state === undefined) return undefined;
      return { ...latest, state, ...(by === 'finish' ? { ended_at: new Date(now()) } : {}) };
    });
    if (changed !== undefined) options.changed(changed);
  }

  /** What a process that died left in `sending` may have arrived: only where it shows once it goes again. */
  async function giveUpBroken({ _id: message, definition }: MessageRow): Promise<void> {
    const at = { $lte: new Date(now()) };
    for (const channel of definition.channels) {
      const isHarmless = networks.get(channel)?.exact === true || definition.says.type === 'flow';
      const broken = { message, state: 'sending', channel, at };
      const since = new Date(now());
      await deliveries.table.set(
        broken,
        isHarmless
          ? { state: 'planned', at: since, reason: 'in_doubt' }
          : { state: 'unknown', at: since, reason: 'in_doubt' },
      );
    }
  }

  async function finish(row: MessageRow): Promise<void> {
    if (row.all_made !== true) return;
    // In one look: a retry goes back from `sending` to `planned`, and could be missed by two.
    const unsettled = { message: row._id, state: { $in: ['planned', 'sending'] } };
    const [left] = await deliveries.table.find(unsettled, { limit: 1 });
    if (left === undefined) await move(row, 'finish');
  }

  /** What was on its way when staff cancelled comes back first; then nothing is left of it. */
  async function dropCancelled(row: MessageRow): Promise<void> {
    await giveUpBroken(row);
    const sending = { message: row._id, state: 'sending' };
    const [still] = await deliveries.table.find(sending, { limit: 1 });
    const at = new Date(now());
    // A part at a time: a slow channel may have left many, and the store has others to serve.
    const left = { message: row._id, state: 'planned' };
    const some = (await deliveries.table.find(left, { limit: DROPPED_TOGETHER })).map(
      ({ _id }) => _id,
    );
    if (some.length > 0) {
      await deliveries.table.set(
        { ...left, _id: { $in: some } },
        { state: 'skipped', reason: 'cancelled', at, claim: '' },
      );
    }
    // Until then another process may not know of it.
    const isKnown = now() - (row.ended_at?.getTime() ?? 0) > KNOWN_MS;
    if (still !== undefined || !isKnown || some.length === DROPPED_TOGETHER) return;
    await messages.change(row._id, (latest) =>
      latest.state === 'cancelled' ? { ...latest, settled: true } : undefined,
    );
    options.changed(row);
  }

  /** Serves one channel: urgent messages first, then those that began first. */
  async function serveSome(channel: ServeChannel, name: string): Promise<void> {
    const ordered = [...going.values()]
      .filter(({ definition }) => definition.channels.includes(name))
      .sort((one, other) => rank(one) - rank(other));
    for (const row of ordered) {
      if (stopping.signal.aborted) return;
      if ((await channel.serve(row)) > 0) return;
    }
    await pause(IDLE_MS);
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
  }

  /** Goes on until the program stops; what fails is told, and tried again. */
  async function loop(work: () => Promise<void>, pauseMs: number): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await work();
        if (pauseMs > 0) await pause(pauseMs);
      } catch (error) {
        options.report(error);
        await pause(LOOK_MS);
      }
    }
  }

  return {
    start() {
      const isGoing = (id: string): boolean => going.has(id) && !stopping.signal.aborted;
      working.push(takeOverDead().catch(options.report));
      working.push(loop(look, LOOK_MS), loop(advance, LOOK_MS), loop(claims.prolong, PROLONG_MS));
      const all = [...networks.values()];
      // Where a repeat shows once nothing is ever in doubt.
      const shares = {
        exact: createInFlight(all.filter(({ exact }) => exact).length),
        inexact: createInFlight(all.filter(({ exact }) => !exact).length),
      };
      for (const [name, network] of networks) {
        const inFlight = shares[network.exact ? 'exact' : 'inexact']();
        const parts = { ...options, claims, inFlight, isGoing, wordsOf };
        const channel = createServeChannel(name, network, parts);
        working.push(loop(() => serveSome(channel, name), 0).then(() => channel.settled()));
      }
    },
    async stop() {
      stopping.abort();
      await Promise.race([Promise.all(working), sleep(LAST_SENDS_MS, undefined, { ref: false })]);
    },
  };
}

function rank({ definition, created_at: at }: MessageRow): number {
  return (definition.urgent === true ? 0 : 1e15) + at.getTime();
}
