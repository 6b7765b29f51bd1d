import type { Table } from '../store/table.js';
import type { SupporterRecord } from './record.js';

/**
 * The supporter of an id, or whoever they were merged into since; `read` reads one by id, where something
 * nearer than the store knows them.
 */
export async function findCurrent(
  id: string,
  table: Pick<Table<SupporterRecord>, 'get' | 'find'>,
  read: (id: string) => Promise<SupporterRecord | undefined> = (one) => table.get(one),
): Promise<SupporterRecord | undefined> {
  return (await read(id)) ?? (await table.find({ merged_from: id }, { limit: 1 }))[0];
}
