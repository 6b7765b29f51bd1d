import type { Table } from '../../store/table.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { renameOuting } from '../outing.js';
import type { VisitRow, Visits } from '../visits.js';

/** Volunteers whose profile was merged since they canvassed: under which id they are one person now. */
export type Merged = ReadonlyMap<string, string>;

/** Nobody was merged. */
export const NOBODY_MERGED: Merged = new Map();

/** Ids looked up in one query. */
const TOGETHER = 500;

/** Finds, of all who reported visits, those whose profile was merged into another. */
export async function findMerged(
  visits: Pick<Visits, 'table'>,
  supporters: Pick<Table<SupporterRecord>, 'streamFields'>,
): Promise<Merged> {
  const groups = await visits.table.aggregate<{ readonly _id: string }>([
    { $group: { _id: '$canvasser' } },
  ]);
  const canvassers = groups.map(({ _id }) => _id);
  const merged = new Map<string, string>();
  for (let from = 0; from < canvassers.length; from += TOGETHER) {
    const some = new Set(canvassers.slice(from, from + TOGETHER));
    const query = { merged_from: { $in: [...some] } };
    for await (const { _id, merged_from: others = [] } of supporters.streamFields(query, [
      'merged_from',
    ])) {
      for (const other of others) if (some.has(other)) merged.set(other, _id);
    }
  }
  return merged;
}

/** A visit as that of the person whom its volunteer is now. */
export function asOnePerson<V extends Pick<VisitRow, 'canvasser'> & Partial<VisitRow>>(
  visit: V,
  merged: Merged,
): V {
  const canvasser = merged.get(visit.canvasser);
  if (canvasser === undefined) return visit;
  const { outing } = visit;
  return {
    ...visit,
    canvasser,
    ...(outing === undefined ? {} : { outing: renameOuting(outing, canvasser) }),
  };
}
