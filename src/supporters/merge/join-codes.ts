import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';

/** A code that was asked for: by keyed hashes only, so that it names nobody and tells no code. */
export type JoinCodeRow = {
  /** Of the act that asked. */
  readonly _id: string;
  /** Of the supporter who asked, and of the address they named. */
  readonly by: string;
  readonly to: string;
  /** Of both, with the code. */
  readonly code: string;
  /** Of the acts that tried a code, so that one done again counts once. */
  readonly tries: readonly string[];
  /** `right` once the code was given, `used` once the profiles were joined. */
  readonly state: 'open' | 'right' | 'used';
  readonly at: Date;
};

/** For so long, requests for codes are counted, in seconds. */
const KEPT_S = 86_400;

/** Opens the collection `join_codes`. */
export function openJoinCodes(connection: Connection): Table<JoinCodeRow> {
  return openTable<JoinCodeRow>(connection, {
    name: 'join_codes',
    schema: { by: String, to: String, code: String, tries: [String], state: String, at: Date },
    indexes: [
      [{ by: 1, at: -1 }],
      [{ to: 1, at: -1 }],
      [{ at: 1 }, { expireAfterSeconds: KEPT_S }],
    ],
  });
}
