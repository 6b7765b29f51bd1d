import type { Connection } from 'mongoose';
import type { Table } from '../../store/table.js';
import { openFlowVersions, type FlowVersionRow } from '../flow-versions.js';
import { openPublications, type Publications } from './publications.js';

/** What the store holds of flows. */
export type FlowStore = {
  /** Every version, frozen under its hash. */
  readonly versions: Table<FlowVersionRow>;
  /** Which of them are in force, and were. */
  readonly publications: Publications;
};

/** Opens its collections. */
export function openFlowStore(connection: Connection): FlowStore {
  return { versions: openFlowVersions(connection), publications: openPublications(connection) };
}
