import type { SupporterRecord } from '../../src/supporters/record.js';
import type { Supporters } from '../../src/supporters/supporters.js';

/** Supporters kept in memory under the same guard as in the store, for tests of what is around it. */
export type MemorySupporters = Pick<Supporters, 'get' | 'save'> & {
  readonly rows: Map<string, SupporterRecord>;
  /** Called before each save; another writer may step in, or the store may fail. */
  before: (record: SupporterRecord) => void;
};

export function createMemorySupporters(): MemorySupporters {
  const rows = new Map<string, SupporterRecord>();
  const supporters: MemorySupporters = {
    rows,
    before: () => undefined,
    get: async (id) => rows.get(id),
    async save(record) {
      await Promise.resolve();
      supporters.before(record);
      if ((rows.get(record._id)?.revision ?? 0) !== record.revision) return undefined;
      const next = { ...record, revision: record.revision + 1 };
      rows.set(record._id, next);
      return next;
    },
  };
  return supporters;
}
