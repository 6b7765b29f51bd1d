import type { Effect } from '../../engine/effect.js';
import type { JournalRow } from '../../supporters/journal.js';

/** An effect as far as a funnel reads it. */
export type FunnelEffect =
  | {
      readonly type: 'say';
      readonly flow: string;
      readonly key: string;
      /** Present when it asks something. */
      readonly question?: unknown;
    }
  | { readonly type: Exclude<Effect['type'], 'say'> };

/** A turn as far as a funnel reads it. */
export type FunnelTurn = Pick<JournalRow, 'supporter' | 'turn' | 'at'> & {
  readonly effects: readonly FunnelEffect[];
};

/** How supporters went through what one step says or asks. */
export type FunnelStep = {
  /** The name of its words. */
  readonly step: string;
  /** Supporters to whom it was said or who were asked. */
  readonly came: number;
  /** Those who went on from its question; for what is only said, all. */
  readonly answered: number;
  /** Those who never went on. */
  readonly left: number;
  /** The median time to the answer, in milliseconds; absent without any. */
  readonly medianMs?: number;
};

export type FlowFunnel = { readonly supporters: number; readonly steps: readonly FunnelStep[] };

type Open = { readonly step: string; readonly since: number };
type Tally = { came: Set<string>; answered: Map<string, number>; left: Set<string> };

/**
 * Measures a flow by what the journal has of it; `turns` are in order for each supporter, and those of
 * several may be mixed. A question that is asked again after something else was still waits for its answer.
 */
export function measureFunnel(flow: string, turns: Iterable<FunnelTurn>): FlowFunnel {
  const tallies = new Map<string, Tally>();
  const tallyOf = (step: string): Tally => {
    const known = tallies.get(step);
    if (known !== undefined) return known;
    const fresh = {
      came: new Set<string>(),
      answered: new Map<string, number>(),
      left: new Set<string>(),
    };
    tallies.set(step, fresh);
    return fresh;
  };
  const open = new Map<string, Open>();
  for (const { supporter, at, effects } of turns) {
    const asked = openIn(flow, effects);
    const waiting = open.get(supporter);
    if (waiting !== undefined && asked !== waiting.step && goesOn(waiting.step, flow, effects)) {
      const { answered, left } = tallyOf(waiting.step);
      answered.set(supporter, at.getTime() - waiting.since);
      left.delete(supporter);
      open.delete(supporter);
    }
    for (const effect of effects) {
      if (effect.type === 'say' && effect.flow === flow)
        tallyOf(stemOf(effect.key)).came.add(supporter);
    }
    if (asked !== undefined && open.get(supporter)?.step !== asked) {
      open.set(supporter, { step: asked, since: at.getTime() });
      const { answered, left } = tallyOf(asked);
      answered.delete(supporter);
      left.add(supporter);
    }
  }
  const everybody = new Set([...tallies.values()].flatMap(({ came }) => [...came]));
  const steps = [...tallies].map(([step, { came, answered, left }]): FunnelStep => {
    const medianMs = medianOf([...answered.values()]);
    return {
      step,
      came: came.size,
      answered: came.size - left.size,
      left: left.size,
      ...(medianMs === undefined ? {} : { medianMs }),
    };
  });
  return { supporters: everybody.size, steps };
}

/** The question of a flow that is open after a turn's effects. */
function openIn(flow: string, effects: readonly FunnelEffect[]): string | undefined {
  const last = effects.findLast((effect) => effect.type === 'say');
  if (last?.type !== 'say' || last.flow !== flow || last.question === undefined) return undefined;
  return stemOf(last.key);
}

/** Whether a turn leads past a question: something else is said, or done. */
function goesOn(step: string, flow: string, effects: readonly FunnelEffect[]): boolean {
  return effects.some((effect) => {
    if (effect.type === 'say') {
      const isOfStep = effect.flow === flow && stemOf(effect.key) === step;
      return effect.flow !== 'common' && !isOfStep;
    }
    return effect.type !== 'alert';
  });
}

/** The step that a key is of: `email` of `email.ask`. */
function stemOf(key: string): string {
  const dot = key.indexOf('.');
  return dot < 0 ? key : key.slice(0, dot);
}

function medianOf(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return undefined;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
