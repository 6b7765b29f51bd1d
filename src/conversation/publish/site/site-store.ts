import type { Connection } from 'mongoose';
import type { SiteContent } from '../../../engine/site/site-content.js';
import { openBlobs, type Blobs } from '../../../store/blobs.js';
import { createRevisions, type Revisions } from '../../../store/revisions.js';
import { openTable, type Table } from '../../../store/table.js';

/** One act of publishing the campaign's page; none is ever changed, so that they tell the history. */
export type SitePublication = {
  /** Its number, counted from 1, in ten digits. */
  readonly _id: string;
  /** Whether it put back what had been in force before. */
  readonly type: 'published' | 'rolled_back';
  /** First 8 hexadecimal digits of the hash of its content. */
  readonly version: string;
  readonly content: SiteContent;
  /** `files`, or who published. */
  readonly author: string;
  readonly comment?: string;
  readonly at: Date;
};

/** What staff are writing of the page, which is not published yet; there is one, which they share. */
export type SiteDraft = {
  readonly _id: typeof SITE;
  readonly revision: number;
  /** The version it was made from. */
  readonly base?: string;
  readonly content: SiteContent;
  /** Who saved it last, and when. */
  readonly author: string;
  readonly updated_at: Date;
};

export const SITE = 'site';

/** What the store holds of the campaign's page. */
export type SiteStore = {
  readonly publications: Table<SitePublication>;
  readonly drafts: Revisions<SiteDraft> & {
    readonly table: Table<SiteDraft>;
    get(): Promise<SiteDraft | undefined>;
  };
  /** Pictures by the name under which pages show them, which begins with their hash. */
  readonly pictures: Blobs;
  newest(): Promise<SitePublication | undefined>;
  /**
   * Publishes, if nothing was published after `last`, on which the decision rests; undefined when somebody
   * was quicker, in any process: look again, then try again.
   */
  add(
    last: SitePublication | undefined,
    publication: Omit<SitePublication, '_id'>,
  ): Promise<SitePublication | undefined>;
};

/** Opens the collections `site_publications`, `site_drafts` and `site_pictures`. */
export function openSiteStore(connection: Connection): SiteStore {
  const publications = openTable<SitePublication>(connection, {
    name: 'site_publications',
    schema: {
      type: String,
      version: String,
      content: {},
      author: String,
      comment: String,
      at: Date,
    },
    indexes: [[{ version: 1 }]],
  });
  const drafts = openTable<SiteDraft>(connection, {
    name: 'site_drafts',
    schema: { revision: Number, base: String, content: {}, author: String, updated_at: Date },
    indexes: [],
  });
  return {
    publications,
    drafts: { ...createRevisions(drafts), table: drafts, get: () => drafts.get(SITE) },
    pictures: openBlobs(connection, 'site_pictures'),
    newest: async () => (await publications.find({}, { sort: { _id: -1 }, limit: 1 }))[0],
    async add(last, publication) {
      const _id = String(Number(last?._id ?? 0) + 1).padStart(10, '0');
      const row = { _id, ...publication };
      return (await publications.insert(row)) ? row : undefined;
    },
  };
}
