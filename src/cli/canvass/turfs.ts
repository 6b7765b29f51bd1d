import type { TurfRow } from '../../canvass/turfs.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { write } from '../write.js';
import { withCanvass } from './with-canvass.js';

/** `portevoix canvass turfs`. */
export async function listTurfs({ json }: { readonly json?: boolean }): Promise<void> {
  await withCanvass(async ({ turfs }) => {
    let count = 0;
    for await (const turf of turfs.table.stream({}, { sort: { state: 1, rank: 1 } })) {
      count += 1;
      const shown = show(turf);
      await write(json === true ? `${JSON.stringify(shown)}\n` : `${describe(shown)}\n`);
    }
    if (count === 0 && json !== true) {
      await write('No turfs yet: cut some with `portevoix canvass cut --size 60`.\n');
    }
  });
}

function show({
  _id,
  name,
  state,
  stations,
  doors,
  metres,
  canvassers,
  reserved_for,
  leader,
}: TurfRow) {
  return {
    id: _id,
    name,
    state,
    doors: doors.length,
    done: doors.filter(({ result }) => result !== undefined).length,
    metres,
    stations,
    canvassers,
    ...(reserved_for === undefined ? {} : { reserved_for }),
    ...(leader === undefined ? {} : { leader }),
  };
}

function describe({
  id,
  name,
  state,
  doors,
  done,
  metres,
  canvassers,
  reserved_for,
}: ReturnType<typeof show>): string {
  const who = canvassers.map(referenceOf).join(', ');
  const kept = reserved_for === undefined ? '' : `  kept for ${referenceOf(reserved_for)}`;
  return `${id.slice(0, 8)}  ${state.padEnd(6)}  ${String(done).padStart(4)} of ${String(doors).padEnd(4)}  ${String(metres).padStart(5)} m  ${name}${who === '' ? '' : `  walked by ${who}`}${kept}`;
}
