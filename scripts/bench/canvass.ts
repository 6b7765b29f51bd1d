// Canvassing: walks against the shortest known, what a volunteer asks of a town of half a million doors,
// and many volunteers who report at once to the built program over HTTP.
//   npm run bench -- canvass [--doors 500000] [--volunteers 500] [--rate 50] [--seconds 20]
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
    doors: { type: 'string', default: '500000' },
    volunteers: { type: 'string', default: '500' },
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '20' },
  },
});

async function main(): Promise<void> {
  measureWalks(200, 15);
  measureWalks(2_000, 2);
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  try {
    const store = await openStore({ dataDir });
    try {
      await writeTown(store.connection, Number(values.doors));
      console.log(`${values.doors} doors on the embedded store, by the desk itself`);
      await measureNextDoor(store.connection);
    } finally {
      await store.close();
    }
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
