import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openFlowVersions, type FlowVersionRow } from '../../src/conversation/flow-versions.js';
import { FlowsError } from '../../src/conversation/flows-error.js';
import { openLibrary, type PublishedLibrary } from '../../src/conversation/library.js';
import { createLog } from '../../src/log.js';
import { openStore, type Store } from '../../src/store/connection.js';
import type { Table } from '../../src/store/table.js';
import { ACTIONS } from '../../src/actions.js';

const root = join(__dirname, '..', '..');

let folder: string;
let store: Store;
let versions: Table<FlowVersionRow>;
const opened: PublishedLibrary[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'library-'));
  cpSync(join(root, 'flows'), join(folder, 'flows'), { recursive: true });
  cpSync(join(root, 'locales'), join(folder, 'locales'), { recursive: true });
  store = await openStore({ dataDir: join(folder, 'data'), noSync: true, inProcess: true });
  versions = openFlowVersions(store.connection);
  await versions.createIndexes();
});
afterEach(async () => {
  for (const library of opened.splice(0)) library.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(watch = false): Promise<PublishedLibrary> {
  const library = await openLibrary({
    versions,
    flowsDir: join(folder, 'flows'),
    localesDir: join(folder, 'locales'),
    watch,
    actions: ACTIONS,
    log: createLog('silent'),
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

async function versionsOf(name: string): Promise<string[]> {
  return (await versions.find({ name })).map(({ version }) => version);
}

const reword = (text: string): string => text.replace(/^goodbye:.*$/m, 'goodbye: Another time!');

describe('the published flows', () => {
  test('are the files, published under their hash', async () => {
    const library = await open();
    expect(library.library().startedBy({ type: 'command', command: 'start' })).toBe('welcome');
    expect(library.rules().get('arret')).toBe('stop');
    const rows = await versions.find({ name: 'welcome' });
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
    const [row] = await versions.find({ name: 'welcome' });
    edit('locales/en/welcome.yaml', reword);
    await first.reload();
    // Staff go back to the first version.
    if (row !== undefined) {
      await versions.replaceIf(
        {},
        { ...row, author: 'staff', published_at: new Date(Date.now() + 1_000) },
      );
    }
    expect(hello(await open())).toBe(old);
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
    for (let tries = 0; tries < 200 && hello(library) !== 'Another time!'; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(hello(library)).toBe('Another time!');
  });
});
