import type { Campaign } from './campaign.js';
import type { Flow, Library, WordLists, Words } from './flow.js';
import { triggerKey } from './trigger-key.js';

/**
 * Creates the library that `advance` reads: the newest version of each flow, older ones from
 * `older` (asked once for each and then kept), and what starts them.
 */
export function createLibrary(parts: {
  readonly campaign: Campaign;
  readonly common: Words;
  readonly lists: ReadonlyMap<string, WordLists>;
  readonly flows: Iterable<Flow>;
  readonly older?: (name: string, version: string) => Flow | undefined;
}): Library {
  const { campaign, common, lists, older } = parts;
  const newest = new Map<string, Flow>();
  const starts = new Map<string, string>();
  for (const flow of parts.flows) {
    newest.set(flow.name, flow);
    for (const trigger of flow.triggers) {
      const key = triggerKey(trigger);
      if (!starts.has(key)) starts.set(key, flow.name);
    }
  }
  const commands = [...newest.values()].flatMap(({ triggers }) =>
    triggers.flatMap((trigger) => (trigger.type === 'command' ? [trigger.command] : [])),
  );
  const segments = [...new Set([...newest.values()].flatMap(({ segments: asked = [] }) => asked))];
  const kept = new Map<string, Flow>();
  const olderFlow = (name: string, version: string): Flow | undefined => {
    const key = `${name} ${version}`;
    const flow = kept.get(key) ?? older?.(name, version);
    if (flow !== undefined) kept.set(key, flow);
    return flow;
  };
  return {
    campaign,
    common,
    lists,
    flow: (name, version) => {
      const flow = newest.get(name);
      if (version === undefined || flow?.version === version) return flow;
      return olderFlow(name, version);
    },
    flows: () => [...newest.values()],
    commands: () => commands,
    segments: () => segments,
    startedBy: (trigger) => starts.get(triggerKey(trigger)),
  };
}
