import type { ActionDeclaration } from '../action.js';
import type { Target } from '../flow.js';
import type { DraftArm, DraftStep, DraftTarget } from '../parse/draft.js';
import { STEP_KINDS } from '../parse/names.js';
import { isName, nameLike } from '../parse/read.js';
import type { Report } from '../parse/report.js';
import { didYouMean, nearest } from '../parse/suggest.js';
import type { FlowReading } from './reading.js';
import { say, type Sentence } from '../sentence.js';

/** A way on from a step: along one arm of `next`, or because its question was given up. */
export type Edge = {
  /** Index of the step it leads to; undefined for the end of the flow. */
  readonly to: number | undefined;
  readonly type: 'arm' | 'give_up';
  /** For an arm, its place in `next`. */
  readonly arm: number;
};

/** The steps of a flow and how they are joined. */
export type Graph = {
  readonly steps: readonly DraftStep[];
  readonly edges: readonly (readonly Edge[])[];
  /** Whether each step can be reached from the first. */
  readonly reachable: readonly boolean[];
};

/**
 * Joins the steps of a flow. Reports targets that do not exist and steps that fall off the end; for
 * the rest of the checks a mistyped target is taken for the step it most resembles.
 */
export function joinSteps(
  { draft, file, flawed }: Pick<FlowReading, 'draft' | 'file' | 'flawed'>,
  actions: ReadonlyMap<string, ActionDeclaration>,
  report: Report,
): Graph {
  const { steps } = draft;
  const indexes = new Map(steps.map((step, index) => [step.id, index]));

  const lead = (step: DraftStep, { to, place }: DraftTarget): number | undefined => {
    if (to.type === 'end') return undefined;
    const index = indexes.get(to.id);
    if (index !== undefined) return index;
    const ids = [...indexes.keys()];
    const misnamed = ids.find((id) => !isName(id) && nameLike(id) === nameLike(to.id));
    if (misnamed !== undefined) return indexes.get(misnamed);
    // A step of that name may stand where the file could not be read.
    if (!flawed || !isBegun(file.text, to.id)) {
      report.error(
        place,
        'unknown-step',
        say`step "${step.id}" goes to "${to.id}", which does not exist; ${didYouMean(to.id, ids)}`,
      );
    }
    const near = nearest(to.id, ids);
    return near === undefined ? undefined : indexes.get(near);
  };

  const edges = steps.map((step, index): readonly Edge[] => {
    if (step.type === 'link') return [];
    const below: Target | undefined = target(steps[index + 1]);
    const fall = below === undefined ? undefined : { to: below, place: step.place };
    const last = fall === undefined && step.type !== 'broken';
    if (step.next === undefined && last) {
      report.error(
        step.place,
        'dead-end',
        say`step "${step.id}" is the last and does not say where to go; add \`next: end\`, or a step below it`,
      );
    }
    const arms = step.next ?? (fall === undefined ? [] : [{ target: fall }]);
    const ways: Edge[] = arms.map((arm: DraftArm, position) => ({
      to: lead(step, arm.target),
      type: 'arm',
      arm: position,
    }));
    // A list without `else` is told elsewhere; here it goes on to the step below.
    if (arms.at(-1)?.when !== undefined && fall !== undefined) {
      ways.push({ to: lead(step, fall), type: 'arm', arm: arms.length });
    }
    if (!mayGiveUp(step, actions)) return ways;
    const giveUp = 'giveUp' in step ? step.giveUp : undefined;
    if (giveUp === undefined && fall === undefined) {
      if (step.next !== undefined) {
        report.error(
          step.place,
          'dead-end',
          say`step "${step.id}" is the last, so giving it up leads nowhere; add \`give_up: end\``,
        );
      }
      return ways;
    }
    const way = giveUp ?? fall;
    return way === undefined
      ? ways
      : [...ways, { to: lead(step, way), type: 'give_up', arm: ways.length }];
  });

  return { steps, edges, reachable: reach(edges) };
}

function isBegun(text: string, name: string): boolean {
  return new RegExp(`\\b(?:id|${STEP_KINDS.join('|')}): ["']?${escaped(name)}\\b`).test(text);
}

function escaped(name: string): string {
  return name.replace(/[^\w\s]/g, '\\$&');
}

function target(step: DraftStep | undefined): Target | undefined {
  return step === undefined ? undefined : { type: 'step', id: step.id };
}

/** Whether a step can be left without its answer or result. */
export function mayGiveUp(
  step: DraftStep,
  actions: ReadonlyMap<string, ActionDeclaration>,
): boolean {
  if (step.type === 'collect') return step.attempts !== undefined;
  return step.type === 'action' && actions.get(step.action.text)?.result !== undefined;
}

function reach(edges: readonly (readonly Edge[])[], from = 0): readonly boolean[] {
  const reached = edges.map(() => false);
  const open = edges.length > 0 ? [from] : [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached[at] === true) continue;
    reached[at] = true;
    for (const { to } of edges[at] ?? []) if (to !== undefined) open.push(to);
  }
  return reached;
}

/**
 * Reports steps that no path reaches; those only reached through one of them are not repeated. Nothing
 * is said while a step that is reached has a way on that could not be read: it may lead anywhere.
 */
export function checkReach({ steps, edges, reachable }: Graph, report: Report): void {
  if (steps.some(({ open }, index) => open === true && reachable[index] === true)) return;
  const told = steps.map(() => false);
  for (const [index, step] of steps.entries()) {
    if (reachable[index] === true || told[index] === true) continue;
    if (step.type === 'broken' || step.clashes === true) continue;
    for (const [other, reached] of reach(edges, index).entries()) {
      if (reached) told[other] = true;
    }
    report.error(
      step.place,
      'unreachable-step',
      say`nothing leads to ${describeStep(step)}; point a \`next\` at it, or take it away`,
    );
  }
}

/** A step by its name; one that has none of its own is "this branch". */
function describeStep({ type, id, place, namePlace }: DraftStep): Sentence {
  return namePlace === place ? say`this \`${type}\`` : say`step "${id}"`;
}
