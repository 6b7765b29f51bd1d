import type { Campaign } from './campaign.js';
import type { Flow, Library, Trigger, WordLists, Words } from './flow.js';
import { fold } from './fold.js';

/** Where a trigger is found: keywords are compared folded, commands without case. */
function keyOf(trigger: Trigger): string {
  switch (trigger.type) {
    case 'command':
      return `command ${trigger.command.toLowerCase()}`;
    case 'intent':
      return `intent ${trigger.intent}`;
    case 'keyword':
      return `keyword ${fold(trigger.keyword)}`;
    default:
      return trigger satisfies never;
  }
}

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
      const key = keyOf(trigger);
      if (!starts.has(key)) starts.set(key, flow.name);
    }
  }
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
    startedBy: (trigger) => starts.get(keyOf(trigger)),
  };
}
