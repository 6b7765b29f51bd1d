import { releaseTurf } from '../../canvass/turf/release-turf.js';
import { reserveTurf } from '../../canvass/turf/reserve-turf.js';
import { openTurfs, type TurfRow } from '../../canvass/turfs.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { findOne } from '../find-one.js';
import { Refusal } from '../refusal.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';
import { findTurf } from './find-turf.js';
import { withCanvass } from './with-canvass.js';

/** Times that a turf is tried because its volunteers write to it meanwhile. */
const ATTEMPTS = 20;

type Options = { readonly leader?: string; readonly json?: boolean };

/** `portevoix canvass assign`: keeps a turf for a volunteer, who gets it when they ask for one. */
export async function assign(named: string, volunteer: string, options: Options): Promise<void> {
  await withPeople(async (people) => {
    const turfs = openTurfs(people.connection);
    const record = await findOne(people, volunteer);
    const leader = options.leader === undefined ? undefined : await findOne(people, options.leader);
    const turf = await change(
      () => findTurf(turfs, named),
      (row) => {
        if (row.state === 'done') throw new Refusal(`${row.name} is done.`);
        return reserveTurf(row, record._id, leader?._id);
      },
      (before, row) => turfs.table.replaceIf({ revision: before.revision }, row),
    );
    await tell(turf, `is kept for ${referenceOf(record._id)}`, options.json === true);
  });
}

/** `portevoix canvass release`: nobody walks a turf any more; what was reported stays. */
export async function release(named: string, options: Options): Promise<void> {
  await withCanvass(async ({ turfs }) => {
    const turf = await change(
      () => findTurf(turfs, named),
      releaseTurf,
      (before, row) => turfs.table.replaceIf({ revision: before.revision }, row),
    );
    await tell(turf, turf.state === 'done' ? 'is done' : 'is free', options.json === true);
  });
}

async function change(
  read: () => Promise<TurfRow>,
  next: (row: TurfRow) => TurfRow,
  save: (before: TurfRow, row: TurfRow) => Promise<boolean>,
): Promise<TurfRow> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await read();
    const row = { ...next(before), revision: before.revision + 1, at: new Date() };
    if (await save(before, row)) return row;
  }
  throw new Refusal('Its volunteers change the turf all the time: try again.');
}

async function tell(turf: TurfRow, what: string, json: boolean): Promise<void> {
  const { _id: id, name, state, reserved_for: reserved } = turf;
  const shown = { id, name, state, ...(reserved === undefined ? {} : { reserved_for: reserved }) };
  await write(json ? `${JSON.stringify(shown)}\n` : `${name} ${what}.\n`);
}
