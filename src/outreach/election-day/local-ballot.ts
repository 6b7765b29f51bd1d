import type { Ballot } from '../../engine/calendar/calendar.js';
import { nextBallot } from '../../engine/calendar/permit.js';
import { territoryFacts } from '../../engine/calendar/territories.js';
import { territoryOf } from '../../engine/calendar/territory-of.js';
import type { Campaign } from '../../engine/campaign.js';
import { offsetAt } from '../../engine/parse/instant.js';
import type { SupporterRecord } from '../../supporters/record.js';

/** The ballot that somebody goes to next, and the clocks they live by. */
export type LocalBallot = {
  readonly ballot: Ballot;
  readonly territory: string | undefined;
  /** IANA time zone. */
  readonly zone: string;
  /** The day of it there, `YYYY-MM-DD`. */
  readonly day: string;
};

type Place = Pick<SupporterRecord, 'territory' | 'postal_code' | 'timezone'>;

/** The ballot of a supporter that is not over at an instant; undefined when all are, or none is known. */
export function localBallot(
  { calendar, country, timezone }: Campaign,
  place: Place,
  at: number,
): LocalBallot | undefined {
  const territory = territoryOf(country, {
    ...(place.territory === undefined ? {} : { territory: place.territory }),
    ...(place.postal_code === undefined ? {} : { postal_code: place.postal_code }),
  });
  const ballot = nextBallot(calendar, territory, at);
  if (ballot === undefined || at >= ballot.closes) return undefined;
  const facts = territory === undefined ? undefined : territoryFacts(territory);
  const zone = place.timezone ?? facts?.zones[0] ?? timezone;
  return { ballot, territory, zone, day: dayAt(ballot.opens, facts?.zones[0] ?? timezone) };
}

/** The day that clocks of a zone show at an instant, `YYYY-MM-DD`. */
export function dayAt(at: number, zone: string): string {
  return wallAt(at, zone).slice(0, 10);
}

/** The hour that clocks of a zone show at an instant, `00` to `23`. */
export function hourAt(at: number, zone: string): string {
  return wallAt(at, zone).slice(11, 13);
}

/** An instant as the clocks of a zone show it, with their distance from UTC: `2032-03-13T18:00:00+01:00`. */
export function tellInstant(at: number, zone: string): string {
  const minutes = Math.round(offsetAt(at, zone) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${wallAt(at, zone).slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

function wallAt(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString();
}
