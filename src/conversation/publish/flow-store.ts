import type { Connection } from 'mongoose';
import type { Table } from '../../store/table.js';
import { openFlowVersions, type FlowVersionRow } from '../flow-versions.js';
import { openDrafts, type Drafts } from './drafts.js';
import { openRecordedTranscripts, type RecordedTranscript } from './recorded-transcripts.js';
import { openPublications, type Publications } from './publications.js';

/** What the store holds of flows. */
export type FlowStore = {
  /** Every version, frozen under its hash. */
  readonly versions: Table<FlowVersionRow>;
  /** Which of them are in force, and were. */
  readonly publications: Publications;
  /** What staff are writing. */
  readonly drafts: Drafts;
  /** Conversations that staff recorded in the simulator. */
  readonly transcripts: Table<RecordedTranscript>;
  /** All of its collections. */
  readonly tables: readonly { createIndexes(): Promise<void> }[];
};

/** Opens its collections. */
export function openFlowStore(connection: Connection): FlowStore {
  const versions = openFlowVersions(connection);
  const publications = openPublications(connection);
  const drafts = openDrafts(connection);
  const transcripts = openRecordedTranscripts(connection);
  const tables = [versions, publications.table, drafts.table, transcripts];
  return { versions, publications, drafts, transcripts, tables };
}
