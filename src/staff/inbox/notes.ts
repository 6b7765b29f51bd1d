import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import { identitiesOf, type Identities } from '../../supporters/identities.js';
import type { PersonalData } from '../../supporters/privacy/personal-data.js';

/** What somebody of the team wrote about a supporter. */
export type NoteRecord = {
  readonly _id: string;
  readonly supporter: string;
  readonly at: Date;
  readonly by: string;
  readonly by_name: string;
  readonly text: string;
};

/** Notes that are shown of one supporter. */
const MOST = 100;

export type Notes = {
  readonly table: Table<NoteRecord>;
  /** The latest first. */
  of(supporter: Identities): Promise<NoteRecord[]>;
  add(note: Omit<NoteRecord, '_id'>): Promise<NoteRecord>;
  /** Whether there was one. */
  remove(supporter: Identities, id: string): Promise<boolean>;
};

/** Opens the collection `notes`. */
export function openNotes(connection: Connection): Notes {
  const table = openTable<NoteRecord>(connection, {
    name: 'notes',
    schema: { supporter: String, at: Date, by: String, by_name: String, text: String },
    indexes: [[{ supporter: 1, at: -1 }]],
  });
  return {
    table,
    async of(supporter) {
      const rows = await Promise.all(
        identitiesOf(supporter).map((id) =>
          table.find({ supporter: id }, { sort: { at: -1 }, limit: MOST }),
        ),
      );
      return rows.flat().sort((one, other) => other.at.getTime() - one.at.getTime());
    },
    async add(note) {
      const row = { _id: randomUUID(), ...note };
      await table.insert(row);
      return row;
    },
    remove: async (supporter, id) =>
      (await table.remove({ _id: id, supporter: { $in: [...identitiesOf(supporter)] } })) === 1,
  };
}

/** What is exported and erased with a supporter: notes are about them, whoever wrote them. */
export function noteData({ table }: Pick<Notes, 'table'>): PersonalData {
  return {
    name: 'notes_of_the_team',
    exportOf: async (supporter) =>
      (await table.find({ supporter }, { sort: { at: 1 } })).map(({ at, text }) => ({
        at: at.toISOString(),
        text,
      })),
    async erase(supporter) {
      await table.remove({ supporter });
    },
  };
}
