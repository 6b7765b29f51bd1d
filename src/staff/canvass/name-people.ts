import { referenceOf } from '../../supporters/tell-staff.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { VolunteerName } from '../api.js';
import { nameOf } from '../people/tell-supporter.js';

const FIELDS = ['first_name', 'last_name', 'merged_from'] as const;
type Named = Pick<SupporterRecord, (typeof FIELDS)[number] | '_id'>;

/** Names volunteers by any id that they had; by a reference where nobody knows their name. */
export async function namePeople(
  { table }: Pick<Supporters, 'table'>,
  ids: Iterable<string>,
): Promise<(id: string) => VolunteerName> {
  const wanted = [...new Set(ids)];
  const known = new Map<string, Named>();
  if (wanted.length > 0) {
    for await (const row of table.streamFields({ _id: { $in: wanted } }, FIELDS)) {
      known.set(row._id, row);
    }
    const others = wanted.filter((id) => !known.has(id));
    if (others.length > 0) {
      for await (const row of table.streamFields({ merged_from: { $in: others } }, FIELDS)) {
        for (const before of row.merged_from ?? []) known.set(before, row);
      }
    }
  }
  return (id) => {
    const record = known.get(id);
    const name = record === undefined ? '' : nameOf(record);
    return { id: record?._id ?? id, name: name === '' ? referenceOf(record?._id ?? id) : name };
  };
}
