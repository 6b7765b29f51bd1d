import type { ActionDeclaration } from '../action.js';
import { joinSteps, type Graph } from '../check/graph.js';
import { readFlow } from '../parse/flow.js';
import { STEP_KEYS, STEP_KINDS, type StepKind } from '../parse/names.js';
import { isName, nameLike } from '../parse/read.js';
import { createReport } from '../parse/report.js';
import type { YamlMap } from '../yaml.js';
import { columnOf, leadStart, lineAfter, lineStart, splice } from './lines.js';
import { refuse } from './refusal.js';
import { rememberLast } from './remember-last.js';
import { dashOf, nodeAt, readRoot, setAt } from './yaml-edit.js';

export type Actions = ReadonlyMap<string, ActionDeclaration>;

/** A step in its file. */
export type WrittenStep = {
  readonly index: number;
  /** What `next` and sessions know it by, also where that is not written. */
  readonly id: string;
  /** Undefined for one that cannot be read. */
  readonly kind: StepKind | undefined;
  /** What it says, asks, does or goes to; undefined for what has none. */
  readonly value: string | undefined;
  /** The `id` that is written. */
  readonly ownId: string | undefined;
  readonly map: YamlMap;
  /** Its lines, with the comments right above, to the next line. */
  readonly from: number;
  readonly to: number;
  /** Where its dash stands. */
  readonly dash: number;
};

/** Keys of a step in the order they are written in. */
export function keyOrder(kind: StepKind): readonly string[] {
  const own = STEP_KEYS[kind].filter((key) => !['next', 'checkpoint', 'id', kind].includes(key));
  return [kind, 'id', ...own, 'checkpoint', 'next'];
}

/** The steps of a flow's text, in order. */
export const stepsOf = rememberLast((text: string): readonly WrittenStep[] => {
  const root = readRoot(text);
  const steps = root?.type === 'map' ? root.get('steps') : undefined;
  if (steps?.type !== 'list' || text[steps.start] === '[') {
    return steps?.type === 'list' && steps.items.length > 0 ? refuse('in_brackets') : [];
  }
  const draft = readFlow('flow', '', root, createReport());
  return steps.items.map((map, index) => {
    const id = draft?.steps[index]?.id;
    if (map.type !== 'map' || id === undefined) return refuse('broken');
    const kind = kindOf(map);
    const value = kind === undefined ? undefined : map.get(kind);
    const ownId = map.get('id');
    const dash = dashOf(text, map.start);
    return {
      index,
      id,
      kind,
      value: value?.type === 'scalar' ? value.text : undefined,
      ownId: ownId?.type === 'scalar' ? ownId.text : undefined,
      map,
      from: leadStart(text, dash),
      to: lineAfter(text, Math.max(map.end, dash)),
      dash,
    };
  });
});

/** The kind of a step as written; a `next` with a list makes a branch. */
export function kindOf(map: YamlMap): StepKind | undefined {
  const kind = STEP_KINDS.find((known) => map.get(known) !== undefined);
  return kind ?? (map.get('next')?.type === 'list' ? 'branch' : undefined);
}

/** Finds a step; refuses when there is none. */
export function stepOf(text: string, id: string): WrittenStep {
  return stepsOf(text).find((step) => step.id === id) ?? refuse('no_step');
}

/** How the steps of a text are joined. */
export function graphOf(text: string, actions: Actions): Graph {
  const root = readRoot(text);
  const draft = readFlow('flow', '', root, createReport());
  if (draft === undefined) return { steps: [], edges: [], reachable: [] };
  const file = { path: '', text };
  return joinSteps({ draft, file, flawed: false }, actions, createReport());
}

/** Whether a step has a name of its own that others can go to. */
export function isNamed({ kind, ownId, value }: WrittenStep): boolean {
  if (ownId !== undefined) return true;
  return (kind === 'say' || kind === 'collect') && value !== undefined;
}

/** The text with a name for a step that has none, and the name. */
export function withName(
  text: string,
  index: number,
): { readonly text: string; readonly name: string } {
  const steps = stepsOf(text);
  const step = steps[index];
  if (step === undefined) return refuse('no_step');
  if (isNamed(step)) return { text, name: step.id };
  const taken = new Set(steps.map(({ id }) => id));
  taken.delete(step.id);
  const name = freeName(nameLike(step.kind ?? 'step'), taken);
  const order = keyOrder(step.kind ?? 'branch');
  return { text: setAt(text, ['steps', index, 'id'], name, { manner: 'flow', order }), name };
}

/** The first of `stem`, `stem_2`, `stem_3`… that is not taken. */
export function freeName(stem: string, taken: ReadonlySet<string>): string {
  let name = stem;
  for (let count = 2; taken.has(name) || name === 'end'; count += 1) name = `${stem}_${count}`;
  return name;
}

/** Refuses a name that a step cannot have, or that another has. */
export function claimName(steps: readonly WrittenStep[], name: string): void {
  if (!isName(name) || name === 'end') refuse('bad_name');
  if (steps.some(({ id }) => id === name)) refuse('name_taken');
}

/** The text with a step, written at the margin, below another or as the first. */
export function insertStep(text: string, after: number | undefined, step: string): string {
  const [first] = stepsOf(text);
  if (first !== undefined) {
    return insertLines(text, after, indented(step, columnOf(text, first.dash)));
  }
  const lines = indented(step, 2);
  const list = nodeAt(text, ['steps']);
  if (list === undefined) return `${withLineEnd(text)}steps:\n${lines}`;
  const colon = text.indexOf(':', lineStart(text, list.start));
  return splice(text, colon + 1, Math.max(list.end, colon + 1), `\n${lines.trimEnd()}`);
}

/** The text with whole lines below a step, or above the first with its comments. */
export function insertLines(text: string, after: number | undefined, lines: string): string {
  const steps = stepsOf(text);
  const at = after === undefined ? steps[0]?.from : steps[after]?.to;
  if (at === undefined) return refuse('no_step');
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return splice(text, at, at, isOpen ? `\n${lines.replace(/\n$/, '')}` : withLineEnd(lines));
}

function withLineEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The text without the lines of a step. */
export function cutStep(text: string, { from, to }: Pick<WrittenStep, 'from' | 'to'>): string {
  return splice(text, from, to, '');
}

/** Lines set in by so many spaces, those that are empty left so. */
function indented(lines: string, by: number): string {
  const pad = ' '.repeat(by);
  return lines.replace(/^(?=.)/gm, pad).replace(/\n*$/, '\n');
}
