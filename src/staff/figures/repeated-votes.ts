import { roundId } from '../../outreach/election-day/vote-plans.js';
import type { VoteRow } from '../../outreach/election-day/votes.js';
import type { Table } from '../../store/table.js';
import type { Owners } from '../../supporters/owners.js';

export type RepeatedVote = Pick<VoteRow, 'round' | 'territory' | 'hour' | 'at'>;

/** People with several ids in one query. */
const TOGETHER = 200;

/** What people said twice, under ids that a merge made one: all but the first of each round. */
export async function findRepeatedVotes(
  votes: Pick<Table<VoteRow>, 'find'>,
  { merged, ownerOf }: Owners,
): Promise<readonly RepeatedVote[]> {
  const repeated: RepeatedVote[] = [];
  for (let from = 0; from < merged.length; from += TOGETHER) {
    const ids = merged.slice(from, from + TOGETHER).flat();
    const said = ids.flatMap((id) => [roundId(1, id), roundId(2, id)]);
    const rows = await votes.find({ _id: { $in: said } }, { sort: { at: 1 } });
    const met = new Set<string>();
    for (const row of rows) {
      const key = roundId(row.round, ownerOf(row.supporter));
      if (met.has(key)) repeated.push(row);
      met.add(key);
    }
  }
  return repeated;
}
