import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import { instantOf, isDate } from '../../engine/parse/instant.js';
import { ApiRefusal } from '../route.js';

const DAY_MS = 86_400_000;

/** A day on the campaign's clocks. */
export const day = z.string().refine(isDate, 'is no day; write 2032-02-21');

/** The start of a day on the campaign's clocks. */
export function startOf(text: string, { timezone }: Pick<Campaign, 'timezone'>): Date {
  return new Date(instantOf(text, '00:00', timezone));
}

/** Its end: the start of the next, however long it is. */
export function endOf(text: string, campaign: Pick<Campaign, 'timezone'>): Date {
  const next = new Date(Date.parse(`${text}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return startOf(next, campaign);
}

/** From the start of one day to the end of another; refused when they are the wrong way round, or too far apart. */
export function spanOf(
  { from, until }: { readonly from: string; readonly until: string },
  mostDays: number,
  campaign: Pick<Campaign, 'timezone'>,
): { readonly from: Date; readonly until: Date } {
  const days = (Date.parse(until) - Date.parse(from)) / DAY_MS;
  if (days >= 0 && days <= mostDays) {
    return { from: startOf(from, campaign), until: endOf(until, campaign) };
  }
  throw new ApiRefusal(400, 'invalid', 'Some of the input is not right.', {
    fields: [{ path: 'until', message: `is at most ${mostDays} days after from` }],
  });
}
