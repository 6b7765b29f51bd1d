import { randomUUID } from 'node:crypto';
import type { Channel, Inbound, Limits, Receipt } from '../channels/channel.js';
import type { Event, ReadMeaning } from '../engine/event.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { createCache } from '../store/cache.js';
import { addressId, type Addresses } from '../supporters/addresses.js';
import type { OutboxItem } from '../supporters/outbox-item.js';
import { newSupporter, type Reach, type SupporterRecord } from '../supporters/record.js';
import { createKeyedQueue } from './keyed-queue.js';
import type { RecordWriter, Stranger } from './record-writer.js';
import { takeTurn, type Complete, type Incoming, type Turn, type SegmentsOf } from './take-turn.js';
import { understand, type Rules } from './understand.js';

/** An address changes hands when its owner is erased, merged or unmerged; never often in one moment. */
const MOST_OWNERS = 5;

export type ConverseOptions = {
  readonly writer: RecordWriter;
  readonly addresses: Addresses;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly log: Log;
  /** Flows and rule words in force now. */
  library(): Library;
  rules(): Rules;
  /** What texts mean that are no rule word; absent: only answers and keywords are understood. */
  readonly readMeaning?: ReadMeaning | undefined;
  /** Brings the library up to date with what other processes published. */
  refresh(): Promise<void>;
  now(): number;
  /** Called with what a saved turn must do. */
  perform(supporter: string, items: readonly OutboxItem[]): void;
  /** Called when this process looked up whose an address is, instead of remembering it. */
  met(channel: string, address: string): void;
  /** Turns once taken at an address of somebody who was erased since; 0 for anybody else. */
  turnsErased(channel: string, address: string): Promise<number>;
  /** Gives an address to whoever made the payload that was opened there; whether it did. */
  join?(payload: string, channel: string, address: string): Promise<boolean>;
  /** The flow that opening a payload of another kind starts; undefined: none. */
  linkStarts?(payload: string, channel: string, address: string): Promise<string | undefined>;
  /** Fills in what follows from what is known of a supporter, in the write of each turn. */
  readonly complete?: Complete | undefined;
  /** Which of the segments that flows ask for a supporter is in; absent: none. */
  readonly segmentsOf?: SegmentsOf | undefined;
  /** Called once for each turn that was saved. */
  observe(turn: { readonly type: Event['type']; readonly alerts: number }): void;
};

type WithoutOrigin<E> = E extends Event ? Omit<E, 'at' | 'channel'> : never;
/** An event that no channel brought. */
export type Happening = WithoutOrigin<
  Extract<Event, { type: 'elapsed' | 'opened' | 'returned' | 'started' }>
>;

/** The one door of all conversations. */
export type Converse = {
  /** Takes in what a channel read; `taken` means that the turn is saved. */
  receive(inbound: Inbound): Promise<Receipt>;
  /**
   * Takes in a timer, the result of an action, a flow that staff started, or that somebody came from
   * another channel; with an `id`, once only.
   * It answers at `reach`, else at the address last written from. Undefined: there is no such supporter.
   */
  happen(
    supporter: string,
    event: Happening,
    id?: string,
    reach?: Reach,
  ): Promise<Receipt | undefined>;
  /** Forgets whose these addresses (`<channel>:<address>`) were. */
  forgetOwners(addresses: readonly string[]): void;
};

/** Opens the door. Turns of one supporter are taken in order, and each is one guarded write. */
export function createConverse(options: ConverseOptions): Converse {
  const { writer, addresses, channels, log, now } = options;
  const arrivals = createKeyedQueue();
  const owners = createCache<Owner>(20_000);

  /** Who this address belongs to; a stranger's is claimed for somebody new. */
  async function findOwner({ channel, address, at }: Inbound): Promise<Owner & { isNew: boolean }> {
    const key = addressId(channel, address);
    const known = owners.get(key);
    if (known !== undefined) return { ...known, isNew: false };
    options.met(channel, address);
    const id = randomUUID();
    let { supporter } = await addresses.claim(channel, address, id, new Date(at));
    const isNew = supporter === id;
    let lineage = '';
    for (let tries = 0; !isNew && tries < MOST_OWNERS; tries += 1) {
      lineage = lineageOf(await writer.read(supporter));
      // A merge undone in between is seen here, one undone later by the lineage.
      const row = await addresses.find(channel, address);
      if (row === undefined || row.supporter === supporter) break;
      supporter = row.supporter;
    }
    owners.set(key, { supporter, lineage });
    return { supporter, lineage, isNew };
  }

  /** Whether a link gave this address to somebody who began elsewhere. */
  async function isJoined({ input, channel, address }: Inbound): Promise<boolean> {
    if (input.type !== 'linked' || options.join === undefined) return false;
    const joined = await options.join(input.payload, channel, address);
    if (joined) owners.delete(addressId(channel, address));
    return joined;
  }

  /** The flow that a link starts, where there is such a flow. */
  async function flowOf({ input, channel, address }: Inbound): Promise<string | undefined> {
    if (input.type !== 'linked') return undefined;
    const name = await options.linkStarts?.(input.payload, channel, address);
    return name === undefined || options.library().flow(name) === undefined ? undefined : name;
  }

  async function turn(
    supporter: string,
    stranger: Stranger | undefined,
    makeIncoming: (record: SupporterRecord) => Incoming,
    lineage?: string,
    isRefreshed = false,
  ): Promise<Turn | undefined> {
    const taken = await writer.write<Turn | Behind | Moved>(supporter, stranger, (record) => {
      if (lineage !== undefined && lineageOf(record) !== lineage) return { answer: MOVED };
      if (!isRefreshed && !knowsAll(options.library(), record)) return { answer: BEHIND };
      const incoming = makeIncoming(record);
      const limits = limitsOf(incoming.reach);
      const { complete, segmentsOf } = options;
      const made = takeTurn(options.library(), record, incoming, limits, complete, segmentsOf);
      if (made.type !== 'taken') return { answer: made };
      // What an interruption left goes first, unless another process is at it.
      const items = writer.isFree(record.lease) ? made.record.outbox : made.items;
      const leased = { ...made.record, lease: writer.newLease() };
      return { record: leased, answer: { ...made, items } };
    });
    if (taken?.type === 'behind') {
      await options.refresh();
      return turn(supporter, stranger, makeIncoming, lineage, true);
    }
    if (taken?.type === 'moved') return undefined;
    if (taken?.type === 'busy' && taken.reason === 'outbox-full') {
      log.error({ code: taken.reason, supporter }, 'alert');
    }
    if (taken?.type === 'taken') {
      for (const { error, ...alert } of taken.alerts) {
        log.error({ ...alert, supporter, ...(error === undefined ? {} : { err: error }) }, 'alert');
      }
      options.perform(supporter, writer.undone(supporter, taken.items));
    }
    return taken;
  }

  /**
   * Takes what came in for whoever the address belongs to; undefined when that supporter was erased, or
   * merged or unmerged, here or by another process, so that it may be somebody else's now.
   */
  async function turnOfOwner(inbound: Inbound): Promise<Turn | undefined> {
    const { channel, address, id, echo } = inbound;
    const joined = await isJoined(inbound);
    const started = joined ? undefined : await flowOf(inbound);
    const { supporter, lineage, isNew } = await findOwner(inbound);
    const reach: Reach = { channel, address };
    const { readMeaning = () => ({}) } = options;
    const incomingOf = ({ language }: SupporterRecord): Incoming => {
      const event: Event = joined
        ? { type: 'opened', joined: true, at: inbound.at, channel }
        : started !== undefined
          ? { type: 'started', flow: started, at: inbound.at, channel }
          : understand(inbound, { rules: options.rules(), readMeaning, language });
      return { id, reach, event, ...(echo === undefined ? {} : { echo }) };
    };
    if (!isNew) {
      const taken = await turn(supporter, undefined, incomingOf, lineage);
      if (taken !== undefined) return taken;
      owners.delete(addressId(channel, address));
      // An erasure frees the address before its last step; else the first turn was never saved.
      const row = await addresses.find(channel, address);
      if (row?.supporter !== supporter || (await writer.read(supporter)) !== undefined) {
        return undefined;
      }
    }
    return turn(supporter, { fresh: await newcomer(supporter, inbound), isNew }, incomingOf);
  }

  /**
   * Ids of messages and buttons come from the turns: a web page that is still open knows old ids, and a
   * chat may show old buttons, which must not answer what is asked of the stranger.
   */
  async function newcomer(supporter: string, inbound: Inbound): Promise<SupporterRecord> {
    const { channel, address, at, input } = inbound;
    const reach: Reach = { channel, address };
    const fresh: SupporterRecord = {
      ...newSupporter(supporter, languageOf(inbound), reach, new Date(at)),
      reachable_on: [channel],
    };
    // Somebody who opens a conversation shows nothing of an older one.
    if (input.type === 'opened') return fresh;
    const turns = await options.turnsErased(channel, address);
    return turns === 0
      ? fresh
      : { ...fresh, turns, session: { turn: turns, frames: [], fresh: true } };
  }

  function limitsOf({ channel }: Reach): Limits {
    return channels.get(channel)?.limits ?? UNLIMITED;
  }

  /** The campaign's language nearest to what the supporter's device declares. */
  function languageOf({ locale }: Inbound): string {
    const { languages } = options.library().campaign;
    const wanted = locale?.toLowerCase().split('-')[0];
    return languages.find((language) => language === wanted) ?? languages[0] ?? 'fr';
  }

  return {
    receive(inbound) {
      const { channel, address } = inbound;
      return arrivals.run(addressId(channel, address), async () => {
        for (let tries = 0; tries < MOST_OWNERS; tries += 1) {
          const taken = await turnOfOwner(inbound);
          if (taken === undefined) continue;
          if (taken.type === 'taken') {
            options.observe({ type: eventType(inbound), alerts: taken.alerts.length });
          }
          return taken.type;
        }
        throw new Error('A turn came to nothing.');
      });
    },
    async happen(supporter, event, id, given) {
      const taken = await turn(supporter, undefined, ({ last }) => {
        const reach = given ?? last;
        return {
          reach,
          event: { ...event, at: now(), channel: reach.channel },
          ...(id === undefined ? {} : { id }),
        };
      });
      if (taken?.type === 'taken')
        options.observe({ type: event.type, alerts: taken.alerts.length });
      return taken?.type;
    },
    forgetOwners(gone) {
      for (const address of gone) owners.delete(address);
    },
  };
}

function eventType({ input: { type } }: Inbound): Event['type'] {
  return type === 'linked' ? 'opened' : type;
}

/** Whose an address is, and which profiles were merged into that one when this was looked up. */
type Owner = { readonly supporter: string; readonly lineage: string };

/** Changes whenever a merge is done or undone, which is when addresses change hands. */
function lineageOf(record: SupporterRecord | undefined): string {
  return record?.merged_from?.join(' ') ?? '';
}

/** The address may be somebody else's by now. */
const MOVED = { type: 'moved' } as const;
type Moved = typeof MOVED;

/** Another process published what the session stands on, and this one has not read it yet. */
const BEHIND = { type: 'behind' } as const;
type Behind = typeof BEHIND;

function knowsAll(library: Library, { session }: SupporterRecord): boolean {
  return session.frames.every(({ flow, version }) => library.flow(flow, version) !== undefined);
}

/** For a channel that was turned off since: its messages are given up when their turn comes. */
const UNLIMITED: Limits = {
  text: Number.MAX_SAFE_INTEGER,
  buttons: Number.MAX_SAFE_INTEGER,
  buttonLabel: Number.MAX_SAFE_INTEGER,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: false,
};
