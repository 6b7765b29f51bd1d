import { freePlaces, moveUp } from './book.js';
import type { Shift, ShiftDefinition } from './shift.js';
import { isActive, takesPlace } from './signup-state.js';

/** Why a shift cannot be made what staff want it to be. */
export const EDIT_REFUSALS = ['not_open', 'over', 'times_fixed', 'below_taken'] as const;
export type EditRefusal = (typeof EDIT_REFUSALS)[number];

export type Edited =
  | { readonly type: 'edited'; readonly shift: Shift }
  | { readonly type: 'refused'; readonly reason: EditRefusal };

/**
 * Makes a shift what staff wrote anew; whoever waits gets the places that were added. Those who signed up
 * did so for its hours, and reminders name them: once somebody did, the hours stay, and another time is
 * another shift. Nor has it fewer places than people who have one. Pure.
 */
export function editShift(
  before: Shift,
  { name: _name, ...definition }: ShiftDefinition,
  leader: string | undefined,
  at: number,
): Edited {
  if (before.state !== 'open') return { type: 'refused', reason: 'not_open' };
  if (at >= before.ends.getTime()) return { type: 'refused', reason: 'over' };
  const isMoved =
    before.starts.getTime() !== definition.starts.getTime() ||
    before.ends.getTime() !== definition.ends.getTime() ||
    before.timezone !== definition.timezone;
  const isAwaited = before.signups.some(({ state }) => isActive(state) || takesPlace(state));
  if (isMoved && isAwaited) return { type: 'refused', reason: 'times_fixed' };
  if (isMoved && at >= definition.ends.getTime()) return { type: 'refused', reason: 'over' };
  if (definition.capacity < before.capacity - freePlaces(before)) {
    return { type: 'refused', reason: 'below_taken' };
  }
  const { leader: _leader, ...rest } = before;
  const shift = { ...rest, ...definition, ...(leader === undefined ? {} : { leader }) };
  return { type: 'edited', shift: moveUp(shift, at) };
}
