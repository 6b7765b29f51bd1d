import { printTurf } from '../../canvass/export/print-turf.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { withCanvass } from './with-canvass.js';

/** `portevoix canvass print`. */
export async function printWalkList(
  turf: string,
  { language }: { readonly language?: string },
): Promise<void> {
  if (language !== undefined && language !== 'fr' && language !== 'en') {
    throw new Refusal('--language is fr or en.');
  }
  await withCanvass(async ({ turfs, doors, campaign, tongue }) => {
    const [row] = await turfs.table.find({ $or: [{ _id: turf }, { name: turf }] }, { limit: 1 });
    if (row === undefined) {
      throw new Refusal(`There is no turf "${turf}": portevoix canvass turfs lists them.`);
    }
    const found = await doors.table.find({ _id: { $in: row.doors.map(({ door }) => door) } });
    const known = new Map(found.map((door) => [door._id, door]));
    const walked = row.doors.flatMap(({ door }) => known.get(door) ?? []);
    await write(
      printTurf(row, walked, { campaign: campaign?.name ?? '', tongue: language ?? tongue }),
    );
  });
}
