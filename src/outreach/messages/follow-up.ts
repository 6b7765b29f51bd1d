import type { SupporterRecord } from '../../supporters/record.js';
import type { DeliveryRow } from './deliveries.js';
import { ARRIVED } from './plan/recently-written-to.js';

/** What ends a sequence for somebody before its last step. */
export type Leave = {
  /** They wrote after a step. */
  readonly answered?: true;
  /** They are in this segment. */
  readonly segment?: string;
};

/** The place of a message in a sequence. */
export type FollowUp = {
  readonly sequence: string;
  /** From 1 on. */
  readonly step: number;
  /** The messages of the steps before it. */
  readonly earlier: readonly string[];
  readonly leave: Leave;
};

/** Whether somebody gets a step now, waits for an earlier one, or has left the sequence, and why. */
export type Standing = 'go' | 'behind' | LeftReason;
type LeftReason = 'left_answered' | 'left_segment' | 'left_before';

/** Networks tell that something was read a moment after the answer to it is there. */
const TOLD_LATE_MS = 120_000;

/** Where somebody stands, by what became of the steps before; pure. */
export function standingOf(
  { leave }: Pick<FollowUp, 'leave'>,
  earlier: readonly DeliveryRow[],
  { heard_at: heard }: Pick<SupporterRecord, 'heard_at'>,
  isInSegment: boolean,
): Standing {
  if (earlier.some(({ reason }) => reason?.startsWith('left_'))) return 'left_before';
  if (isInSegment) return 'left_segment';
  const heardAt = heard?.getTime() ?? -Infinity;
  const isAnswered = earlier.some(({ state, at }) => {
    if (state === 'sending' || !ARRIVED.includes(state)) return false;
    return heardAt > at.getTime() - (state === 'sent' ? 0 : TOLD_LATE_MS);
  });
  if (leave.answered === true && isAnswered) return 'left_answered';
  const isOpen = earlier.some(({ state }) => state === 'planned' || state === 'sending');
  return isOpen ? 'behind' : 'go';
}
