import type { Connection } from 'mongoose';
import { createRevisions, type Revisions } from '../../store/revisions.js';
import { openTable, type Table } from '../../store/table.js';
import type { FlowSources } from './flow-sources.js';

/** What staff are writing of one flow, which is not published yet. */
export type DraftRow = {
  /** The flow's name: a flow has one draft, which staff share. */
  readonly _id: string;
  /** Counts the saves; a save names the revision it was made from. */
  readonly revision: number;
  /** The version it was made from; absent for a flow that is new. */
  readonly base?: string;
  /** The flow's YAML. */
  readonly flow: string;
  /** The YAML of its words, by language. */
  readonly words: { readonly [language: string]: string };
  /** Who saved it last, and when. */
  readonly author: string;
  readonly updated_at: Date;
};

/** Drafts of flows; a save throws on a name no file can have. */
export type Drafts = Revisions<DraftRow> & {
  readonly table: Table<DraftRow>;
  get(name: string): Promise<DraftRow | undefined>;
};

/** Opens the collection `drafts`. */
export function openDrafts(connection: Connection): Drafts {
  const table = openTable<DraftRow>(connection, {
    name: 'drafts',
    schema: {
      revision: Number,
      base: String,
      flow: String,
      words: {},
      author: String,
      updated_at: Date,
    },
    indexes: [[{ updated_at: 1 }]],
  });
  const revisions = createRevisions(table);
  return {
    table,
    get: (name) => table.get(name),
    async save(draft) {
      refuseStrangeNames(draft);
      return revisions.save(draft);
    },
    discard: revisions.discard,
  };
}

/** A draft as the files it would be. */
export function filesOf({ _id: name, flow, words }: DraftRow): FlowSources {
  return {
    name,
    flow: { path: `flows/${name}.yaml`, text: flow },
    words: Object.entries(words).map(([language, text]) => ({
      path: `locales/${language}/${name}.yaml`,
      text,
    })),
  };
}

/** Names become names of files when flows are exported; what else is wrong with them the check says. */
function refuseStrangeNames({ _id, words }: DraftRow): void {
  const strange = [_id, ...Object.keys(words)].find((name) => !/^[A-Za-z0-9][\w-]*$/.test(name));
  if (strange !== undefined) throw new TypeError(`"${strange}" cannot be the name of a file.`);
}
