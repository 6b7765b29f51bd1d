import type { ActionDeclaration } from '../action.js';
import type { Draft, DraftStep } from '../parse/draft.js';
import type { Report } from '../parse/report.js';
import type { Expressions } from './expressions.js';
import type { Graph } from './graph.js';
import { say } from '../sentence.js';

type Part = {
  readonly draft: Draft;
  readonly graph: Graph;
  readonly expressions: Expressions;
};

/**
 * Finds loops that nothing stops: steps of one flow, or flows that call or link to each other, that
 * go round without a question or a wait. A loop may count: then on every way round it changes a value,
 * or has an action give one, and comes past a condition on that value which can leave the loop.
 */
export function checkLoops(
  parts: readonly Part[],
  actions: ReadonlyMap<string, ActionDeclaration>,
  report: Report,
): void {
  const passing = findPassing(parts, actions);
  const rushes = (step: DraftStep): boolean => isPassing(step, actions, passing);
  for (const part of parts) {
    const { draft, graph } = part;
    for (const loop of loopsOf(part, rushes)) {
      const [first] = loop;
      const step = first === undefined ? undefined : graph.steps[first];
      if (step === undefined) continue;
      const names = loop.map((index) => `"${graph.steps[index]?.id ?? ''}"`).join(', ');
      report.error(
        step.place,
        'endless-loop',
        say`${names} of "${draft.name}" can go round for ever without asking anything; ask a question, wait, or leave the loop`,
      );
    }
  }
  checkFlowLoops(parts, rushes, report);
}

/** Whether a step goes on at once, without anything from outside. */
function isPassing(
  step: DraftStep,
  actions: ReadonlyMap<string, ActionDeclaration>,
  passing: ReadonlySet<string>,
): boolean {
  switch (step.type) {
    case 'say':
    case 'set':
    case 'branch':
      return true;
    case 'action':
      return actions.has(step.action.text);
    case 'call':
    case 'link':
      return passing.has(step.flow.text);
    case 'wait':
      // An instant may be past; a span never is.
      return step.wait.type === 'until';
    case 'collect':
    case 'broken':
      return false;
    default:
      return step satisfies never;
  }
}

/** Flows that have a path from their first step to their end on which nothing stops. */
function findPassing(
  parts: readonly Part[],
  actions: ReadonlyMap<string, ActionDeclaration>,
): ReadonlySet<string> {
  const passing = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const { draft, graph } of parts) {
      if (passing.has(draft.name)) continue;
      const passes = rush(graph, (step) => isPassing(step, actions, passing)).some((index) => {
        const step = graph.steps[index];
        if (step === undefined || !isPassing(step, actions, passing)) return false;
        return (
          step.type === 'link' || (graph.edges[index] ?? []).some(({ to }) => to === undefined)
        );
      });
      if (passes) {
        passing.add(draft.name);
        grown = true;
      }
    }
  }
  return passing;
}

/** Steps that are reached from the first without stopping. */
function rush({ steps, edges }: Graph, rushes: (step: DraftStep) => boolean): readonly number[] {
  const reached = new Set<number>();
  const open = steps.length > 0 ? [0] : [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const step = steps[at];
    if (step === undefined || reached.has(at)) continue;
    reached.add(at);
    if (!rushes(step)) continue;
    for (const { to } of edges[at] ?? []) if (to !== undefined) open.push(to);
  }
  return [...reached];
}

/** Groups of steps that lead to each other without stopping, and that no counting surely ends. */
function loopsOf(part: Part, rushes: (step: DraftStep) => boolean): readonly (readonly number[])[] {
  const { steps, edges, reachable } = part.graph;
  const inside = new Set<number>();
  for (const [index, step] of steps.entries()) {
    if (reachable[index] === true && rushes(step)) inside.add(index);
  }
  return cyclesIn(edges, inside).flatMap((loop) => {
    const members = new Set(loop);
    // A condition that could not be read is told by itself: it may well end the loop.
    if (loop.some((index) => isUnread(part, index))) return [];
    const deciders = loop.filter((index) => decides(part, index, members));
    const read = new Set(deciders.flatMap((index) => readAt(part, index)));
    const setters = loop.filter((index) => setAt(steps[index]).some((path) => read.has(path)));
    const [endless] = [
      ...cyclesIn(edges, without(members, deciders)),
      ...cyclesIn(edges, without(members, setters)),
    ];
    return endless === undefined ? [] : [endless];
  });
}

/** Groups of the given steps that lead to each other, each at least to itself. */
function cyclesIn(
  edges: Graph['edges'],
  given: ReadonlySet<number>,
): readonly (readonly number[])[] {
  const inside = new Set(given);
  // What has no way on inside is in no loop: taking it away, again and again, leaves loops and what leads to them.
  for (let shrunk = true; shrunk;) {
    shrunk = false;
    for (const index of inside) {
      if ((edges[index] ?? []).some(({ to }) => to !== undefined && inside.has(to))) continue;
      inside.delete(index);
      shrunk = true;
    }
  }
  const found: number[][] = [];
  const done = new Set<number>();
  for (const index of inside) {
    if (done.has(index)) continue;
    const loop = [...inside].filter(
      (other) => leads(edges, inside, index, other) && leads(edges, inside, other, index),
    );
    for (const member of loop) done.add(member);
    if (loop.length > 0) found.push(loop);
  }
  return found;
}

function without(all: ReadonlySet<number>, some: readonly number[]): ReadonlySet<number> {
  return new Set([...all].filter((index) => !some.includes(index)));
}

/** Whether a step can leave a loop by a condition on what the loop changes. */
function decides(part: Part, index: number, loop: ReadonlySet<number>): boolean {
  const { edges, steps } = part.graph;
  const leaves = (edges[index] ?? []).some(
    ({ to, type }) => type === 'arm' && (to === undefined || !loop.has(to)),
  );
  const changed = new Set([...loop].flatMap((member) => setAt(steps[member])));
  return leaves && readAt(part, index).some((path) => changed.has(path));
}

function isUnread({ graph, expressions }: Part, index: number): boolean {
  return (graph.steps[index]?.next ?? []).some(
    ({ when, flawed }) =>
      flawed === true || (when !== undefined && expressions.of(when) === undefined),
  );
}

/** What the conditions of a step name. */
function readAt({ graph, expressions }: Part, index: number): readonly string[] {
  return (graph.steps[index]?.next ?? []).flatMap(({ when }) =>
    when === undefined ? [] : (expressions.of(when)?.analysis.names ?? []),
  );
}

/** What a step changes: the values it sets, or the result of its action. */
function setAt(step: DraftStep | undefined): readonly string[] {
  if (step?.type === 'set') return step.values.map(({ path }) => path.text);
  return step?.type === 'action' ? [`answers.${step.id}`] : [];
}

function leads(
  edges: Graph['edges'],
  inside: ReadonlySet<number>,
  from: number,
  goal: number,
): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { to } of edges[at] ?? []) {
      if (to === goal) return true;
      if (to === undefined || !inside.has(to) || seen.has(to)) continue;
      seen.add(to);
      open.push(to);
    }
  }
  return false;
}

/** Flows that go to each other and come round to the same call or link without stopping. */
function checkFlowLoops(
  parts: readonly Part[],
  rushes: (step: DraftStep) => boolean,
  report: Report,
): void {
  const goes = new Map<string, readonly (DraftStep & { type: 'call' | 'link' })[]>();
  for (const { draft, graph } of parts) {
    const steps = rush(graph, rushes).flatMap((index) => {
      const step = graph.steps[index];
      return step?.type === 'call' || step?.type === 'link' ? [step] : [];
    });
    goes.set(draft.name, steps);
  }
  const told = new Set<string>();
  for (const [name, steps] of goes) {
    for (const step of steps) {
      const round = flowsFrom(goes, step.flow.text);
      if (!round.has(name) || [...round].some((other) => told.has(other))) continue;
      told.add(name);
      report.error(
        step.flow.place,
        'endless-loop',
        say`"${name}" goes to "${step.flow.text}", which comes back to it, and nothing is asked on the way; ask a question, wait, or take one ${step.type} away`,
      );
    }
  }
}

function flowsFrom(
  goes: ReadonlyMap<string, readonly { readonly flow: { readonly text: string } }[]>,
  start: string,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const { flow } of goes.get(at) ?? []) open.push(flow.text);
  }
  return seen;
}
