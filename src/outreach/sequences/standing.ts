import type { DeliveryCounts, DeliveryRow } from '../messages/deliveries.js';

/** Why somebody left: they answered, are in the segment that ends it, or staff took them out. */
export const LEFT_REASONS = ['left_answered', 'left_segment', 'left_taken_out'] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** How many people stand where in a sequence as a whole. */
export type SequenceTotals = {
  readonly began: number;
  /** Something is still to come. */
  readonly within: number;
  readonly finished: number;
  readonly left: { readonly [reason in LeftReason]: number };
};

/** Counts people by what became of each step's deliveries, in order; pure. */
export function totalsOf(steps: readonly DeliveryCounts[]): SequenceTotals {
  const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);
  const [first] = steps;
  const last = steps.at(-1);
  // The first step that somebody left at says why; those after it only that they had left.
  const leftFor = (reason: LeftReason): number =>
    sum(steps.map(({ reasons }) => reasons[reason] ?? 0));
  const left = {
    left_answered: leftFor('left_answered'),
    left_segment: leftFor('left_segment'),
    left_taken_out: leftFor('left_taken_out'),
  };
  if (first === undefined || last === undefined) return { began: 0, within: 0, finished: 0, left };
  const began = sum(Object.values(first.states));
  const open = last.states.planned + last.states.sending;
  const leftBy = sum([...LEFT_REASONS, 'left_before'].map((reason) => last.reasons[reason] ?? 0));
  const finished = sum(Object.values(last.states)) - open - leftBy;
  const gone = finished + sum(Object.values(left));
  return { began, within: Math.max(0, began - gone), finished, left };
}

/** Where one person stands. */
export type PersonStanding = {
  readonly type: 'within' | 'finished' | 'left';
  readonly reason?: LeftReason;
  /** From 1 on: the step that comes next, the one at which they left, or the last. */
  readonly step: number;
  /** When that step is due, or was dealt with. */
  readonly at: Date;
};

/** Where somebody stands, by what became of their steps, in order; undefined when there is none; pure. */
export function personStanding(steps: readonly DeliveryRow[]): PersonStanding | undefined {
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  for (const [index, { reason, at }] of steps.entries()) {
    const left = LEFT_REASONS.find((one) => one === reason);
    if (left !== undefined) return { type: 'left', reason: left, step: index + 1, at };
  }
  const next = steps.findIndex(({ state }) => state === 'planned' || state === 'sending');
  const open = steps[next];
  if (open !== undefined) return { type: 'within', step: next + 1, at: open.at };
  return { type: 'finished', step: steps.length, at: last.at };
}
