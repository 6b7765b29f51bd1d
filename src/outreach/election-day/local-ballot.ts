import type { Ballot } from '../../engine/calendar/calendar.js';
import { nextBallot } from '../../engine/calendar/permit.js';
import { territoryFacts } from '../../engine/calendar/territories.js';
import { territoryOf } from '../../engine/calendar/territory-of.js';
import { dayAt } from '../../engine/calendar/wall-clock.js';
import type { Campaign } from '../../engine/campaign.js';
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
