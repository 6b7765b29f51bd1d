import type { Connection } from 'mongoose';
import type { Table } from '../../store/table.js';
import { openFlowVersions, type FlowVersionRow } from '../flow-versions.js';
import { openDrafts, type Drafts } from './drafts.js';
import { openPublications, type Publications } from './publications.js';

/** What the store holds of flows. */
export type FlowStore = {
  /** Every version, frozen under its hash. */
  readonly versions: Table<FlowVersionRow>;
  /** Which of them are in force, and were. */
  readonly publications: Publications;
  /** What staff are writing. */
  readonly drafts: Drafts;
  /** All of its collections. */
  readonly tables: readonly { createIndexes(): Promise<void> }[];
};

/** Opens its collections. */
export function openFlowStore(connection: Connection): FlowStore {
  const versions = openFlowVersions(connection);
  const publications = openPublications(connection);
  const drafts = openDrafts(connection);
  return { versions, publications, drafts, tables: [versions, publications.table, drafts.table] };
}
