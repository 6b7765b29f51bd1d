import { ballotsFor } from '../../engine/calendar/calendar.js';
import { addDays } from '../../engine/calendar/make-calendar.js';
import { territoryFacts } from '../../engine/calendar/territories.js';
import type { Campaign } from '../../engine/campaign.js';
import { instantOf, offsetAt } from '../../engine/parse/instant.js';
import type { MessageDefinition, MessageTime } from './message.js';

/** When a message goes to whoever votes in a territory, and until when; epoch milliseconds. */
export type Timing = { readonly due: number; readonly expires?: number };

/** Works out when a message goes to whoever votes in a territory, or nobody knows where. */
export function timingOf(
  { at, expires }: Pick<MessageDefinition, 'at' | 'expires'>,
  campaign: Campaign,
  territory: string | undefined,
): Timing {
  const due = instantFor(at, campaign, territory);
  if (expires !== undefined) return { due, expires: instantFor(expires, campaign, territory) };
  if (at.type === 'instant') return { due };
  const ballot = ballotsFor(campaign.calendar, territory)[at.round - 1];
  return ballot === undefined ? { due } : { due, expires: ballot.closes };
}

/** The instant of a time for whoever votes in a territory, or nobody knows where; epoch milliseconds. */
export function instantFor(
  time: MessageTime,
  campaign: Campaign,
  territory: string | undefined,
): number {
  if (time.type === 'instant') return time.at;
  const { date, zone } = dayOf(time.round, campaign, territory);
  return instantOf(addDays(date, -time.days), time.time, zone);
}

/**
 * The day of a round, and the clock by which times of day are read: of a territory with several, the one
 * where the day begins first, so that nothing comes after the hour it was meant for.
 */
function dayOf(
  round: 1 | 2,
  { calendar, election, timezone }: Campaign,
  territory: string | undefined,
): { readonly date: string; readonly zone: string } {
  const zone = (territory === undefined ? undefined : territoryFacts(territory))?.zones[0];
  const ballot = territory === undefined ? undefined : calendar.ballots.get(territory)?.[round - 1];
  if (zone !== undefined && ballot !== undefined) {
    const { opens } = ballot;
    return { date: new Date(opens + offsetAt(opens, zone)).toISOString().slice(0, 10), zone };
  }
  // The check of the message sees to it that there is an election, and such a round.
  const date = (round === 2 ? election?.secondRound : election?.date) ?? '1970-01-01';
  return { date, zone: zone ?? timezone };
}
