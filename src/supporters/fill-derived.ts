import type { AddressRow } from './addresses.js';
import { guardOf } from './addresses.js';
import { withConsentsNow } from './consents-now.js';
import type { People } from './open-people.js';
import { withSearchWords } from './search-words.js';
import { withReach } from './reachable-on.js';

/** Documents looked at in one go. */
const BATCH = 200;

/**
 * Fills `consents_now`, `reachable_on` and `search` in documents that were written before there were such fields,
 * and answers how many. May be stopped at any moment, begun again, and done by several processes at once:
 * each document is written under its revision, and one that a turn overtook is looked at again.
 */
export async function fillDerived(
  { supporters, addresses }: Pick<People, 'supporters' | 'addresses'>,
  isStopping: () => boolean = () => false,
): Promise<number> {
  const missing = { $exists: false };
  const unfilled = {
    $or: [{ consents_now: missing }, { reachable_on: missing }, { search: missing }],
  };
  let filled = 0;
  while (!isStopping()) {
    const records = await supporters.table.find(unfilled, { limit: BATCH });
    if (records.length === 0) break;
    const rows = await addresses.table.find({ supporter: { $in: records.map(({ _id }) => _id) } });
    const bySupporter = new Map<string, AddressRow[]>();
    for (const row of rows) {
      bySupporter.set(row.supporter, [...(bySupporter.get(row.supporter) ?? []), row]);
    }
    await supporters.table.replaceAllIf(
      records.map((record) => {
        const next = withSearchWords(
          withConsentsNow(withReach(record, bySupporter.get(record._id) ?? [])),
        );
        return { query: guardOf(record), row: { ...next, revision: record.revision + 1 } };
      }),
    );
    filled += records.length;
  }
  return filled;
}
