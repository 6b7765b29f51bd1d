import type { Journal } from '../../supporters/journal.js';
import type { FunnelEffect, FunnelTurn } from './measure-funnel.js';

/** Turns of the journal that are kept for funnels, the last ones. */
const MOST_TURNS = 50_000;
/** How far back funnels may go. */
const LONGEST_MS = 366 * 86_400_000;
/** A turn reaches the journal a moment after it was taken: so much is read again. */
const OVERLAP_MS = 10_000;
/** All are read again after this: for turns that came late, and for people who were erased. */
const WHOLE_MS = 10 * 60_000;

const FIELDS = ['supporter', 'turn', 'at', 'effects'] as const;

/** The last turns of the journal, in order, and since when there are all of them. */
export type KeptTurns = { readonly turns: readonly FunnelTurn[]; readonly since: Date };

export type KeptTurnsOptions = {
  readonly journal: Pick<Journal, 'table'>;
  /** Told when what is kept could not be read again. */
  report(error: unknown): void;
  now(): number;
  /** Fewer for tests. */
  readonly most?: number;
};

type Kept = {
  /** By id, in order. */
  readonly turns: ReadonlyMap<string, FunnelTurn>;
  readonly since: Date;
  /** Up to when the journal was read, and when all of it was. */
  readonly until: number;
  readonly wholeAt: number;
};

/**
 * Makes what reads each turn of the journal once and keeps as much of it as funnels need, without a word
 * that was said: whoever asks waits only for what came since somebody asked last.
 */
export function createKeptTurns({ journal, report, now, most = MOST_TURNS }: KeptTurnsOptions) {
  let kept: Kept | undefined;
  let reading: Promise<Kept> | undefined;
  let renewing: Promise<void> | undefined;

  async function read(from: Date): Promise<[string, FunnelTurn][]> {
    const rows = journal.table.streamFields({ at: { $gte: from } }, FIELDS, {
      sort: { at: -1 },
      limit: most,
    });
    const found: [string, FunnelTurn][] = [];
    for await (const row of rows) found.push([row._id, shorten(row)]);
    return found.reverse();
  }

  async function readWhole(): Promise<Kept> {
    const until = now();
    const since = new Date(until - LONGEST_MS);
    const turns = await read(since);
    const oldest = turns.length < most ? since : (turns[0]?.[1].at ?? since);
    return { turns: new Map(turns), since: oldest, until, wholeAt: until };
  }

  async function readOn(before: Kept): Promise<Kept> {
    const until = now();
    const fresh = await read(new Date(before.until - OVERLAP_MS));
    const isNew = fresh.some(([id]) => !before.turns.has(id));
    if (!isNew) return { ...before, until };
    const all = [...new Map([...before.turns, ...fresh])];
    all.sort(([, one], [, other]) => one.at.getTime() - other.at.getTime());
    const turns = all.slice(-most);
    const oldest = turns[0]?.[1].at;
    const since = all.length > most && oldest !== undefined ? oldest : before.since;
    return { ...before, turns: new Map(turns), since, until };
  }

  /** Reads all again beside, so that nobody waits for it. */
  function renew(): void {
    renewing ??= (async () => {
      try {
        kept = await readWhole();
      } catch (error) {
        report(error);
      } finally {
        renewing = undefined;
      }
    })();
  }

  return async (): Promise<KeptTurns> => {
    if (kept !== undefined && now() - kept.wholeAt > WHOLE_MS) renew();
    reading ??= (kept === undefined ? readWhole() : readOn(kept)).finally(() => {
      reading = undefined;
    });
    const before = kept;
    const { turns, since, ...rest } = await reading;
    // What was read as a whole meanwhile has more.
    if (kept === before) kept = { turns, since, ...rest };
    return { turns: [...turns.values()], since };
  };
}

/** A turn without what was said in it. */
function shorten({ supporter, turn, at, effects }: FunnelTurn): FunnelTurn {
  return { supporter, turn, at, effects: effects.map(shortenEffect) };
}

function shortenEffect(effect: FunnelEffect): FunnelEffect {
  if (effect.type !== 'say') return { type: effect.type };
  const { type, flow, key, question } = effect;
  return { type, flow, key, ...(question === undefined ? {} : { question: true }) };
}
