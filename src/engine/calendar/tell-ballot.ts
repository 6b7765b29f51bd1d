import type { Campaign } from '../campaign.js';
import type { Json } from '../json.js';
import { nextBallot } from './permit.js';
import { territoryFacts } from './territories.js';
import { territoryOf } from './territory-of.js';

/** The ballot somebody goes to next, in words: its day, and when stations open and close there. */
export type ToldBallot = {
  readonly ballotDay: string;
  readonly opens: string;
  readonly closes: string;
};

type Place =
  | { readonly [key: string]: Json }
  | { readonly territory?: string; readonly postal_code?: string };

/**
 * Tells the next ballot of whoever votes where `profile` says, on the clocks there; the campaign's own
 * ballot while nobody knows where. Undefined without an election.
 */
export function tellBallot(
  { calendar, country, election, timezone }: Campaign,
  profile: Place,
  at: number,
  language: string,
): ToldBallot | undefined {
  if (election === undefined) return undefined;
  const territory = territoryOf(country, profile);
  const known = territory !== undefined && calendar.ballots.has(territory);
  const zones = (known ? territoryFacts(territory)?.zones : undefined) ?? [timezone];
  const ballot = nextBallot(calendar, known ? territory : undefined, at);
  // All territories together begin and end on other clocks than the campaign's.
  const own = known || ballot === undefined ? ballot : homeBallot(calendar, timezone, ballot.round);
  const { opens, closes } = own ?? ballot ?? election;
  const [first = timezone, last = first] = [zones[0], zones.at(-1)];
  return inWords(opens, closes, language, first, last);
}

// A message to everybody tells the same few ballots over and over.
const MOST_TOLD = 1_000;
const TOLD = new Map<string, ToldBallot>();

function inWords(
  opens: number,
  closes: number,
  language: string,
  first: string,
  last: string,
): ToldBallot {
  const key = `${opens} ${closes} ${language} ${first} ${last}`;
  const known = TOLD.get(key);
  if (known !== undefined) return known;
  const told = {
    ballotDay: formatOf(language, first, DAY).format(opens),
    opens: hourOf(opens, language, first),
    closes: hourOf(closes, language, last),
  };
  if (TOLD.size >= MOST_TOLD) TOLD.clear();
  TOLD.set(key, told);
  return told;
}

/** The ballot where the campaign keeps its clocks. */
function homeBallot({ ballots }: Campaign['calendar'], timezone: string, round: 1 | 2) {
  const home = [...ballots].find(([name]) => {
    const zones: readonly string[] = territoryFacts(name)?.zones ?? [];
    return zones.includes(timezone);
  });
  return home?.[1][round - 1];
}

const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;

/** “8 h”, “8 h 30”; “8 am”, “8:30 am”. */
function hourOf(at: number, language: string, timeZone: string): string {
  const parts = formatOf('en', timeZone, CLOCK).formatToParts(at);
  const value = (type: string): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const [hour, minute] = [value('hour'), value('minute')];
  const two = String(minute).padStart(2, '0');
  if (language.startsWith('fr')) return minute === 0 ? `${hour} h` : `${hour} h ${two}`;
  const short = minute === 0 ? { hour: 'numeric' as const } : CLOCK_SHORT;
  return formatOf(language, timeZone, short)
    .format(at)
    .replace(/\s?([AP])M$/, (_, half: string) => ` ${half.toLowerCase()}m`);
}

const CLOCK = { hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
const CLOCK_SHORT = { hour: 'numeric', minute: '2-digit' } as const;

// Formatters are slow to make: one for each language, zone and kind.
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(
  language: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${Object.keys(options).join()}`;
  const known = FORMATS.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone });
  FORMATS.set(key, known);
  return known;
}
