import type { Query } from '../store/table.js';
import type { Shifts } from './shifts.js';

/** What somebody, or everybody, gave: shifts they came to, and how long those are. */
export type Hours = { readonly shifts: number; readonly ms: number };

type Group = Hours & { readonly _id: string };

/**
 * The time that each volunteer gave in shifts that began between two instants, under the ids they signed up
 * with; the store adds it up along an index.
 */
export async function hoursBetween(
  { table }: Pick<Shifts, 'table'>,
  from: Date,
  until: Date,
): Promise<ReadonlyMap<string, Hours>> {
  const came: Query = { 'signups.state': 'completed' };
  const groups = await table.aggregate<Group>([
    { $match: { starts: { $gte: from, $lt: until }, ...came } },
    { $unwind: '$signups' },
    { $match: came },
    {
      $group: {
        _id: '$signups.supporter',
        shifts: { $sum: 1 },
        ms: { $sum: { $subtract: ['$ends', '$starts'] } },
      },
    },
  ]);
  return new Map(groups.map(({ _id, shifts, ms }) => [_id, { shifts, ms }]));
}
