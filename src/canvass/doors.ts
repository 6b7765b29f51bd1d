import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

/** One dwelling: where a canvasser knocks. It says where, never who lives there. */
export type DoorRow = {
  /** The `external_id` of its file; without one, made of its whole address, so that a second import finds it. */
  readonly _id: string;
  readonly number?: string;
  /** `bis`, `ter`, `A`… */
  readonly suffix?: string;
  readonly street: string;
  /** As written: `3`, `RDC`. */
  readonly floor?: string;
  readonly flat?: string;
  readonly postcode?: string;
  readonly city?: string;
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lon: number;
  /** The polling station, by the code that results use. */
  readonly station?: string;
  /** How the station was told where no file of doors said it; see `stations/assign-stations.ts`. */
  readonly station_by?: 'roll' | 'commune' | 'near';
  /** The town's code, by which the state counts (INSEE). */
  readonly commune?: string;
  /** The small area of the census it lies in (IRIS), where its file says so. */
  readonly iris?: string;
  /** For whoever knocks: a gate code, a dog. */
  readonly note?: string;
  /** What its neighbours of the same entrance share: city, street, number and suffix, folded. */
  readonly building: string;
  /** The turf it belongs to now. */
  readonly turf?: string;
  readonly at: Date;
};

export type Doors = { readonly table: Table<DoorRow> };

/** Opens the collection `doors`. */
export function openDoors(connection: Connection): Doors {
  return {
    table: openTable<DoorRow>(connection, {
      name: 'doors',
      schema: {
        number: String,
        suffix: String,
        street: String,
        floor: String,
        flat: String,
        postcode: String,
        city: String,
        lat: Number,
        lon: Number,
        station: String,
        station_by: String,
        commune: String,
        iris: String,
        note: String,
        building: String,
        turf: String,
        at: Date,
      },
      // Maps look at a part of some stations.
      indexes: [[{ station: 1, lat: 1, lon: 1 }], [{ turf: 1 }]],
    }),
  };
}
