import type { Call, Nothing } from './shapes.js';

/** What is counted of supporters. */
export type Figure =
  | 'supporters'
  | 'emails'
  | 'confirmed'
  | 'agreed'
  | 'donors'
  | 'visited'
  | 'waiting';

/** How things stand, without a name. */
export type Dashboard = {
  /** When it was counted; when that is long ago, it is being counted anew: ask again in a moment. */
  readonly at: string;
  readonly isCounting: boolean;
  readonly figures: readonly { readonly figure: Figure; readonly people: number }[];
  readonly consents: readonly { readonly purpose: string; readonly people: number }[];
  readonly channels: readonly { readonly channel: string; readonly people: number }[];
  readonly territories: readonly { readonly territory: string; readonly people: number }[];
  /** What was given and not returned, in cents; of the gateway that plays, where no other is set. */
  readonly donations: {
    readonly cents: number;
    readonly gifts: number;
    readonly currency: 'EUR' | 'USD';
    readonly isTrial: boolean;
  };
  /** Shifts that are still to come: their places, and those that are taken. */
  readonly shifts: { readonly places: number; readonly taken: number };
  readonly doors: { readonly known: number; readonly visits: number };
  readonly turnout: readonly { readonly round: number; readonly people: number }[];
};

/**
 * What is counted by day: people first met, e-mails confirmed, people who agreed to something, cents
 * given, people who signed up for a shift, visits at doors, people who said that they voted.
 */
export type DayFigure =
  | 'supporters'
  | 'emails'
  | 'consents'
  | 'donations'
  | 'signups'
  | 'visits'
  | 'turnout';

/** A count and how it divides; whoever is reached on two channels counts on both. */
export type DayCount = {
  readonly total: number;
  /** By channel; without a name for what no channel is known of. */
  readonly channels: Counts;
  /** By department where one is known, else by territory; empty for nowhere. */
  readonly territories: Counts;
  /** Consents by purpose, donations in number, signups by task, visits by result, turnout by hour. */
  readonly kinds: Counts;
};
export type Counts = { readonly [name: string]: number };

export type DayView = {
  /** On the campaign's calendar. */
  readonly day: string;
  readonly countedAt: string;
  readonly counts: { readonly [figure in DayFigure]: DayCount };
};

/** The last days, oldest first, today last; those that were not counted yet are left out, today too. */
export type Days = {
  readonly from: string;
  readonly today: string;
  readonly days: readonly DayView[];
  /** Some of them are being counted, today perhaps anew: ask again in a moment. */
  readonly isCounting: boolean;
};

export type DashboardApi = {
  'GET /dashboard': Call<Nothing, Dashboard>;
  'GET /dashboard/days': Call<{ readonly days: number }, Days>;
};
