import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mongo } from 'mongoose';
import { openPeople, type People } from '../../../src/supporters/open-people.js';
import { newSupporter } from '../../../src/supporters/record.js';
import { seeded } from '../../program/seeded.js';
import { makeFolder, openHere, removeFolder } from '../../store/support.js';

const MOMENTS = ['while committing', 'once committed', 'at any time', 'at any time'] as const;
/** Another seed kills at other moments. */
const SEED = Number(process.env['KILL_SEED'] ?? 20_320_314);
const [LEA, TOM] = ['lea', 'tom'];

let dataDir: string;
beforeEach(() => {
  dataDir = makeFolder('merge');
});
afterEach(() => removeFolder(dataDir));

async function inStore<T>(work: (people: People) => Promise<T>): Promise<T> {
  const { store, close } = await openHere({ dataDir });
  try {
    return await work(openPeople(store.connection, 'a secret'));
  } finally {
    await close();
  }
}

/** Every document that a merge is about, byte for byte. */
async function bytesOf({ supporters, addresses }: People): Promise<readonly string[]> {
  const rows = [
    ...(await supporters.table.find({}, { sort: { _id: 1 } })),
    ...(await addresses.table.find({}, { sort: { _id: 1 } })),
  ];
  return rows.map((row) => Buffer.from(mongo.BSON.serialize(row)).toString('base64'));
}

async function meetBoth(people: People): Promise<readonly string[]> {
  const at = new Date(Date.UTC(2030, 0, 1));
  const proof = { wording: 'w', version: 'v', language: 'fr', source: 'welcome.agree', at };
  for (const id of [LEA, TOM]) {
    for (const channel of ['web', 'telegram']) await people.addresses.claim(channel, id, id, at);
    await people.supporters.save({
      ...newSupporter(id, 'fr', { channel: 'web', address: id }, at),
      email: `${id}@exemple.org`,
      reachable_on: ['telegram', 'web'],
      consents: [{ purpose: 'engagement', given: true, ...proof }],
    });
  }
  return bytesOf(people);
}

test('a merge, and its undoing, that is killed with kill -9 is done whole or not begun', async () => {
  const random = seeded(SEED);
  const apart = await inStore(meetBoth);
  for (const moment of MOMENTS) {
    const script = join(__dirname, 'merge-until-killed.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, LEA, TOM, moment], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), exited]);
    if (moment === 'at any time') {
      await sleep(5 + random() * 150);
      child.kill('SIGKILL');
    }
    const [, signal] = (await exited) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');

    await inStore(async (people) => {
      const open = await people.merges.table.find({ undone_at: { $exists: false } });
      if (open.length === 0) return expect(await bytesOf(people)).toEqual(apart);
      expect(open).toMatchObject([{ kept: LEA, merged: TOM }]);
      const records = await people.supporters.table.find({});
      expect(records).toMatchObject([{ _id: LEA, merged_from: [TOM] }]);
      const owners = (await people.addresses.table.find({})).map(({ supporter }) => supporter);
      expect(owners).toEqual([LEA, LEA, LEA, LEA]);
    });
  }
}, 60_000);
