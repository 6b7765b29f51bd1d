import type { Table } from '../store/table.js';
import { readMerged } from './owners.js';
import { identitiesOf } from './identities.js';
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

/** What somebody is called, under the id they have now. */
export type Named = Pick<SupporterRecord, '_id' | 'merged_from' | 'first_name' | 'last_name'>;

/**
 * Who the supporters of these ids are now, all in two look-ups; whoever was erased is not there, nor who
 * is being erased.
 */
export async function nameAll(
  ids: readonly string[],
  table: Pick<Table<SupporterRecord>, 'streamFields'>,
): Promise<ReadonlyMap<string, Named>> {
  const found = new Map<string, Named>();
  const wanted = new Set(ids);
  const read = async (by: '_id' | 'merged_from', those: readonly string[]): Promise<void> => {
    if (those.length === 0) return;
    const query = { [by]: { $in: [...those] } };
    for await (const { erasing, ...row } of table.streamFields(query, NAME_FIELDS)) {
      if (erasing !== undefined) continue;
      for (const id of identitiesOf(row)) if (wanted.has(id)) found.set(id, row);
    }
  };
  await read('_id', [...wanted]);
  await read(
    'merged_from',
    [...wanted].filter((id) => !found.has(id)),
  );
  return found;
}

const NAME_FIELDS = ['first_name', 'last_name', 'merged_from', 'erasing'] as const;

/** Whose each merged profile is now, read once for whoever asks of many. */
export async function readOwners(
  table: Pick<Table<SupporterRecord>, 'streamFields'>,
): Promise<(supporter: string) => string> {
  return (await readMerged(table)).ownerOf;
}
