import type { Connection } from 'mongoose';
import type { SourceFile } from '../engine/compile.js';
import { openTable, type Table } from '../store/table.js';

/** One published version of a flow: its sources under their content hash, never changed. */
export type FlowVersionRow = {
  /** `<name>@<version>`. */
  readonly _id: string;
  readonly name: string;
  readonly version: string;
  readonly flow: SourceFile;
  readonly words: readonly SourceFile[];
  /** `files`, or who published it first. */
  readonly author: string;
  readonly comment?: string;
  /** When it was first published; `publications` tell which version is in force. */
  readonly published_at: Date;
};

/** Opens the collection `flow_versions`. */
export function openFlowVersions(connection: Connection): Table<FlowVersionRow> {
  return openTable<FlowVersionRow>(connection, {
    name: 'flow_versions',
    schema: {
      name: String,
      version: String,
      flow: {},
      words: [{}],
      author: String,
      comment: String,
      published_at: Date,
    },
    indexes: [[{ name: 1, published_at: -1 }]],
  });
}
