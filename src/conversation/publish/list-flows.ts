import type { ActionDeclaration } from '../../engine/action.js';
import { examine } from '../../engine/compile.js';
import type { Trigger } from '../../engine/flow.js';
import type { Problem } from '../../engine/problem.js';
import { readFlow } from '../../engine/parse/flow.js';
import { createReport } from '../../engine/parse/report.js';
import { readYaml } from '../../engine/yaml.js';
import { filesOf, type DraftRow } from './drafts.js';
import { withFlows, type FlowSources } from './flow-sources.js';
import type { PublicationRow } from './publications.js';
import type { InForce } from './read-in-force.js';

/** A flow as staff see it among the others: what is being written of it, else what is in force. */
export type ListedFlow = {
  readonly name: string;
  readonly title: string;
  readonly purpose: string;
  readonly content: 'campaign' | 'neutral';
  readonly steps: number;
  readonly startsOn: readonly Trigger[];
  readonly version?: string;
  /** What put it in force. */
  readonly by?: PublicationRow;
  readonly draft?: DraftRow;
  readonly problems: readonly Problem[];
};

/** Describes every flow that is in force or being written, with the mistakes in it; pure. */
export function listFlows(
  { current, sources, publications }: InForce,
  drafts: readonly DraftRow[],
  actions: readonly ActionDeclaration[],
): readonly ListedFlow[] {
  const proposed = drafts.map(filesOf);
  const files = withFlows(sources, proposed);
  const byFile = new Map<string, Problem[]>();
  for (const problem of examine(files, actions).problems) {
    byFile.set(problem.file, [...(byFile.get(problem.file) ?? []), problem]);
  }
  const written = new Map<string, FlowSources>(current);
  for (const flow of proposed) written.set(flow.name, flow);
  return [...written.values()]
    .map(({ name, flow, words }): ListedFlow => {
      const read = readFlow(name, flow.path, readYaml(flow).root, createReport());
      const version = current.get(name)?.version;
      const by = publications.findLast((one) =>
        one.flows.some((put) => put.name === name && put.version === version),
      );
      const draft = drafts.find(({ _id }) => _id === name);
      return {
        name,
        title: read?.title ?? name,
        purpose: read?.purpose ?? 'service',
        content: read?.content ?? 'campaign',
        steps: read?.steps.length ?? 0,
        startsOn: (read?.triggers ?? []).map(({ trigger }) => trigger),
        ...(version === undefined ? {} : { version }),
        ...(by === undefined ? {} : { by }),
        ...(draft === undefined ? {} : { draft }),
        problems: [flow, ...words].flatMap(({ path }) => byFile.get(path) ?? []),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
