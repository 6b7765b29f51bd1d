import { silentBallot } from '../engine/calendar/calendar.js';
import { territoryOf } from '../engine/calendar/territory-of.js';
import type { Campaign } from '../engine/campaign.js';
import type { Shift } from './shift.js';

/** Whether the election silence holds where a shift is while it lasts, which is shorter than any silence. */
export function isSilentDuring(
  { calendar, country }: Pick<Campaign, 'calendar' | 'country'>,
  { place, starts, ends }: Pick<Shift, 'place' | 'starts' | 'ends'>,
): boolean {
  const { postal_code: code } = place;
  const where = territoryOf(country, code === undefined ? {} : { postal_code: code });
  return [starts.getTime(), ends.getTime() - 1].some(
    (at) => silentBallot(calendar, where, at) !== undefined,
  );
}
