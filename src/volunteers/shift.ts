import type { Translated } from '../engine/campaign.js';
import type { SignupState } from '../supporters/record.js';
import type { Skill, Task } from './tasks.js';

/** Ways to say that one is there: a tap, the code the leader tells, or standing where it is. */
export const CHECK_IN_WAYS = ['button', 'code', 'location'] as const;
export type CheckInWay = (typeof CHECK_IN_WAYS)[number];

/** Where a shift is; degrees, WGS 84. */
export type ShiftPlace = {
  readonly name: string;
  readonly address: string;
  readonly postal_code?: string;
  readonly lat: number;
  readonly lon: number;
};

/** What staff wrote of a shift. */
export type ShiftDefinition = {
  /** Unique; letters, digits and dashes. */
  readonly name: string;
  /** By language. */
  readonly title: Translated;
  readonly task: Task;
  readonly place: ShiftPlace;
  /** IANA zone of its clock. */
  readonly timezone: string;
  readonly starts: Date;
  readonly ends: Date;
  /** Places. */
  readonly capacity: number;
  /** Whoever takes part needs each of these. */
  readonly skills: readonly Skill[];
  /** Language tags, one of which whoever takes part speaks; empty: any. */
  readonly languages: readonly string[];
  readonly check_in: readonly CheckInWay[];
};

/** One supporter on one shift. Those who wait do so in the order of the list. */
export type Signup = {
  /** Unique within the shift. */
  readonly n: number;
  readonly supporter: string;
  readonly state: SignupState;
  /** Since when it is in this state. */
  readonly since: Date;
  /** When they signed up, whatever became of it; absent in what older versions wrote. */
  readonly made?: Date;
  /** The acts that made it what it is, the latest last: done again, they change nothing. */
  readonly acts: readonly string[];
  /** The shift whose place is given back once there is one here. */
  readonly instead?: string;
  /** How it was found that they came; `leader` and `staff` put it down themselves. */
  readonly arrived_by?: CheckInWay | 'leader' | 'staff';
  /** Codes that were wrong. */
  readonly wrong_codes?: number;
};

/** Something that follows from a write of the shift and is still to be done elsewhere, under its own id. */
export type Owed =
  | {
      readonly type: 'news';
      readonly id: string;
      readonly kind: ShiftNewsKind;
      readonly supporter: string;
      readonly signup: number;
      readonly due: Date;
      /** Not told from then on. */
      readonly expires: Date;
    }
  /** This supporter's signups are to be counted anew. */
  | { readonly type: 'count'; readonly id: string; readonly supporter: string }
  /** The place on another shift is to be given back. */
  | {
      readonly type: 'release';
      readonly id: string;
      readonly supporter: string;
      readonly shift: string;
    };

/** A place became free, the day before, two hours before, nobody came, called off. */
export const SHIFT_NEWS_KINDS = ['place', 'eve', 'soon', 'missed', 'called_off'] as const;
export type ShiftNewsKind = (typeof SHIFT_NEWS_KINDS)[number];

/**
 * A shift with everybody who signed up for it. Its document is the one place that says who has a place:
 * every change of it is a guarded write of the whole.
 */
export type Shift = Omit<ShiftDefinition, 'name'> & {
  /** Its name. */
  readonly _id: string;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
  readonly state: 'open' | 'cancelled' | 'over';
  /** The supporter who leads it. */
  readonly leader?: string;
  /** Four digits that the leader tells those who came. */
  readonly code: string;
  readonly signups: readonly Signup[];
  /** The last number given to a signup or to something owed. */
  readonly serial: number;
  readonly owed: readonly Owed[];
  /** Present while something is owed: since when. */
  readonly owing?: Date;
  readonly at: Date;
};

/** Places on one shift; its document holds everybody. */
export const MOST_PLACES = 500;
/** People who wait for a place. */
export const MOST_WAITING = 200;
