import type { AddressRow } from '../addresses.js';
import { emailPlace, phonePlace } from '../opt-outs.js';
import type { People } from '../open-people.js';
import type { SupporterRecord } from '../record.js';
import type { EraseSupporter } from './erase-supporter.js';

/** Supporters that are looked up in the register at once. */
const BATCH = 500;

/**
 * Erases those again who were erased since an instant, and whom an older state of the store has brought
 * back; answers how many. May be stopped and begun again.
 */
export async function eraseAgain(
  { supporters, addresses, optOuts }: Pick<People, 'supporters' | 'addresses' | 'optOuts'>,
  erase: EraseSupporter,
  since: Date,
): Promise<number> {
  if ((await optOuts.table.count({ at: { $gt: since } })) === 0) return 0;
  let erased = 0;
  for (let after = ''; ;) {
    const ids = await supporters.table.ids({}, { after, limit: BATCH });
    const last = ids.at(-1);
    if (last === undefined) return erased;
    after = last;
    const records = await supporters.table.find({ _id: { $in: ids } });
    const rows = await addresses.table.find({ supporter: { $in: ids } });
    const places = new Map(records.map((record) => [record._id, placesOf(record, rows)]));
    const register = await optOuts.among([...places.values()].flat());
    for (const [id, own] of places) {
      // All they were known by was entered then; of one who is still there, only what a family shares.
      const isErased = own.length > 0 && own.every((place) => isSince(register.get(place), since));
      if (isErased && (await erase(id))) erased += 1;
    }
  }
}

function placesOf({ _id, email, phone }: SupporterRecord, rows: readonly AddressRow[]): string[] {
  return [
    ...(email === undefined ? [] : [emailPlace(email)]),
    ...(phone === undefined ? [] : [phonePlace(phone)]),
    ...rows.filter(({ supporter }) => supporter === _id).map((row) => row._id),
  ];
}

function isSince(at: Date | undefined, since: Date): boolean {
  return at !== undefined && at > since;
}
