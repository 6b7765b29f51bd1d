import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { Terms } from './fields.js';
import { readSegment, type SegmentReading } from './read-segment.js';
import type { KeptSegment, Segment } from './segment.js';

type SegmentRow = Omit<KeptSegment, 'name'> & { readonly _id: string };

/** Segments as they are kept, by name. */
export type Segments = {
  readonly table: Table<SegmentRow>;
  list(): Promise<KeptSegment[]>;
  names(): Promise<string[]>;
  get(name: string): Promise<KeptSegment | undefined>;
  /** Keeps a segment that was checked, in place of any of that name. */
  save(segment: Segment, author: string, at: Date): Promise<void>;
  /** Whether there was one. */
  remove(name: string): Promise<boolean>;
};

/** Opens the collection `segments`. */
export function openSegments(connection: Connection): Segments {
  const table = openTable<SegmentRow>(connection, {
    name: 'segments',
    schema: {
      title: String,
      combinator: String,
      not: Boolean,
      rules: [{}],
      author: String,
      at: Date,
    },
    indexes: [],
  });
  return {
    table,
    list: async () => (await table.find({}, { sort: { _id: 1 } })).map(kept),
    names: async () => (await table.find({}, { sort: { _id: 1 } })).map(({ _id }) => _id),
    async get(name) {
      const row = await table.get(name);
      return row === undefined ? undefined : kept(row);
    },
    async save({ name: _id, ...rest }, author, at) {
      const row: SegmentRow = { _id, ...rest, author, at };
      // Of two who make one at once, the later replaces what the other has just made.
      if (await table.replaceIf({}, row)) return;
      if (!(await table.insert(row))) await table.replaceIf({}, row);
    },
    remove: async (name) => (await table.remove({ _id: name })) > 0,
  };
}

function kept({ _id: name, ...row }: SegmentRow): KeptSegment {
  return { name, ...row };
}

/** A kept segment read again, for what the campaign declares may have changed since. */
export function recheck(segment: KeptSegment, terms: Terms): SegmentReading {
  const { author: _author, at: _at, ...sent } = segment;
  return readSegment(sent, terms);
}
