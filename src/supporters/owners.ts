import type { Table } from '../store/table.js';
import type { SupporterRecord } from './record.js';

/** Who has which ids now, of those whose profiles were merged. */
export type Owners = {
  /** Whose an id is now: their own, or that of the profile it was merged into. */
  ownerOf(id: string): string;
  /** Every id of each person who has several, their own first. */
  readonly merged: readonly (readonly string[])[];
};

/** Reads, along an index, who was merged into whom. */
export async function readMerged(
  table: Pick<Table<SupporterRecord>, 'streamFields'>,
): Promise<Owners> {
  const owners = new Map<string, string>();
  const merged: (readonly string[])[] = [];
  const rows = table.streamFields({ merged_from: { $gt: '' } }, ['merged_from']);
  for await (const { _id, merged_from: ids = [] } of rows) {
    merged.push([_id, ...ids]);
    for (const id of ids) owners.set(id, _id);
  }
  return { ownerOf: (id) => owners.get(id) ?? id, merged };
}
