import type { Connection } from 'mongoose';
import type { Table } from '../../store/table.js';
import { openFlowVersions, type FlowVersionRow } from '../flow-versions.js';
import { openDrafts, type Drafts } from './drafts.js';
import { openSiteStore, type SiteStore } from './site/site-store.js';
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
  /** The campaign's page, which is published as flows are. */
  readonly site: SiteStore;
  /** All of its collections. */
  readonly tables: readonly { createIndexes(): Promise<void> }[];
};

/** Opens its collections. */
export function openFlowStore(connection: Connection): FlowStore {
  const versions = openFlowVersions(connection);
  const publications = openPublications(connection);
  const drafts = openDrafts(connection);
  const transcripts = openRecordedTranscripts(connection);
  const site = openSiteStore(connection);
  const tables = [
    versions,
    publications.table,
    drafts.table,
    transcripts,
    site.publications,
    site.drafts.table,
    site.pictures.table,
  ];
  return { versions, publications, drafts, transcripts, site, tables };
}
