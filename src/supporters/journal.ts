import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';
import { identitiesOf, type Identities } from './identities.js';
import type { JournalEntry } from './outbox-item.js';

/** A journal entry as it is kept, under `<supporter>:<turn>`. */
export type JournalRow = JournalEntry & { readonly _id: string; readonly supporter: string };

export type Journal = {
  readonly table: Table<JournalRow>;
  /** Copies entries in; those already there stay as they are. */
  write(entries: readonly { supporter: string; entry: JournalEntry }[]): Promise<void>;
  /** A supporter's entries, merged profiles' among them, oldest first; never holds all in memory. */
  ofSupporter(supporter: Identities): AsyncIterable<JournalRow>;
};

/** Opens the collection `journal`: every event and its effects, in order. */
export function openJournal(connection: Connection): Journal {
  const table = openTable<JournalRow>(connection, {
    name: 'journal',
    schema: {
      supporter: String,
      turn: Number,
      at: Date,
      channel: String,
      address: String,
      language: String,
      event: {},
      effects: [{}],
      staff: String,
      trimmed: Boolean,
    },
    indexes: [[{ supporter: 1, turn: 1 }], [{ at: 1 }]],
  });
  return {
    table,
    ofSupporter(supporter) {
      const [id, ...others] = identitiesOf(supporter);
      if (others.length === 0) return table.stream({ supporter: id }, { sort: { turn: 1 } });
      return table.stream({ supporter: { $in: [id, ...others] } }, { sort: { at: 1, turn: 1 } });
    },
    write: (entries) =>
      table.insertMissing(
        entries.map(({ supporter, entry }) => ({
          _id: `${supporter}:${entry.turn}`,
          supporter,
          ...entry,
        })),
      ),
  };
}
