import type { ShiftDraft } from '../../volunteers/shift-draft.js';
import type { Call, Nothing, Page } from './shapes.js';

export type { ShiftDraft } from '../../volunteers/shift-draft.js';

export type ShiftState = 'open' | 'cancelled' | 'over';
export type ShiftTask =
  | 'doors'
  | 'leaflets'
  | 'calls'
  | 'meetings'
  | 'lifts'
  | 'pictures'
  | 'polls';
export type VolunteerRole = 'canvasser' | 'driver' | 'poll_watcher';
export type SignupState =
  | 'invited'
  | 'scheduled'
  | 'confirmed'
  | 'completed'
  | 'no_show'
  | 'declined';

/** A shift in a list, and how full it is. */
export type ShiftListRow = {
  readonly name: string;
  /** By language. */
  readonly title: { readonly [language: string]: string };
  readonly task: ShiftTask;
  readonly state: ShiftState;
  readonly place: { readonly name: string; readonly address: string };
  readonly starts: string;
  readonly ends: string;
  /** IANA zone of its clock. */
  readonly timezone: string;
  readonly capacity: number;
  /** Places that people have. */
  readonly taken: number;
  readonly waiting: number;
  readonly confirmed: number;
  readonly came: number;
  readonly missed: number;
};

/** Somebody on a shift; the code that its leader tells is never among what is told. */
export type SignupRow = {
  /** Unique within the shift. */
  readonly n: number;
  /** Empty where nobody knows it. */
  readonly name: string;
  /** The profile now; absent: it was erased. */
  readonly supporter?: string;
  readonly state: SignupState;
  readonly since: string;
  readonly arrivedBy?: 'button' | 'code' | 'location' | 'leader' | 'staff';
  /** From 1 on, of those who wait. */
  readonly waits?: number;
};

export type ShiftView = ShiftListRow & {
  /** Names what staff wrote of it, for who writes next. */
  readonly version: string;
  readonly draft: ShiftDraft;
  readonly map: string;
  readonly leader?: { readonly id: string; readonly name: string };
  /** Whom the team has to have approved. */
  readonly role?: VolunteerRole;
  /** Whether somebody can still be put on it, and whether who came can be noted. */
  readonly isUpcoming: boolean;
  readonly canMark: boolean;
  /** Those who come or came, then those who wait in order, then those who gave up. */
  readonly signups: readonly SignupRow[];
};

/** One mistake, by the field of the form it is in. */
export type ShiftProblemRow = {
  readonly field: string;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
};

/** What a form about shifts offers. */
export type ShiftOptions = {
  readonly languages: readonly string[];
  readonly timezone: string;
  readonly tasks: readonly ShiftTask[];
  readonly skills: readonly string[];
  readonly checkIns: readonly string[];
  readonly mostPlaces: number;
  /** Places of shifts before, the latest first, each once. */
  readonly places: readonly ShiftDraft['place'][];
};

export type VolunteerHoursRow = {
  readonly supporter?: string;
  readonly name: string;
  readonly shifts: number;
  readonly hours: number;
};

export type VolunteerRoleView = {
  readonly supporter: string;
  readonly name: string;
  readonly role: VolunteerRole;
  readonly state: 'asked' | 'approved' | 'declined';
  readonly since: string;
};

/** Days on the campaign's clocks, both within. */
type Days = { readonly from: string; readonly until: string };

export type ShiftsApi = {
  /** By when they begin. */
  'GET /shifts': Call<
    Days & { readonly before?: string; readonly limit?: number },
    Page<ShiftListRow>
  >;
  'GET /shift-options': Call<Nothing, ShiftOptions>;
  'POST /shift-checks': Call<
    { readonly draft: ShiftDraft },
    { readonly problems: readonly ShiftProblemRow[] }
  >;
  'POST /shifts': Call<{ readonly draft: ShiftDraft }, ShiftView>;
  'GET /shift-export': Call<Days, never>;
  'GET /shift-calendar': Call<Days, never>;
  'GET /shifts/:name': Call<{ readonly name: string }, ShiftView>;
  'PUT /shifts/:name': Call<
    { readonly name: string; readonly draft: ShiftDraft; readonly version: string },
    ShiftView
  >;
  'POST /shifts/:name/cancel': Call<{ readonly name: string }, ShiftView>;
  /** Puts somebody on it by hand; `key` makes a press that is repeated count once. */
  'POST /shifts/:name/signups': Call<
    { readonly name: string; readonly supporter: string; readonly key: string },
    { readonly shift: ShiftView; readonly state: SignupState }
  >;
  'DELETE /shifts/:name/signups/:n': Call<{ readonly name: string; readonly n: number }, ShiftView>;
  'POST /shifts/:name/signups/:n/arrive': Call<
    { readonly name: string; readonly n: number },
    ShiftView
  >;
  /** How many requests wait for the team. */
  'GET /volunteers/counts': Call<Nothing, { readonly asked: number }>;
  'GET /volunteers/hours': Call<
    Days & { readonly before?: string; readonly limit?: number },
    Page<VolunteerHoursRow> & {
      readonly people: number;
      readonly shifts: number;
      readonly hours: number;
    }
  >;
  /** Who asked for a part that the team gives, those who wait longest first. */
  'GET /volunteers/roles': Call<
    {
      readonly state: 'asked' | 'approved' | 'declined';
      readonly before?: string;
      readonly limit?: number;
    },
    Page<VolunteerRoleView>
  >;
  'POST /volunteers/roles': Call<
    {
      readonly supporter: string;
      readonly role: VolunteerRole;
      readonly state: 'approved' | 'declined';
    },
    { readonly done: true }
  >;
};
