import type { Call, Nothing } from './shapes.js';

/** What is counted of supporters. */
export type Figure = 'supporters' | 'emails' | 'confirmed' | 'donors' | 'visited' | 'waiting';

/** The campaign in figures, without a name. */
export type Dashboard = {
  /** When they were counted. */
  readonly at: string;
  readonly figures: readonly { readonly figure: Figure; readonly people: number }[];
  /** On the campaign's calendar, oldest first. */
  readonly days: readonly {
    readonly day: string;
    readonly supporters: number;
    readonly confirmed: number;
  }[];
  readonly consents: readonly { readonly purpose: string; readonly people: number }[];
  readonly channels: readonly { readonly channel: string; readonly people: number }[];
  readonly territories: readonly { readonly territory: string; readonly people: number }[];
  readonly turnout: readonly { readonly round: number; readonly people: number }[];
};

export type DashboardApi = { 'GET /dashboard': Call<Nothing, Dashboard> };
