import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

/** The lists of the roll: French citizens, and citizens of the Union for one kind of election each. */
export const ROLL_LISTS = ['main', 'municipal', 'european'] as const;
export type RollList = (typeof ROLL_LISTS)[number];

/**
 * All that is kept of the electoral roll: how many are registered at an address, and where they vote. No
 * name, no date of birth, no nationality of anybody.
 */
export type RollAddressRow = {
  /** As `building` of a door. */
  readonly _id: string;
  /** Where most of them vote. */
  readonly station: string;
  readonly voters: { readonly [list in RollList]?: number };
  readonly at: Date;
};

export type RollAddresses = { readonly table: Table<RollAddressRow> };

/** Opens the collection `roll_addresses`. */
export function openRollAddresses(connection: Connection): RollAddresses {
  return {
    table: openTable<RollAddressRow>(connection, {
      name: 'roll_addresses',
      schema: { station: String, voters: Object, at: Date },
      indexes: [],
    }),
  };
}

/**
 * What somebody of the team undertook before the roll was read: code électoral, article L. 37, opens it to
 * every elector who undertakes to make no commercial use of it (service-public.fr, F1963).
 */
export type UndertakingRow = {
  readonly _id: string;
  /** Who undertook it. */
  readonly name: string;
  readonly purpose: string;
  /** What they undertook, word for word. */
  readonly wording: string;
  /** The name of the file. */
  readonly file: string;
  readonly at: Date;
};

export type Undertakings = { readonly table: Table<UndertakingRow> };

/** Opens the collection `undertakings`. */
export function openUndertakings(connection: Connection): Undertakings {
  return {
    table: openTable<UndertakingRow>(connection, {
      name: 'undertakings',
      schema: { name: String, purpose: String, wording: String, file: String, at: Date },
      indexes: [],
    }),
  };
}

/** What is undertaken, in the words of the law that it rests on. */
export const UNDERTAKING =
  'Je m’engage, conformément à l’article L. 37 du code électoral, à ne pas faire un usage commercial de la liste électorale.';
