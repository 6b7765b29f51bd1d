import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { clientOf, makeFolder, openHere, refusalOf, removeFolder } from '../support.js';

// A limit on the size of files stands for a full disk: the shell sets it, and becomes the child.
const LIMITED = ['-c', 'ulimit -f 4096 && exec "$0" "$@"', process.execPath, '--import', 'tsx'];
const MORE_THAN_FITS = 400;

test('a full disk refuses writes with the reason, and what is there can be read', async () => {
  const dataDir = makeFolder('full');
  const child = spawn('/bin/sh', [...LIMITED, join(__dirname, 'child.ts'), 'serve', dataDir], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const { store, close } = await openHere({ dataDir });
  const things = clientOf(store).db('test').collection<{ _id: number; text: string }>('things');
  const text = 'x'.repeat(20_000);
  let written = 0;
  const refusal = await refusalOf(async () => {
    for (; written < MORE_THAN_FITS; written += 1) await things.insertOne({ _id: written, text });
  });
  expect(store.owner).toBe(false);
  expect(refusal.message).toMatch(/could not write to its disk/);
  await refusalOf(() => things.insertOne({ _id: MORE_THAN_FITS, text }));
  expect(await things.find().project({ _id: 1 }).toArray()).toHaveLength(written);
  await close();
  child.stdin.end();
  await once(child, 'close');
  removeFolder(dataDir);
}, 30_000);
