import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';
import type { CanvassResult } from './canvass-result.js';
import type { Outline } from './map/outline.js';
import type { OutingNews } from './outing-news.js';
import type { TurfNotice } from './turf-notices.js';

/** A door's place in the walk list of its turf, and how it stands there. */
export type TurfDoor = {
  readonly door: string;
  /** The last result that counts; absent while it is still to do. */
  readonly result?: CanvassResult;
  /** Who has been sent to it, and since when: nobody else gets it meanwhile. */
  readonly held_by?: string;
  readonly held_at?: Date;
  /** Put off by whoever held it; it comes again at the end. */
  readonly skipped?: true;
  /** A link to a chat of their own was shown there. */
  readonly invited?: true;
  /** What its canvasser wrote of it before it was done; goes into the visit. */
  readonly note?: string;
};

/**
 * A contiguous packet of doors for one pair and one outing. Its document is the one place that says who has
 * which door: every change of it is a guarded write of the whole, at most a few hundred doors.
 */
export type TurfRow = {
  readonly _id: string;
  /** For people: the main street and a number, unique within the campaign. */
  readonly name: string;
  /** The area it lies in: a polling station, or several when it was cut across them. */
  readonly stations: readonly string[];
  /** In walk order. */
  readonly doors: readonly TurfDoor[];
  readonly centre: { readonly lat: number; readonly lon: number };
  /** The walk's length, metres. */
  readonly metres: number;
  /** The ground it covers, for maps; absent on those of earlier versions. */
  readonly outline?: Outline;
  /** Volunteers who walk it now, by supporter id; nobody while it is free. */
  readonly canvassers: readonly string[];
  /** For whom staff keep it. */
  readonly reserved_for?: string;
  readonly leader?: string;
  readonly state: 'free' | 'walked' | 'done';
  /** The last time that somebody on it called for help, and before which door. */
  readonly help?: { readonly by: string; readonly at: Date; readonly door?: string };
  /** Where its canvassers stood when they last shared it, for the reports of the next minutes. */
  readonly stood?: readonly {
    readonly by: string;
    readonly at: Date;
    readonly lat: number;
    readonly lon: number;
  }[];
  /** Outings on it that its leader hears of, the last ones; `untold` while there are such to come. */
  readonly news?: readonly OutingNews[];
  readonly untold?: true;
  /** What volunteers hear of it, the last ones; `notice_due` while there are such to come. */
  readonly notices?: readonly TurfNotice[];
  readonly notice_due?: true;
  /** Where it stands among the free ones; the lowest is given out first. */
  readonly rank: number;
  readonly revision: number;
  readonly at: Date;
};

export type Turfs = { readonly table: Table<TurfRow> };

/** Opens the collection `turfs`. */
export function openTurfs(connection: Connection): Turfs {
  return {
    table: openTable<TurfRow>(connection, {
      name: 'turfs',
      schema: {
        name: String,
        stations: [String],
        doors: [Object],
        centre: Object,
        metres: Number,
        outline: [Object],
        canvassers: [String],
        reserved_for: String,
        leader: String,
        state: String,
        help: Object,
        stood: [Object],
        news: [Object],
        untold: Boolean,
        notices: [Object],
        notice_due: Boolean,
        rank: Number,
        revision: Number,
        at: Date,
      },
      indexes: [
        [{ name: 1 }, { unique: true }],
        [{ canvassers: 1 }],
        // Whoever asks for a turf gets the one that is kept for them first.
        [{ reserved_for: 1 }, { sparse: true }],
        [{ leader: 1 }, { sparse: true }],
        [{ untold: 1 }, { sparse: true }],
        [{ 'notices.to': 1 }, { sparse: true }],
        [{ notice_due: 1 }, { sparse: true }],
        [{ 'stood.at': 1 }, { sparse: true }],
        [{ state: 1, rank: 1, _id: 1 }],
        // How staff look at them: all in their order, those of an area, those on the map.
        [{ rank: 1, _id: 1 }],
        [{ stations: 1, rank: 1, _id: 1 }],
        [{ 'centre.lat': 1, 'centre.lon': 1 }],
      ],
    }),
  };
}
