import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

/** What one candidate or list had at a station. */
export type Votes = {
  /** What tells it from the others of its ballot, so that a row read again replaces its own. */
  readonly key: string;
  /** All that it is called: nuance, list in short and in full, who leads it. */
  readonly labels: readonly string[];
  readonly votes: number;
};

/** What a polling station voted in one round of one election; counts that no file said yet are absent. */
export type ResultRow = {
  /** `<election>:<station>`. */
  readonly _id: string;
  /** As data.gouv names it: `2024_legi_t1`. */
  readonly election: string;
  readonly station: string;
  readonly city?: string;
  readonly registered?: number;
  readonly abstained?: number;
  /** Ballots that were for somebody, blank and void ones apart. */
  readonly cast?: number;
  readonly votes: readonly Votes[];
  readonly at: Date;
};

export type Results = { readonly table: Table<ResultRow> };

/** Opens the collection `results`. */
export function openResults(connection: Connection): Results {
  return {
    table: openTable<ResultRow>(connection, {
      name: 'results',
      schema: {
        election: String,
        station: String,
        city: String,
        registered: Number,
        abstained: Number,
        cast: Number,
        votes: [Object],
        at: Date,
      },
      indexes: [[{ election: 1 }]],
    }),
  };
}
