import { kilometresBetween } from '../../engine/distance.js';
import type { VisitRow } from '../visits.js';
import { binomialTail } from './binomial-tail.js';
import { isContact } from './tally.js';

type Point = { readonly lat: number; readonly lon: number };

/** A visit as alerts look at it, with the place of its door. */
export type WatchedVisit = Pick<VisitRow, 'door' | 'result' | 'at' | 'from'> & {
  readonly place?: Point;
};

/** All visits of one outing that count, in any order. */
export type WatchedOuting = {
  readonly outing: string;
  readonly canvasser: string;
  readonly turf: string;
  readonly visits: readonly WatchedVisit[];
};

/** Something about an outing that somebody should look at; none of it proves anything. */
export type Alert = Pick<WatchedOuting, 'outing' | 'canvasser' | 'turf'> &
  (
    | {
        readonly type: 'contact_rate';
        readonly contacts: number;
        readonly visits: number;
        /** The rate that was taken as the highest usual one. */
        readonly usual: number;
        /** How likely so many are at that rate. */
        readonly chance: number;
      }
    | {
        readonly type: 'seconds_apart';
        /** Doors that were reported sooner after the one before than can be. */
        readonly doors: number;
        readonly visits: number;
        /** The shortest of these spans. */
        readonly seconds: number;
      }
    | {
        readonly type: 'far_away';
        readonly doors: number;
        /** Visits that say where the canvasser stood. */
        readonly located: number;
        /** The middle one of the distances that are too large. */
        readonly metres: number;
      }
  );

/** What is known of all other outings. */
export type Surroundings = {
  readonly outings: number;
  readonly visits: number;
  readonly contacts: number;
};

/** The highest contact rate that is usual (domain facts, 8: doornoc.com). */
const USUAL = 0.3;
/** Of all campaigns in which everything is as it should, one in a hundred sees an alert of a rate. */
const FALSE_ALARMS = 0.01;
/** Other visits without which their rate says nothing. */
const ENOUGH = 100;
/** Seconds that a door takes at least, and one at which people talked. */
const SHORTEST_S = 8;
const SHORTEST_TALK_S = 30;
/** Metres from a door within which a phone may believe itself. */
const NEAR = 200;
/** So many, and this share of the outing, are no slip. */
const FEWEST_HASTY = 5;
const FEWEST_FAR = 3;
const SHARE = 0.2;

/**
 * What is odd about an outing. A contact rate is odd when so many contacts are too unlikely at the highest
 * usual rate, or at that of all other outings when it is higher (exact binomial, corrected for how many
 * outings are looked at). Doors of one report, as in shorthand, have one time and are not hasty.
 */
export function findAlerts(outing: WatchedOuting, others: Surroundings): readonly Alert[] {
  const { outing: id, canvasser, turf } = outing;
  const found = [tooManyContacts(outing, others), tooHasty(outing), tooFar(outing)];
  return found.flatMap((alert) =>
    alert === undefined ? [] : [{ outing: id, canvasser, turf, ...alert }],
  );
}

type Found<T extends Alert['type']> = Omit<
  Extract<Alert, { type: T }>,
  'outing' | 'canvasser' | 'turf'
>;

function tooManyContacts(
  { visits }: WatchedOuting,
  others: Surroundings,
): Found<'contact_rate'> | undefined {
  const contacts = visits.filter(({ result }) => isContact(result)).length;
  const theirs = others.visits < ENOUGH ? 0 : others.contacts / others.visits;
  const usual = Math.max(USUAL, theirs);
  const chance = binomialTail(contacts, visits.length, usual);
  if (chance >= FALSE_ALARMS / Math.max(1, others.outings + 1)) return undefined;
  return { type: 'contact_rate', contacts, visits: visits.length, usual, chance };
}

function tooHasty({ visits }: WatchedOuting): Found<'seconds_apart'> | undefined {
  const sorted = visits.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const spans = sorted.flatMap((visit, index) => {
    const before = sorted[index - 1];
    const seconds = before === undefined ? 0 : (visit.at.getTime() - before.at.getTime()) / 1_000;
    const least = visit.result === 'canvassed' ? SHORTEST_TALK_S : SHORTEST_S;
    return seconds > 0 && seconds < least ? [seconds] : [];
  });
  if (spans.length < FEWEST_HASTY || spans.length < SHARE * visits.length) return undefined;
  return {
    type: 'seconds_apart',
    doors: spans.length,
    visits: visits.length,
    seconds: Math.min(...spans),
  };
}

function tooFar({ visits }: WatchedOuting): Found<'far_away'> | undefined {
  const distances = visits.flatMap(({ from, place }) =>
    from === undefined || place === undefined ? [] : [kilometresBetween(from, place) * 1_000],
  );
  const far = distances.filter((metres) => metres > NEAR).toSorted((a, b) => a - b);
  if (far.length < FEWEST_FAR || far.length < SHARE * distances.length) return undefined;
  const metres = far[Math.floor(far.length / 2)] ?? 0;
  return { type: 'far_away', doors: far.length, located: distances.length, metres };
}
