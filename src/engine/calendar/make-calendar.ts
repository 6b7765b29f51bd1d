import { instantOf } from '../parse/instant.js';
import type { Ballot, Calendar, QuietHours, Span } from './calendar.js';
import {
  AMERICAN_TERRITORIES,
  FRENCH_TERRITORIES,
  territoryFacts,
  type TerritoryFacts,
} from './territories.js';

export type Country = 'fr' | 'us' | 'none';

/** The silence before a ballot, where there is one. */
export type SilenceRule = {
  /** How many days before the ballot it begins, at midnight. */
  readonly daysBefore: number;
  /** Whether it ends when polling stations close, or at the midnight after the ballot. */
  readonly ends: 'closing' | 'midnight';
  /** Whether neutral reminders go out during it. */
  readonly reminders: 'neutral' | 'none';
};

/** What `campaign.yaml` says of times. */
export type CalendarFacts = {
  readonly country: Country;
  readonly timezone: string;
  readonly election?: {
    /** `YYYY-MM-DD` of each round, in order. */
    readonly dates: readonly string[];
    /** Times of day, `HH:MM`, on the clocks of each territory. */
    readonly opens: string;
    readonly closes: string;
    /** Which territories take part; absent: the one whose clocks the campaign keeps. */
    readonly territories?: readonly string[];
    /** Those that vote on the day before; absent: in a national election, those that the law names. */
    readonly saturday?: readonly string[];
    /** Absent: as the country has it. */
    readonly silence?: SilenceRule | 'none';
  };
  /** Absent: as the country has it. */
  readonly quietHours?: QuietHours | 'none';
};

/**
 * France: nothing that campaigns from the eve of the ballot, 0:00, on (Electoral Code, art. L.49; L.47 A
 * for the two rounds; where people vote on Saturday, from Friday on). The end is the midnight after the
 * Sunday on the clocks of the territory, for the campaign reopens on the day after the first round, and
 * no result may be told before the last station of the metropole closes (L.52-2). Neutral reminders of
 * date, place, hours and papers are not propaganda, so the default lets them out until stations close.
 */
const SILENCE: Readonly<Record<Country, SilenceRule | undefined>> = {
  fr: { daysBefore: 1, ends: 'midnight', reminders: 'neutral' },
  us: undefined,
  none: undefined,
};

const LAW: Readonly<Record<Country, string>> = {
  fr: 'Art. L.49 of the Electoral Code',
  us: 'the silence set in campaign.yaml',
  none: 'the silence set in campaign.yaml',
};

/**
 * United States: no text before 8:00 nor after 21:00 where the recipient is (TCPA, 47 CFR 64.1200).
 * France has no such law for chats; the same hours are its default out of courtesy.
 */
const QUIET: Readonly<Record<Country, QuietHours | undefined>> = {
  fr: { from: '21:00', to: '08:00' },
  us: { from: '21:00', to: '08:00' },
  none: undefined,
};

/** Territories of a country, by name. */
export const TERRITORIES: Readonly<Record<Country, Readonly<Record<string, TerritoryFacts>>>> = {
  fr: FRENCH_TERRITORIES,
  us: AMERICAN_TERRITORIES,
  none: {},
};

/** Works out the calendar of a campaign. */
export function makeCalendar(facts: CalendarFacts): Calendar {
  const { country, timezone, election } = facts;
  const here: TerritoryFacts = { zones: [timezone] };
  const rule = election?.silence === 'none' ? undefined : (election?.silence ?? SILENCE[country]);
  const quietHours = facts.quietHours === 'none' ? undefined : (facts.quietHours ?? QUIET[country]);
  const named = election?.territories ?? homeOf(country, timezone);
  const ballots = new Map<string, readonly Ballot[]>();
  const all: (readonly Ballot[])[] = [];
  if (election !== undefined) {
    const saturday = election.saturday ?? (election.territories === undefined ? [] : undefined);
    for (const name of named) {
      const territory = territoryFacts(name) ?? here;
      const isEarly = saturday?.includes(name) ?? territory.saturday === true;
      const lived = election.dates.map((date, index) =>
        ballotOf(territory.zones, date, isEarly, index === 0 ? 1 : 2, election, rule),
      );
      ballots.set(name, lived);
      all.push(lived);
    }
    if (named.length === 0) {
      all.push(
        election.dates.map((date, index) =>
          ballotOf(here.zones, date, false, index === 0 ? 1 : 2, election, rule),
        ),
      );
    }
  }
  return {
    law: LAW[country],
    ballots,
    anywhere: together(all),
    neutralReminders: rule?.reminders !== 'none',
    ...(quietHours === undefined ? {} : { quietHours }),
    quietZones:
      country === 'us'
        ? Object.values(AMERICAN_TERRITORIES).flatMap(({ zones }) => [...zones])
        : [timezone],
  };
}

/** The territory whose clocks the campaign keeps. */
function homeOf(country: Country, timezone: string): readonly string[] {
  return Object.entries(TERRITORIES[country])
    .filter(([, { zones }]) => zones.includes(timezone))
    .map(([name]) => name)
    .slice(0, 1);
}

function ballotOf(
  zones: readonly string[],
  date: string,
  isEarly: boolean,
  round: 1 | 2,
  { opens, closes }: { readonly opens: string; readonly closes: string },
  rule: SilenceRule | undefined,
): Ballot {
  const day = isEarly ? addDays(date, -1) : date;
  const first = (on: string, time: string): number =>
    Math.min(...zones.map((zone) => instantOf(on, time, zone)));
  const last = (on: string, time: string): number =>
    Math.max(...zones.map((zone) => instantOf(on, time, zone)));
  const closing = last(day, closes);
  const silence: Span | undefined =
    rule === undefined
      ? undefined
      : {
          from: first(addDays(day, -rule.daysBefore), '00:00'),
          until: rule.ends === 'closing' ? closing : last(addDays(date, 1), '00:00'),
        };
  return {
    round,
    opens: first(day, opens),
    closes: closing,
    ...(silence === undefined ? {} : { silence }),
  };
}

/** Each round from the earliest beginning to the latest end. */
function together(all: readonly (readonly Ballot[])[]): readonly Ballot[] {
  return (all[0] ?? []).map((_, index) =>
    all
      .flatMap((lived) => lived[index] ?? [])
      .reduce((one, other) => ({
        round: one.round,
        opens: Math.min(one.opens, other.opens),
        closes: Math.max(one.closes, other.closes),
        ...(one.silence === undefined || other.silence === undefined
          ? {}
          : {
              silence: {
                from: Math.min(one.silence.from, other.silence.from),
                until: Math.max(one.silence.until, other.silence.until),
              },
            }),
      })),
  );
}

/** A day of the calendar, some days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
