import { userInfo } from 'node:os';
import { join } from 'node:path';
import { ACTIONS } from '../../actions.js';
import { readSettings, type Settings } from '../../config.js';
import { adoptVersions } from '../../conversation/publish/adopt-versions.js';
import { findChanged, type Changed } from '../../conversation/publish/find-changed.js';
import type { PublishOptions } from '../../conversation/publish/publish-flows.js';
import { readInForce, type InForce } from '../../conversation/publish/read-in-force.js';
import { recordedFiles } from '../../conversation/publish/recorded-transcripts.js';
import { readSource, readSources, yamlFiles } from '../../conversation/sources.js';
import { compile, type Sources } from '../../engine/compile.js';
import type { Journal } from '../../supporters/journal.js';
import type { Supporters } from '../../supporters/supporters.js';
import { learnedMeaning } from '../learned.js';
import { Refusal } from '../refusal.js';

/** What the commands about published flows work with. */
export type Flows = PublishOptions & {
  readonly settings: Settings;
  readonly supporters: Supporters;
  readonly journal: Journal;
  inForce(): Promise<InForce>;
  /** How the files differ from what is in force. */
  changed(): Promise<Changed>;
};

/** Works with the published flows, beside a running server where there is one: it joins its store. */
export async function withFlows(work: (flows: Flows) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const { dataDir, mongodbUri, flowsDir, localesDir } = settings;
  // Loaded here only: the other commands start faster without the store.
  const { openStore } = await import('../../store/connection.js');
  const { openFlowStore } = await import('../../conversation/publish/flow-store.js');
  const { openSupporters } = await import('../../supporters/supporters.js');
  const { openSegments } = await import('../../outreach/segments/segments.js');
  const { openJournal } = await import('../../supporters/journal.js');
  const opened = await openStore({ dataDir, mongodbUri, lasting: false });
  try {
    const store = openFlowStore(opened.connection);
    await adoptVersions(store);
    const segments = openSegments(opened.connection);
    const readFiles = async (): Promise<Sources> => ({
      ...(await readSources(flowsDir, localesDir)),
      segments: await segments.names(),
    });
    const inForce = async (): Promise<InForce> => readInForce(store, await readFiles());
    await work({
      settings,
      store,
      supporters: openSupporters(opened.connection),
      journal: openJournal(opened.connection),
      actions: ACTIONS,
      readFiles,
      async readTranscripts() {
        const folder = join(flowsDir, 'tests');
        const names = await yamlFiles(folder);
        const files = await Promise.all(names.map((name) => readSource(join(folder, name))));
        return [...files, ...(await recordedFiles(store.transcripts))];
      },
      learnMeaning: async () =>
        learnedMeaning(compile(await readFiles(), ACTIONS).lessons, dataDir),
      now: Date.now,
      inForce,
      async changed() {
        const files = await readFiles();
        if (files.flows.length === 0) {
          throw new Refusal(`There is no flow in ${flowsDir}: set FLOWS_DIR.`);
        }
        return findChanged(await inForce(), files, compile(files, ACTIONS).campaign.languages);
      },
    });
  } finally {
    await opened.close();
  }
}

/** Who publishes when nobody is named: the account that runs the command. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number without a name.
    return 'command line';
  }
}
