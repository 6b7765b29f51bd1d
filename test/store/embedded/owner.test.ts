import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openStore, serveStore, type Store } from '../../../src/store/connection.js';
import { readOwner } from '../../../src/store/embedded/owner.js';
import { clientOf, makeFolder, openHere, removeFolder } from '../support.js';
import { startChild, type Child } from './children.js';

const folders: string[] = [];
const children: Child[] = [];
const stores: Store[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const child of children.splice(0)) await child.kill();
  for (const folder of folders.splice(0)) removeFolder(folder);
});

function newFolder(): string {
  const folder = makeFolder('owner');
  folders.push(folder);
  return folder;
}

async function start(mode: string, dataDir: string): Promise<Child> {
  const child = startChild(mode, dataDir);
  children.push(child);
  await child.heard('ready');
  return child;
}

async function open(dataDir: string): Promise<Store> {
  const store = await openStore({ dataDir, inProcess: true, noSync: true });
  stores.push(store);
  return store;
}

const mode = (path: string): number => statSync(path).mode & 0o777;

const things = (store: Store) => clientOf(store).db('test').collection<{ _id: number }>('things');

describe('one process owns the store, others join it', () => {
  test('and both see the same documents', async () => {
    const dataDir = newFolder();
    await start('serve', dataDir);
    const joined = await open(dataDir);
    expect(joined.owner).toBe(false);
    const another = await open(dataDir);
    await things(joined).insertOne({ _id: 1 });
    expect(await things(another).findOne()).toEqual({ _id: 1 });
  });

  test('who go on when it is killed and started again', async () => {
    const dataDir = newFolder();
    const first = await start('serve', dataDir);
    const joined = await open(dataDir);
    await things(joined).insertOne({ _id: 1 });
    await first.kill();
    const [inserted, found] = await Promise.all([
      things(joined).insertOne({ _id: 2 }),
      things(joined).findOne({ _id: 1 }),
      start('serve', dataDir),
    ]);
    expect(inserted.acknowledged).toBe(true);
    expect(found).toEqual({ _id: 1 });
    expect(await things(joined).find().toArray()).toEqual([{ _id: 1 }, { _id: 2 }]);
  });

  test('and the next one takes over from one that was killed', async () => {
    const dataDir = newFolder();
    const first = await start('serve', dataDir);
    await first.kill();
    expect(readOwner(join(dataDir, 'store'))?.pid).toBeDefined();
    const store = await open(dataDir);
    expect(store.owner).toBe(true);
    expect(readOwner(join(dataDir, 'store'))?.pid).toBe(process.pid);
  });

  test('and of many that start at once exactly one does', async () => {
    const dataDir = newFolder();
    const started = await Promise.all([1, 2, 3].map(() => start('serve', dataDir)));
    const owners = started.filter(({ said }) => said.some(({ owner }) => owner === true));
    expect(owners).toHaveLength(1);
    expect((await open(dataDir)).owner).toBe(false);
  });

  test('and a server waits for a short command to end', async () => {
    const dataDir = newFolder();
    const command = await start('command', dataDir);
    const server = startChild('serve', dataDir);
    children.push(server);
    const joined = await openStore({ dataDir, lasting: false });
    expect(joined.owner).toBe(false);
    await joined.close();
    await command.end();
    expect((await server.heard('ready'))['owner']).toBe(true);
  });

  test('and a command that others have joined ends after them', async () => {
    const dataDir = newFolder();
    const first = await start('command', dataDir);
    const second = await openStore({ dataDir, lasting: false });
    expect(second.owner).toBe(false);
    const ended = first.end();
    await things(second).insertOne({ _id: 1 });
    expect(await things(second).findOne()).toEqual({ _id: 1 });
    await second.close();
    await ended;
    expect(readOwner(join(dataDir, 'store'))).toBeUndefined();
  });

  test('and a second one that should serve it is told so', async () => {
    const dataDir = newFolder();
    await open(dataDir);
    await expect(serveStore({ dataDir, inProcess: true })).rejects.toThrow(/already serves/);
  });
});

describe('the files of the store', () => {
  test('are for their owner only, and the lock goes with him', async () => {
    const parent = newFolder();
    const dataDir = join(parent, 'data');
    const { close } = await openHere({ dataDir });
    expect(mode(dataDir)).toBe(0o700);
    expect(mode(join(dataDir, 'store'))).toBe(0o700);
    expect(mode(join(dataDir, 'store', 'store.sock'))).toBe(0o600);
    expect(mode(join(dataDir, 'store', 'owner.json'))).toBe(0o600);
    await close();
    expect(existsSync(join(dataDir, 'store', 'owner.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'store', 'store.sock'))).toBe(false);
  });

  test('leave the mode of a folder alone that holds other things', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'photos'));
    const before = statSync(dataDir).mode;
    const { close } = await openHere({ dataDir });
    expect(statSync(dataDir).mode).toBe(before);
    await close();
  });

  test('have their socket elsewhere when the path would be cut', async () => {
    const dataDir = join(newFolder(), 'a-long-name-'.repeat(8));
    const store = await open(dataDir);
    const socket = readOwner(join(dataDir, 'store'))?.socket ?? '';
    expect(socket.startsWith(tmpdir())).toBe(true);
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
    await things(store).insertOne({ _id: 1 });
    const joined = await open(dataDir);
    expect(await things(joined).findOne()).toEqual({ _id: 1 });
    await joined.close();
    await store.close();
    stores.splice(0);
    expect(existsSync(dirname(socket))).toBe(false);
  });

  test('are taken over when the lock names a process that is another one now', async () => {
    const dataDir = newFolder();
    const { close } = await openHere({ dataDir });
    const lock = join(dataDir, 'store', 'owner.json');
    const text = readFileSync(lock, 'utf8');
    await close();
    const foreign: Record<string, unknown> = JSON.parse(text);
    writeFileSync(lock, JSON.stringify({ ...foreign, process: 'another boot:1' }));
    expect((await open(dataDir)).owner).toBe(true);
  });

  test('are not joined when another store answers on their socket', async () => {
    const dataDir = newFolder();
    const other = newFolder();
    await open(other);
    const lock = readOwner(join(other, 'store'));
    mkdirSync(join(dataDir, 'store'), { recursive: true });
    writeFileSync(
      join(dataDir, 'store', 'owner.json'),
      JSON.stringify({ ...lock, process: 'gone', storeId: 'another store' }),
    );
    const store = await open(dataDir);
    expect(store.owner).toBe(true);
    expect(await things(store).countDocuments()).toBe(0);
  });

  test('tell how much there is', async () => {
    const store = await open(mkdtempSync(join(newFolder(), 'data-')));
    await store.connection.collection('things').insertMany([{ n: 1 }, { n: 2 }]);
    const { documents, bytes } = await store.describe();
    expect(documents).toBe(2);
    expect(bytes).toBeGreaterThan(0);
  });
});
