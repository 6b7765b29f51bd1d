import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { createBatcher } from '../store/batcher.js';
import { openTable, type Table } from '../store/table.js';
import { withConsentsNow } from './consents-now.js';
import { PLACE_FIELDS } from './places/place.js';
import type { SupporterRecord } from './record.js';
import { withSearchWords } from './search-words.js';

/** Documents in one write; each may have 64 kB. */
const WRITTEN_TOGETHER = 100;

/** Supporters as the conversation reads and writes them. */
export type Supporters = {
  readonly table: Table<SupporterRecord>;
  get(id: string): Promise<SupporterRecord | undefined>;
  /**
   * Writes the whole record as its next revision, if the stored one still has the revision it was made
   * from; undefined when somebody was quicker, and then nothing is written.
   */
  save(record: SupporterRecord): Promise<SupporterRecord | undefined>;
  /** Ids of those whose timer is due. */
  findDue(now: Date, limit: number): Promise<string[]>;
  /** Those whose outbox nobody is working on any more. */
  findAbandoned(now: Date, limit: number): Promise<SupporterRecord[]>;
  /** All whose outbox somebody is working on. */
  findLeased(): Promise<SupporterRecord[]>;
  /** Those for whom a person of the team has taken over, the longest waiting first. */
  findHandedOff(limit: number): Promise<SupporterRecord[]>;
  /** How many sessions stand on each step of each version of a flow. */
  countStanding(flow: string): Promise<Standing[]>;
  /** Removes the document of a supporter whose erasure began. */
  removeErased(id: string): Promise<void>;
};

/** A record to be written, and what named the write it was made from. */
type Replacement = { readonly row: SupporterRecord; readonly before: string | undefined };

/** Sessions that stand on a step: they wait there, or come back to it. */
export type Standing = {
  readonly version: string;
  readonly step: string;
  readonly sessions: number;
};

/** Opens the collection `supporters`. */
export function openSupporters(connection: Connection): Supporters {
  const table = openTable<SupporterRecord>(connection, {
    name: 'supporters',
    schema: {
      revision: Number,
      written: String,
      turns: Number,
      heard_at: Date,
      created_at: Date,
      language: String,
      first_name: String,
      last_name: String,
      email: String,
      email_confirmed_at: Date,
      phone: String,
      postal_code: String,
      ...Object.fromEntries(PLACE_FIELDS.map((field) => [field, String])),
      located: {},
      support_level: Number,
      preferences: {},
      fields: {},
      tags: [String],
      consents: [{}],
      consents_now: [String],
      reachable_on: [String],
      search: [String],
      summary: {},
      news: [{}],
      session: {},
      last: {},
      seen: {},
      outbox: [{}],
      lease: {},
      due: Date,
      handoff: {},
      merged_from: [String],
      imported: [{}],
      erasing: Date,
    },
    indexes: [
      [{ due: 1 }, { sparse: true }],
      [{ 'lease.until': 1 }, { sparse: true }],
      [{ email: 1 }, { sparse: true }],
      [{ phone: 1 }, { sparse: true }],
      [{ 'handoff.at': 1 }, { sparse: true }],
      [{ 'session.frames.flow': 1 }, { sparse: true }],
      // Lists of many are read along it, a page at a time.
      [{ created_at: 1, _id: 1 }],
      [{ search: 1 }],
      // Almost nobody; so that counts of all others need no documents.
      [{ erasing: 1 }, { sparse: true }],
      // Imports look for whom a profile of theirs was merged into.
      [{ merged_from: 1 }, { sparse: true }],
      // What sequences follow up.
      [{ 'news.at': 1 }, { sparse: true }],
      // What segments ask most.
      [{ consents_now: 1 }],
      // The day they were given, for figures.
      [{ 'consents.at': 1 }],
      [{ reachable_on: 1 }],
      [{ tags: 1 }],
      [{ language: 1 }],
      [{ heard_at: 1 }, { sparse: true }],
      // The inbox by channel.
      [{ 'last.channel': 1, heard_at: 1 }],
      [{ email_confirmed_at: 1 }, { sparse: true }],
      [{ postal_code: 1 }, { sparse: true }],
      [{ department: 1 }, { sparse: true }],
      [{ commune: 1 }, { sparse: true }],
      [{ territory: 1 }, { sparse: true }],
      [{ support_level: 1 }, { sparse: true }],
      [{ 'summary.donations.count': 1 }, { sparse: true }],
      [{ 'summary.donations.lastAt': 1 }, { sparse: true }],
      [{ 'summary.visits.lastResult': 1 }, { sparse: true }],
    ],
  });
  const writer = randomBytes(9).toString('base64url');
  let writes = 0;

  /** Replaces many at once; when not all were as they should be, reading them again tells which. */
  const replaceGuarded = createBatcher<Replacement, boolean>(async (replacements) => {
    const batch = replacements.map(({ row }) => row);
    const guarded = replacements.map(({ row, before }) => ({
      // A merge that is undone brings a revision back: only `written` tells which one was read.
      query: { revision: row.revision - 1, ...(before === undefined ? {} : { written: before }) },
      row,
    }));
    if (await table.replaceAllIf(guarded)) return batch.map(() => true);
    const stored = await table.find({ _id: { $in: batch.map(({ _id }) => _id) } });
    const written = new Map(stored.map((row) => [row._id, row.written]));
    return batch.map((row) => written.get(row._id) === row.written);
  }, WRITTEN_TOGETHER);

  return {
    table,
    get: (id) => table.get(id),
    async save(record) {
      writes += 1;
      const written = `${writer}.${writes.toString(36)}`;
      const next = {
        ...withSearchWords(withConsentsNow(record)),
        revision: record.revision + 1,
        written,
      };
      const isNew = record.revision === 0;
      return (await (isNew
        ? table.insert(next)
        : replaceGuarded({ row: next, before: record.written })))
        ? next
        : undefined;
    },
    findDue: async (now, limit) =>
      (await table.find({ due: { $lte: now } }, { sort: { due: 1 }, limit })).map(({ _id }) => _id),
    findAbandoned: (now, limit) =>
      table.find({ 'lease.until': { $lte: now } }, { sort: { 'lease.until': 1 }, limit }),
    findLeased: () => table.find({ 'lease.until': { $gt: new Date(0) } }),
    findHandedOff: (limit) =>
      table.find(
        { 'handoff.at': { $gt: new Date(0) }, erasing: { $exists: false } },
        { sort: { 'handoff.at': 1 }, limit },
      ),
    countStanding: (flow) =>
      table.aggregate<Standing>([
        { $match: { 'session.frames.flow': flow } },
        { $unwind: '$session.frames' },
        { $match: { 'session.frames.flow': flow } },
        {
          $group: {
            _id: { version: '$session.frames.version', step: '$session.frames.step' },
            sessions: { $sum: 1 },
          },
        },
        { $project: { _id: 0, version: '$_id.version', step: '$_id.step', sessions: 1 } },
        { $sort: { sessions: -1, version: 1, step: 1 } },
      ]),
    async removeErased(id) {
      await table.remove({ _id: id, erasing: { $gt: new Date(0) } });
    },
  };
}
