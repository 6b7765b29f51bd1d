import { addDays } from '../engine/calendar/make-calendar.js';
import { dayAt } from '../engine/calendar/wall-clock.js';
import { instantOf } from '../engine/parse/instant.js';
import type { Shift, ShiftNewsKind } from './shift.js';

const HOUR_MS = 3_600_000;
/** The hour of the reminder on the day before, and of the question after somebody was missed. */
const EVENING = '18:00';
const MORNING = '10:00';
const SOON_MS = 2 * HOUR_MS;
/** Whoever signs up so shortly before a reminder needs none. */
const FRESH_MS = HOUR_MS;
/** After three days nobody is asked any more why they did not come. */
const ASKED_WITHIN_MS = 72 * HOUR_MS;

/** When something is told about a shift, and when it is too late for it. */
export type ToldAt = { readonly kind: ShiftNewsKind; readonly due: Date; readonly expires: Date };

type Times = Pick<Shift, 'starts' | 'ends' | 'timezone'>;

/**
 * The reminders of somebody who got a place at an instant: the evening before on the shift's own clock,
 * and two hours before it starts. One that quiet hours put off beyond the start is not sent; the first is
 * not sent once the second is due.
 */
export function remindersFor({ starts, timezone }: Times, at: number): readonly ToldAt[] {
  const soon = starts.getTime() - SOON_MS;
  const eve = instantOf(addDays(dayAt(starts.getTime(), timezone), -1), EVENING, timezone);
  const all: readonly ToldAt[] = [
    { kind: 'eve', due: new Date(eve), expires: new Date(soon) },
    { kind: 'soon', due: new Date(soon), expires: starts },
  ];
  return all.filter(
    ({ due, expires }) => due.getTime() >= at + FRESH_MS && due.getTime() < expires.getTime(),
  );
}

/** When somebody who did not come is asked whether all is well: the morning after, on the shift's clock. */
export function missedAt({ ends, timezone }: Times): ToldAt {
  const next = addDays(dayAt(ends.getTime(), timezone), 1);
  const due = instantOf(next, MORNING, timezone);
  return { kind: 'missed', due: new Date(due), expires: new Date(due + ASKED_WITHIN_MS) };
}
