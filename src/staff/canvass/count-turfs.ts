import type { TurfRow, Turfs } from '../../canvass/turfs.js';

export type TurfCounts = { readonly [state in TurfRow['state']]: number };

export const NO_TURFS: TurfCounts = { free: 0, walked: 0, done: 0 };

/** How many turfs of each state lie in each area; one that was cut across two counts in both. */
export async function countTurfs({ table }: Turfs): Promise<ReadonlyMap<string, TurfCounts>> {
  const counts = new Map<string, Record<TurfRow['state'], number>>();
  for await (const { stations, state } of table.streamFields({}, ['stations', 'state'])) {
    for (const station of stations) {
      const count = counts.get(station) ?? { ...NO_TURFS };
      counts.set(station, count);
      count[state] += 1;
    }
  }
  return counts;
}
