import { join } from 'node:path';
import { ACTIONS } from '../actions.js';
import type { Settings } from '../config.js';
import type { FlowStore } from '../conversation/publish/flow-store.js';
import { recordedFiles } from '../conversation/publish/recorded-transcripts.js';
import { readSource, readSources, yamlFiles } from '../conversation/sources.js';
import type { Campaign } from '../engine/campaign.js';
import type { ReadMeaning } from '../engine/event.js';
import type { Route } from '../staff/route.js';
import { flowRoutes, type FlowRoutesOptions } from '../staff/routes/flow-routes.js';
import { publishRoutes } from '../staff/routes/publish-routes.js';
import { createListFlowRows, type ListFlowRows } from '../staff/routes/list-flow-rows.js';
import type { Journal } from '../supporters/journal.js';
import type { Supporters } from '../supporters/supporters.js';

/** The routes by which staff write, try and publish flows, and the list of these. */
export function wireFlows({
  settings,
  segments,
  ...parts
}: {
  readonly settings: Pick<Settings, 'flowsDir' | 'localesDir'>;
  readonly store: FlowStore;
  segments(): Promise<readonly string[]>;
  readonly supporters: Supporters;
  readonly journal: Journal;
  readonly readMeaning: ReadMeaning;
  campaign(): Campaign;
  refresh(): Promise<void>;
  report(error: unknown): void;
  now(): number;
}): { readonly routes: readonly Route[]; readonly list: ListFlowRows } {
  const { flowsDir, localesDir } = settings;
  const tests = join(flowsDir, 'tests');
  const options: FlowRoutesOptions = {
    ...parts,
    actions: ACTIONS,
    readFiles: async () => ({
      ...(await readSources(flowsDir, localesDir)),
      segments: await segments(),
    }),
    async readTranscripts() {
      const names = await yamlFiles(tests);
      const files = await Promise.all(names.map((name) => readSource(join(tests, name))));
      return [...files, ...(await recordedFiles(parts.store.transcripts))];
    },
    // The running program has learned it already.
    learnMeaning: async () => parts.readMeaning,
  };
  const list = createListFlowRows(options);
  return { routes: [...flowRoutes(options, list), ...publishRoutes(options)], list };
}
