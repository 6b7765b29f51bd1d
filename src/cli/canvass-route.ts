import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { orderTsplib } from '../canvass/route/order-tsplib.js';
import { readTsplib } from '../canvass/route/tsplib.js';
import { errorCode } from '../error-code.js';
import { Refusal } from './refusal.js';
import { write } from './write.js';

type Options = { readonly file?: string; readonly json?: boolean };

/** `portevoix canvass route`: the order in which doors are walked. */
export function addCanvassRoute(canvass: Command): void {
  canvass
    .command('route')
    .description('a short closed tour of a TSPLIB file of points')
    .requiredOption('--file <file.tsp>', 'points by EUC_2D, CEIL_2D, MAN_2D, MAX_2D, ATT or GEO')
    .option('--json', 'print order, length and milliseconds of CPU time as JSON')
    .action(async ({ file, json }: Options) => routeFile(file ?? '', json === true));
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
  await write(
    json
      ? `${JSON.stringify({ order, length, ms })}\n`
      : `${order.join('\n')}\n${read.name}: ${order.length} places, length ${length}, ${ms} ms of CPU time\n`,
  );
}
