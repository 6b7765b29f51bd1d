import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FlowsError } from '../../src/conversation/flows-error.js';
import { openLibrary, type PublishedLibrary } from '../../src/conversation/library.js';
import { openFlowStore, type FlowStore } from '../../src/conversation/publish/flow-store.js';
import { createLog } from '../../src/log.js';
import { openStore, type Store } from '../../src/store/connection.js';
import { ACTIONS } from '../../src/actions.js';

const root = join(__dirname, '..', '..');

let folder: string;
let store: Store;
let flowStore: FlowStore;
const opened: PublishedLibrary[] = [];
let clock: number;
beforeEach(async () => {
  clock = Date.now();
  folder = mkdtempSync(join(tmpdir(), 'library-'));
  cpSync(join(root, 'flows'), join(folder, 'flows'), { recursive: true });
  cpSync(join(root, 'locales'), join(folder, 'locales'), { recursive: true });
  store = await openStore({ dataDir: join(folder, 'data'), noSync: true, inProcess: true });
  flowStore = openFlowStore(store.connection);
  await flowStore.versions.createIndexes();
});
afterEach(async () => {
  for (const library of opened.splice(0)) await library.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(watch = false): Promise<PublishedLibrary> {
  const library = await openLibrary({
    store: flowStore,
    flowsDir: join(folder, 'flows'),
    localesDir: join(folder, 'locales'),
    watch,
    actions: ACTIONS,
    log: createLog('silent'),
    now: () => clock,
  });
  opened.push(library);
  return library;
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(folder, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function hello(library: PublishedLibrary, version?: string): string | undefined {
  const flow = library.library().flow('welcome', version);
  return flow?.words.get('en')?.get('goodbye')?.render({});
}

/** Puts a version in force, as staff do. */
async function put(name: string, version: string): Promise<void> {
  const { publications } = flowStore;
  const last = (await publications.all()).at(-1);
  const flows = [{ name, version }];
  const row = { type: 'rolled_back' as const, flows, author: 'staff', at: new Date() };
  expect(await publications.add(last, row)).toBe(true);
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(holds()).toBe(true);
}

async function versionsOf(name: string): Promise<string[]> {
  return (await flowStore.versions.find({ name })).map(({ version }) => version);
}

const reword = (text: string): string => text.replace(/^goodbye:.*$/m, 'goodbye: Another time!');

describe('the published flows', () => {
  test('are the files, published under their hash', async () => {
    const library = await open();
    expect(library.library().startedBy({ type: 'command', command: 'start' })).toBe('welcome');
    expect(library.rules().get('arret')).toBe('stop');
    const rows = await flowStore.versions.find({ name: 'welcome' });
    expect(rows).toMatchObject([
      { author: 'files', version: library.library().flow('welcome')?.version },
    ]);
  });

  test('are not published again by a restart', async () => {
    await open();
    await open();
    expect(await versionsOf('welcome')).toHaveLength(1);
  });

  test('change when a file does, and the version before stays for those who stand on it', async () => {
    const library = await open();
    const before = library.library().flow('welcome')?.version ?? '';
    const old = hello(library);
    edit('locales/en/welcome.yaml', reword);
    await library.reload();
    expect(hello(library)).toBe('Another time!');
    expect(hello(library, before)).toBe(old);
    expect(await versionsOf('welcome')).toHaveLength(2);
    // A new process compiles the version before from the store.
    expect(hello(await open(), before)).toBe(old);
  });

  test('that campaign wait for the end of the election silence; neutral ones and a first start do not', async () => {
    clock = Date.parse('2032-03-13T12:00Z');
    const library = await open(true);
    const old = hello(library);
    expect(old).toBeDefined();
    edit('locales/en/welcome.yaml', reword);
    edit('locales/en/help.yaml', (text) => text.replace(/^reach_us:.*$/m, 'reach_us: Ask us.'));
    await library.reload();
    const reachUs = (): string | undefined =>
      library.library().flow('help')?.words.get('en')?.get('reach_us')?.render({});
    expect([hello(library), reachUs()]).toEqual([old, 'Ask us.']);
    clock = Date.parse('2032-03-14T23:00Z');
    await until(() => hello(library) === 'Another time!');
  });

  test('keep the last good version of a faulty file, and go on with the others', async () => {
    const library = await open();
    const version = library.library().flow('welcome')?.version;
    edit('flows/welcome.yaml', (text) =>
      text.replace('then: goodbye', 'then: goodbie').replace('else: goodbye', 'else: goodbie'),
    );
    edit('flows/help.yaml', (text) => text.replace('title: Help', 'title: Helping'));
    await library.reload();
    expect(library.library().flow('welcome')?.version).toBe(version);
    expect(library.library().flow('help')?.title).toBe('Helping');
    expect((await open()).library().flow('welcome')?.version).toBe(version);
  });

  test('stay what staff published, whatever the files say', async () => {
    const first = await open();
    const old = hello(first);
    const before = first.library().flow('welcome')?.version ?? '';
    edit('locales/en/welcome.yaml', reword);
    await first.reload();
    // Staff go back to the first version.
    await put('welcome', before);
    expect(hello(await open())).toBe(old);
    expect(hello(await open(true))).toBe(old);
  });

  test('are in force here soon after another process published them', async () => {
    const library = await open();
    const old = hello(library);
    const before = library.library().flow('welcome')?.version ?? '';
    const other = await open();
    edit('locales/en/welcome.yaml', reword);
    await other.reload();
    expect(hello(library)).toBe(old);
    await until(() => hello(library) === 'Another time!');
    // What a session may stand on is known at once where it is asked for.
    const back = await open();
    await put('welcome', before);
    await back.refresh();
    expect(hello(back)).toBe(old);
  });

  test('are published by nobody but staff where files are not watched', async () => {
    const before = hello(await open());
    edit('locales/en/welcome.yaml', reword);
    const library = await open();
    expect(hello(library)).toBe(before);
    await library.refresh();
    expect(hello(library)).toBe(before);
    expect(hello(await open(true))).toBe('Another time!');
  });

  test('of a store without publications are in force in the order they were published', async () => {
    const first = await open();
    const before = first.library().flow('welcome')?.version ?? '';
    edit('locales/en/welcome.yaml', reword);
    await first.reload();
    await flowStore.publications.table.remove({});
    const library = await open();
    expect(hello(library)).toBe('Another time!');
    expect(library.library().flow('welcome', before)?.version).toBe(before);
    expect(await versionsOf('welcome')).toHaveLength(2);
  });

  test('of two processes that start at once are published once', async () => {
    await Promise.all([open(true), open(true), open(true)]);
    expect(await versionsOf('welcome')).toHaveLength(1);
    expect(await flowStore.publications.all()).toHaveLength(1);
  });

  test('keep their hash when the folder has words of a language that is not spoken', async () => {
    cpSync(join(folder, 'locales', 'en'), join(folder, 'locales', 'de'), { recursive: true });
    const library = await open();
    const before = library.library().flow('welcome')?.version ?? '';
    edit('locales/en/welcome.yaml', reword);
    await library.reload();
    expect(library.library().flow('welcome', before)?.version).toBe(before);
  });

  test('stay in force when the campaign itself is broken meanwhile', async () => {
    const library = await open();
    edit('flows/campaign.yaml', () => 'name: [');
    await library.reload();
    expect(library.library().campaign.name).toBe('Valbrume en commun');
    await expect(open()).rejects.toThrow(FlowsError);
  });

  test('refuse a start when nothing answers the first contact, and say why', async () => {
    edit('flows/welcome.yaml', (text) => text.replace('command: start', 'command: strat'));
    await expect(open()).rejects.toThrow(/start/);
    edit('flows/welcome.yaml', () => 'steps: [');
    await expect(open()).rejects.toThrow(/welcome\.yaml:\d+:\d+ error/);
  });

  test('are read again by themselves when they are watched', async () => {
    const library = await open(true);
    edit('locales/en/welcome.yaml', reword);
    await until(() => hello(library) === 'Another time!');
  });
});
