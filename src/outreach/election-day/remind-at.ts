import { addDays } from '../../engine/calendar/make-calendar.js';
import { nextPermitted } from '../../engine/calendar/permit.js';
import { dayAt } from '../../engine/calendar/wall-clock.js';
import type { Campaign } from '../../engine/campaign.js';
import { instantOf } from '../../engine/parse/instant.js';
import type { LocalBallot } from './local-ballot.js';

/** Tried in order: the eve, the morning of the day, and earlier days where the law lets nothing out on these. */
const TRIES = [
  { daysBefore: 1, time: '18:00' },
  { daysBefore: 0, time: '08:00' },
  { daysBefore: 2, time: '18:00' },
  { daysBefore: 3, time: '18:00' },
] as const;

/**
 * When somebody is reminded of a ballot, in epoch milliseconds: the evening before on their own clocks,
 * or the morning of the day when that is past. Undefined when no lawful hour is left before stations close.
 */
export function remindAt(
  { calendar }: Pick<Campaign, 'calendar'>,
  { ballot, territory, zone, day }: LocalBallot,
  now: number,
): number | undefined {
  for (const { daysBefore, time } of TRIES) {
    const date = addDays(day, -daysBefore);
    const wanted = instantOf(date, time, zone);
    // On the day itself, a plan made before stations open is still worth its reminder.
    const from = daysBefore === 0 ? Math.max(wanted, now) : wanted;
    if (from < now || (daysBefore === 0 && now >= Math.max(ballot.opens, wanted))) continue;
    const leaving = { way: 'message', content: 'neutral', territory } as const;
    const at = nextPermitted(calendar, leaving, from);
    if (at !== undefined && at < ballot.closes && dayAt(at, zone) === date) return at;
  }
  return undefined;
}
