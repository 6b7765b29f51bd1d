import type { Calendar } from '../../engine/calendar/calendar.js';
import type { AlertView } from '../api.js';

/** The silence is told so long before it begins. */
const AHEAD_MS = 3 * 86_400_000;

/** The silence that is there somewhere, or the next one that comes soon; pure. */
export function lookAtSilence(calendar: Calendar, now: number): AlertView[] {
  for (const { silence } of calendar.anywhere) {
    if (silence === undefined || silence.until <= now) continue;
    if (silence.from <= now) {
      return [{ kind: 'silence', count: 1, at: new Date(silence.until).toISOString() }];
    }
    if (silence.from - now <= AHEAD_MS) {
      return [{ kind: 'silence_comes', count: 1, at: new Date(silence.from).toISOString() }];
    }
  }
  return [];
}
