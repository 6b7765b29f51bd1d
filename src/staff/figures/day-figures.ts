import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { DayCount, DayFigure } from '../api.js';

/** What is counted by day, in the order in which it is shown. */
export const DAY_FIGURES = [
  'supporters',
  'emails',
  'consents',
  'donations',
  'signups',
  'visits',
  'turnout',
] as const satisfies readonly DayFigure[];

export type DayCounts = { readonly [figure in DayFigure]: DayCount };

/** What happened on one day that is over, without a name; counted again whenever it may have changed. */
export type DayRow = {
  /** `YYYY-MM-DD` on the campaign's calendar. */
  readonly _id: string;
  /** How it was counted: another time zone, gateway or version makes other figures. */
  readonly counted_as: string;
  readonly counts: DayCounts;
  /** When it was counted. */
  readonly at: Date;
};

/** Opens the collection `day_figures`. */
export function openDayFigures(connection: Connection): Table<DayRow> {
  return openTable<DayRow>(connection, {
    name: 'day_figures',
    schema: { counted_as: String, counts: {}, at: Date },
    indexes: [],
  });
}
