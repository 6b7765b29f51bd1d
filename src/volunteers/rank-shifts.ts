import { dayAt, hourAt } from '../engine/calendar/wall-clock.js';
import { kilometresBetween } from '../engine/distance.js';
import type { Location } from '../engine/event.js';
import { freePlaces, isUpcoming } from './book.js';
import type { Shift, ShiftPlace } from './shift.js';
import { isNeutralTask, roleFor, type ReachWord, type Role, type Times } from './tasks.js';

/** What is known of somebody who looks for a shift. */
export type Volunteer = {
  /** What they like to do; empty: nobody knows. */
  readonly tasks: readonly string[];
  readonly times: readonly string[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly reach?: ReachWord;
  readonly point?: Location;
  readonly postal_code?: string;
  readonly department?: string;
  readonly approved: readonly Role[];
  /** When they have shifts already. */
  readonly busy: readonly { readonly starts: Date; readonly ends: Date }[];
};

export type Offer = {
  readonly shift: Shift;
  /** Kilometres as the crow flies, or about so many where only postal codes are known. */
  readonly km?: number;
};

/** As far as each word goes, kilometres. */
const REACH_KM: Readonly<Record<ReachWord, number>> = {
  street: 1,
  district: 3,
  town: 10,
  beyond: Infinity,
};
/** Two places of one postal code, and of one department, are about so far apart. */
const SAME_CODE_KM = 2.5;
const SAME_DEPARTMENT_KM = 25;
/** Weights: what they like and when they are free matter most, then how near and how needed it is. */
const WEIGHTS = { task: 3, time: 3, near: 2, need: 2, soon: 1 } as const;
const DAY_MS = 86_400_000;

/**
 * The shifts that somebody can take part in, the most fitting first: by what they like to do, when they
 * are free, how near it is, how many places are empty, and how soon it is. Left out is what is over, full
 * of waiting people or nothing for them: too far for what they told, at the time of another of theirs,
 * for skills, a language or an approval they do not have; `isSilent` tells whether campaigning is
 * forbidden while it lasts.
 */
export function rankShifts(
  shifts: readonly Shift[],
  volunteer: Volunteer,
  at: number,
  isSilent: (shift: Shift) => boolean = () => false,
): Offer[] {
  return shifts
    .filter((shift) => isUpcoming(shift, at) && fits(shift, volunteer))
    .filter((shift) => isNeutralTask(shift.task) || !isSilent(shift))
    .map((shift) => ({ shift, ...farFrom(volunteer, shift.place) }))
    .filter(({ km }) => km === undefined || km <= REACH_KM[volunteer.reach ?? 'beyond'])
    .map((offer) => ({ ...offer, score: scoreOf(offer, volunteer, at) }))
    .toSorted(
      (one, other) =>
        // A free place comes before a place to wait for.
        Number(freePlaces(other.shift) > 0) - Number(freePlaces(one.shift) > 0) ||
        other.score - one.score ||
        one.shift.starts.getTime() - other.shift.starts.getTime() ||
        (one.shift._id < other.shift._id ? -1 : 1),
    )
    .map(({ shift, km }) => ({ shift, ...(km === undefined ? {} : { km }) }));
}

/** Which of the times that people name a shift lies in, by where its clock stands when it starts. */
export function timesOf({ starts, timezone }: Pick<Shift, 'starts' | 'timezone'>): Times {
  const at = starts.getTime();
  const weekday = new Date(`${dayAt(at, timezone)}T12:00:00Z`).getUTCDay();
  if (weekday === 6) return 'saturdays';
  if (weekday === 0) return 'sundays';
  return hourAt(at, timezone) >= '17' ? 'evenings' : 'weekdays';
}

function fits(shift: Shift, { skills, languages, approved, busy }: Volunteer): boolean {
  const role = roleFor(shift.task);
  if (role !== undefined && !approved.includes(role)) return false;
  if (!shift.skills.every((skill) => skills.includes(skill))) return false;
  const isSpoken =
    shift.languages.length === 0 || shift.languages.some((one) => languages.includes(one));
  return isSpoken && !busy.some((other) => other.starts < shift.ends && shift.starts < other.ends);
}

function scoreOf({ shift, km }: Offer, volunteer: Volunteer, at: number): number {
  const { tasks, times } = volunteer;
  const isLiked = tasks.length === 0 || tasks.includes(shift.task);
  const isFree = times.length === 0 || times.includes(timesOf(shift));
  const days = (shift.starts.getTime() - at) / DAY_MS;
  return (
    WEIGHTS.task * Number(isLiked) +
    WEIGHTS.time * Number(isFree) +
    WEIGHTS.near * (km === undefined ? 0 : 1 / (1 + km / 3)) +
    WEIGHTS.need * Math.max(0, freePlaces(shift) / shift.capacity) +
    WEIGHTS.soon / (1 + Math.max(0, days))
  );
}

function farFrom(
  { point, postal_code: code, department }: Volunteer,
  place: ShiftPlace,
): { readonly km?: number } {
  if (point !== undefined) return { km: kilometresBetween(point, place) };
  const there = place.postal_code;
  if (code === undefined || there === undefined) return {};
  if (code === there) return { km: SAME_CODE_KM };
  const home = department ?? code.slice(0, 2);
  return there.startsWith(home) ? { km: SAME_DEPARTMENT_KM } : {};
}
