import { compareSteps, type StepChange } from '../../engine/compare-flows.js';
import type { Flow } from '../../engine/flow.js';
import type { Standing } from '../../supporters/supporters.js';
import type { SourceFile } from '../../engine/yaml.js';
import type { InForce } from './read-in-force.js';
import type { Review } from './review-flows.js';

/** Sessions that stand on a step, and what a publication means to them. */
export type Stander = Standing & {
  /** What the step is in the proposed version; one whose version is not known any more has vanished. */
  readonly change: StepChange;
  /** Whether they go over to it as they answer: at a checkpoint. The others end on their version. */
  readonly moves: boolean;
};

/** Says what becomes of those who stand in a flow when it is published with these words, or retired; pure. */
export function whoStands(
  { versions }: Pick<InForce, 'versions'>,
  { before, after }: Pick<Review, 'before' | 'after'>,
  name: string,
  words: readonly SourceFile[],
  standing: readonly Standing[],
): readonly Stander[] {
  const next = after.flow(name);
  const changesOf = new Map<string, ReadonlyMap<string, StepChange>>();
  return standing.map((row): Stander => {
    const flow = before.flow(name, row.version);
    const stored = versions.get(`${name}@${row.version}`);
    if (next === undefined || flow === undefined || stored === undefined) {
      return { ...row, change: 'vanished', moves: false };
    }
    const changes =
      changesOf.get(row.version) ??
      compareSteps({ flow, words: stored.words }, { flow: next, words });
    changesOf.set(row.version, changes);
    const change = changes.get(row.step) ?? 'vanished';
    return { ...row, change, moves: moves(flow, next, row.step) };
  });
}

function moves(from: Flow, to: Flow, id: string): boolean {
  const step = from.byId.get(id);
  const isKept = step !== undefined && to.byId.get(id)?.type === step.type;
  return isKept && step.checkpoint && from.version !== to.version;
}
