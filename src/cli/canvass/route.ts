import { readFile } from 'node:fs/promises';
import { addressOf } from '../../canvass/field/address-of.js';
import { orderTsplib } from '../../canvass/route/order-tsplib.js';
import { readTsplib } from '../../canvass/route/tsplib.js';
import { errorCode } from '../../error-code.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { findTurf } from './find-turf.js';
import { withCanvass } from './with-canvass.js';

type Options = { readonly file?: string; readonly json?: boolean };

/** `portevoix canvass route`. */
export async function route(turf: string | undefined, { file, json }: Options): Promise<void> {
  if ((turf === undefined) === (file === undefined)) {
    throw new Refusal('Name a turf, or a TSPLIB file with --file.');
  }
  if (file !== undefined) return routeFile(file, json === true);
  await withCanvass(async ({ turfs, doors }) => {
    const row = await findTurf(turfs, turf ?? '');
    const ids = row.doors.map(({ door }) => door);
    const known = new Map(
      (await doors.table.find({ _id: { $in: ids } })).map((door) => [door._id, door]),
    );
    const walk = row.doors.flatMap(({ door: id, result }) => {
      const door = known.get(id);
      return door === undefined
        ? []
        : [{ door: id, address: addressOf(door), result, lat: door.lat, lon: door.lon }];
    });
    if (json === true) {
      const order = walk.map(({ door }) => door);
      return write(
        `${JSON.stringify({ turf: row._id, name: row.name, order, length: row.metres, doors: walk })}\n`,
      );
    }
    await write(`${row.name}: ${walk.length} doors, ${row.metres} m\n`);
    for (const [at, { address, result }] of walk.entries()) {
      await write(
        `${String(at + 1).padStart(4)}  ${address}${result === undefined ? '' : `  (${result})`}\n`,
      );
    }
  });
}

async function routeFile(file: string, json: boolean): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : String(error);
    throw new Refusal(`${file}: ${reason}`);
  });
  const read = readTsplib(text);
  if (read.type === 'faulty') {
    throw new Refusal(read.faults.map((fault) => `${file}: ${fault}`).join('\n'));
  }
  const before = process.cpuUsage();
  const { order, length } = orderTsplib(read);
  const { user, system } = process.cpuUsage(before);
  const ms = Math.round((user + system) / 1_000);
  if (json) return write(`${JSON.stringify({ order, length, ms })}\n`);
  await write(`${order.join('\n')}\n`);
  await write(`${read.name}: ${order.length} places, length ${length}, ${ms} ms of CPU time\n`);
}
