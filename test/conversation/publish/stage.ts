import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLibrary, type PublishedLibrary } from '../../../src/conversation/library.js';
import { findFlow } from '../../../src/conversation/publish/flow-sources.js';
import { openFlowStore, type FlowStore } from '../../../src/conversation/publish/flow-store.js';
import type { Proposed, PublishOptions } from '../../../src/conversation/publish/publish-flows.js';
import { readInForce, type InForce } from '../../../src/conversation/publish/read-in-force.js';
import { readSource, readSources, yamlFiles } from '../../../src/conversation/sources.js';
import { createLog } from '../../../src/log.js';
import type { Store } from '../../../src/store/connection.js';
import { FIXTURE_ACTIONS } from '../../engine/fixture-library.js';
import { makeFolder, openHere, removeFolder } from '../../store/support.js';

const fixtures = join(__dirname, '..', '..', 'fixtures');

/** The fixture flows in a folder of their own, published into a store of their own. */
export type Stage = {
  readonly folder: string;
  readonly store: Store;
  readonly flowStore: FlowStore;
  readonly options: PublishOptions;
  /** The flows in force, as one process knows them. */
  readonly library: PublishedLibrary;
  inForce(): Promise<InForce>;
  edit(path: string, change: (text: string) => string): void;
  /** A flow as its files are now, made from the version in force. */
  proposed(name: string): Promise<Proposed>;
  /** Another process that starts. */
  open(watch?: boolean): Promise<PublishedLibrary>;
  close(): Promise<void>;
};

const LANGUAGES = ['fr', 'en'];

export async function openStage(): Promise<Stage> {
  const folder = makeFolder('publish');
  for (const name of ['flows', 'locales']) {
    cpSync(join(fixtures, name), join(folder, name), { recursive: true });
  }
  const { store, close } = await openHere();
  const flowStore = openFlowStore(store.connection);
  for (const table of flowStore.tables) await table.createIndexes();
  const [flowsDir, localesDir] = [join(folder, 'flows'), join(folder, 'locales')];
  /** Without the words that come with the program: the fixtures' transcripts do without them. */
  const readFiles = async () => ({
    ...(await readSources(flowsDir, localesDir, folder)),
    shipped: [],
  });
  const opened: PublishedLibrary[] = [];
  const open = async (watch = false): Promise<PublishedLibrary> => {
    const log = createLog('silent');
    const library = await openLibrary({
      store: flowStore,
      flowsDir,
      localesDir,
      watch,
      actions: FIXTURE_ACTIONS,
      log,
      now: Date.now,
    });
    opened.push(library);
    return library;
  };
  const inForce = async (): Promise<InForce> => readInForce(flowStore, await readFiles());
  return {
    folder,
    store,
    flowStore,
    library: await open(),
    options: {
      store: flowStore,
      actions: FIXTURE_ACTIONS,
      readFiles,
      async readTranscripts() {
        const tests = join(flowsDir, 'tests');
        const names = await yamlFiles(tests);
        return Promise.all(names.map((name) => readSource(join(tests, name), folder)));
      },
      now: Date.now,
    },
    inForce,
    edit(path, change) {
      const file = join(folder, path);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
    },
    async proposed(name) {
      const found = findFlow(await readFiles(), name, LANGUAGES);
      if (found === undefined) throw new Error(`There is no file of "${name}".`);
      const base = (await inForce()).current.get(name)?.version;
      return { ...found, ...(base === undefined ? {} : { base }) };
    },
    open,
    async close() {
      for (const library of opened) await library.close();
      await close();
      removeFolder(folder);
    },
  };
}
