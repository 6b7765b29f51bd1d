import { fold } from '../../engine/fold.js';
import type { TurfRow, Turfs } from '../../canvass/turfs.js';
import { Refusal } from '../refusal.js';

/** The one turf that is named, by its name or the beginning of its id. */
export async function findTurf({ table }: Turfs, named: string): Promise<TurfRow> {
  const all = await table.find({});
  const exact = all.filter(({ _id, name }) => _id === named || fold(name) === fold(named));
  const found =
    exact.length > 0 ? exact : all.filter(({ _id }) => named.length >= 4 && _id.startsWith(named));
  const [only] = found;
  if (only === undefined) {
    throw new Refusal('There is no such turf; `portevoix canvass turfs` lists them all.');
  }
  if (found.length > 1)
    throw new Refusal(`${found.length} turfs are called so; name one by its whole id.`);
  return only;
}
