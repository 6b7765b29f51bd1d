import type { Connection } from 'mongoose';
import type { SourceFile } from '../../engine/compile.js';
import { openTable, type Table } from '../../store/table.js';

/** A conversation of the simulator that staff recorded, as the YAML of a transcript. */
export type RecordedTranscript = {
  /** `<flow>.<what it is about>`, as its file would be called. */
  readonly _id: string;
  readonly text: string;
  readonly author: string;
  readonly at: Date;
};

/** Opens the collection `transcripts`. */
export function openRecordedTranscripts(connection: Connection): Table<RecordedTranscript> {
  return openTable<RecordedTranscript>(connection, {
    name: 'transcripts',
    schema: { text: String, author: String, at: Date },
    indexes: [],
  });
}

/** All of them as the files they would be: publications play them with those of the folder. */
export async function recordedFiles(
  table: Pick<Table<RecordedTranscript>, 'find'>,
): Promise<readonly SourceFile[]> {
  const rows = await table.find({}, { sort: { _id: 1 } });
  return rows.map(({ _id, text }) => ({ path: `flows/tests/${_id}.yaml`, text }));
}
