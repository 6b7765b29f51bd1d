// Canvassing: walks against the shortest known, what a volunteer asks of a town of half a million doors,
// and many volunteers who report at once to the built program over HTTP.
//   npm run bench -- canvass [--part walks|doors|reports] [--doors 500000] [--volunteers 500] [--rate 50] [--seconds 20]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/connection.js';
import { measureNextDoor } from './canvass/next-door.js';
import { measureReports } from './canvass/reports.js';
import { measureWalks } from './canvass/walks.js';
import { writeTown } from './canvass/write-town.js';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    doors: { type: 'string', default: '500000' },
    volunteers: { type: 'string', default: '500' },
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '20' },
  },
});

const isWanted = (part: string): boolean => values.part === undefined || values.part === part;

async function main(): Promise<void> {
  if (isWanted('walks')) {
    measureWalks(200, 15);
    measureWalks(2_000, 2);
  }
  if (!isWanted('doors') && !isWanted('reports')) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  try {
    const store = await openStore({ dataDir });
    try {
      await writeTown(store.connection, Number(values.doors));
      if (isWanted('doors')) {
        console.log(`${values.doors} doors on the embedded store, by the desk itself`);
        await measureNextDoor(store.connection);
      }
    } finally {
      await store.close();
    }
    if (!isWanted('reports')) return;
    await measureReports({
      dataDir,
      volunteers: Number(values.volunteers),
      rate: Number(values.rate),
      seconds: Number(values.seconds),
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

void main();
