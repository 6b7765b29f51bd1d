import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createCommits, type Commits } from '../../../src/store/embedded/commits.js';
import { CommandError } from '../../../src/store/embedded/query/command-error.js';
import { openStorage, type Storage } from '../../../src/store/embedded/storage.js';
import { makeFolder, removeFolder } from '../support.js';

let folder: string;
let storage: Storage;
let commits: Commits;
let undone: number;
let begun: number;

beforeEach(() => {
  folder = makeFolder('commits');
  storage = openStorage(folder, { noSync: true });
  undone = 0;
  begun = 0;
  commits = createCommits(storage, {
    begin: () => {
      begun += 1;
    },
    end: () => undefined,
    undo: () => {
      undone += 1;
    },
  });
});
afterEach(async () => {
  await storage.close();
  removeFolder(folder);
});

const key = (name: string): Buffer => Buffer.from(name);
const put = (name: string): void => storage.put('meta', key(name), Buffer.from(name));
const has = (name: string): boolean => storage.get('meta', key(name)) !== undefined;

test('works asked for together share a commit, and see each other in order', async () => {
  const seen: boolean[] = [];
  await Promise.all([
    commits.run(() => put('a')),
    commits.run(() => seen.push(has('a'), has('b'))),
    commits.run(() => put('b')),
    commits.run(() => seen.push(has('b'))),
  ]);
  expect(seen).toEqual([true, false, true]);
  expect(begun).toBe(1);
  expect([has('a'), has('b')]).toEqual([true, true]);
});

test('a refused work is refused alone', async () => {
  const refused = commits.run(() => {
    throw new CommandError(2, 'BadValue', 'no');
  });
  const written = commits.run(() => put('a'));
  await expect(refused).rejects.toMatchObject({ code: 2 });
  await written;
  expect(has('a')).toBe(true);
  expect(undone).toBe(0);
});

test('after an error nothing half done stays, and the other works are done again', async () => {
  const first = commits.run(() => put('a'));
  const broken = commits.run(() => {
    put('half');
    throw new Error('the disk is full');
  });
  const last = commits.run(() => {
    put('b');
    return has('half');
  });
  await expect(broken).rejects.toThrow('the disk is full');
  await first;
  expect(await last).toBe(false);
  expect([has('a'), has('b'), has('half')]).toEqual([true, true, false]);
  expect(undone).toBe(2);
});

test('what is asked for while a commit runs is done in the next', async () => {
  const order: string[] = [];
  await commits.run(() => {
    order.push('first');
  });
  const later = Promise.all([1, 2, 3].map((n) => commits.run(() => order.push(String(n)))));
  await commits.idle();
  await later;
  expect(order).toEqual(['first', '1', '2', '3']);
});

test('a closed store refuses instead of waiting for ever', async () => {
  await storage.close();
  await expect(commits.run(() => put('a'))).rejects.toThrow();
  storage = openStorage(folder, { noSync: true });
});
