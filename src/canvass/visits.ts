import type { Connection } from 'mongoose';
import type { Json } from '../engine/json.js';
import { openTable, type Table } from '../store/table.js';
import type { CanvassResult } from './canvass-result.js';

/** One knock at one door, as a canvasser reported it; a report made again changes nothing. */
export type VisitRow = {
  /** The act that reported it, and the door when one act reports many. */
  readonly _id: string;
  readonly door: string;
  readonly turf: string;
  /** The volunteer, by supporter id. */
  readonly canvasser: string;
  readonly result: CanvassResult;
  /** 1 strong support … 5 strong against; only with `canvassed`. */
  readonly support_level?: 1 | 2 | 3 | 4 | 5;
  /** What was answered at the door, by question; only with `canvassed`. */
  readonly answers?: { readonly [question: string]: Json };
  readonly note?: string;
  /** When the door was done, by the clock of whoever reported it where that is known. */
  readonly at: Date;
  readonly received_at: Date;
  /** Where the canvasser stood, when their device said so: degrees, WGS 84. */
  readonly from?: { readonly lat: number; readonly lon: number };
  /** Whoever lives there went on in a chat of their own. */
  readonly went_on?: true;
  /** When the report was taken back: it counts no more. */
  readonly undone_at?: Date;
  /** The act that took it back, or that put another report in its place. */
  readonly undone_by?: string;
  /** The act that reported it, where it is known apart from the door: what one act reported is undone as one. */
  readonly act?: string;
  /** The stretch of canvassing it belongs to, so that one can be taken back whole. */
  readonly outing: string;
};

export type Visits = { readonly table: Table<VisitRow> };

/** Opens the collection `visits`. */
export function openVisits(connection: Connection): Visits {
  return {
    table: openTable<VisitRow>(connection, {
      name: 'visits',
      schema: {
        door: String,
        turf: String,
        canvasser: String,
        result: String,
        support_level: Number,
        answers: Object,
        note: String,
        at: Date,
        received_at: Date,
        from: Object,
        went_on: Boolean,
        undone_at: Date,
        undone_by: String,
        act: String,
        outing: String,
      },
      indexes: [
        [{ door: 1 }],
        [{ turf: 1, at: 1 }],
        [{ canvasser: 1, at: 1 }],
        [{ outing: 1 }],
        // Every report looks whether it was made before.
        [{ act: 1 }],
        // Figures of a day; and how many were taken back, so that a count of the others reads none.
        [{ at: 1 }],
        [{ result: 1, at: 1 }],
        [{ undone_at: 1 }, { sparse: true }],
      ],
    }),
  };
}
