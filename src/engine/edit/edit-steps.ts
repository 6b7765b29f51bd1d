import { renameAnswer } from './answers.js';
import { withFlow, type FlowTexts } from './flow-texts.js';
import { columnOf, lineStart } from './lines.js';
import type { Operation } from './operation.js';
import { refuse } from './refusal.js';
import {
  claimName,
  cutStep,
  graphOf,
  insertLines,
  insertStep,
  keyOrder,
  stepOf,
  stepsOf,
  withName,
  type Actions,
  type WrittenStep,
} from './steps.js';
import { keepWays, onwardOf, retarget, setWay, type Way, type WayOut } from './ways.js';
import { copyWords, removeWords, renameWords } from './words.js';
import { removeAt, setAt, type Path } from './yaml-edit.js';

/** The lines of a step that was just added; what it needs more, the checker asks for. */
function linesOf({ kind, name }: Extract<Operation, { type: 'add_step' }>): string {
  switch (kind) {
    case 'say':
      return `- say: ${name}\n`;
    case 'collect':
      return `- collect: ${name}\n  type: text\n`;
    case 'set':
      return `- set: { session.${name}: 'true' }\n  id: ${name}\n`;
    case 'action':
      return `- action: supporter.tag\n  id: ${name}\n  with: { tag: "'${name}'" }\n`;
    case 'call':
      return `- call: help\n  id: ${name}\n`;
    case 'link':
      return `- link: help\n  id: ${name}\n`;
    case 'branch':
      return `- branch: true\n  id: ${name}\n`;
    case 'wait':
      return `- wait: 1d\n  id: ${name}\n`;
    default:
      return kind satisfies never;
  }
}

/** The text with one more step, right below the one on whose way it lies. */
export function addStep(
  text: string,
  operation: Extract<Operation, { type: 'add_step' }>,
  actions: Actions,
): string {
  const { kind, name, on } = operation;
  const steps = stepsOf(text);
  claimName(steps, name);
  if (on !== undefined) refuseStrangeWay(stepOf(text, on.step), on.way);
  const last = steps.length - 1;
  const above = on === undefined ? last : stepOf(text, on.step).index;
  const onward = on === undefined ? undefined : leadsTo(text, on, actions);
  const before = text;
  const inserted = insertStep(text, above < 0 ? undefined : above, linesOf(operation));
  const index = stepOf(inserted, name).index;
  const below = stepsOf(inserted)[index + 1]?.id;
  let result = inserted;
  const to = onward ?? (below === undefined || on === undefined ? 'end' : undefined);
  // Where it went is written, unless that is the step below.
  if (kind !== 'link' && to !== undefined && (to !== below || kind === 'branch')) {
    result = leadOn(result, name, kind, to);
  }
  if (on === undefined) return keepWays(before, result, actions);
  const isFalling = on.way.type === 'next' && stepOf(text, on.step).map.get('next') === undefined;
  if (on.way.type === 'next' && !isFalling) {
    result = removeAt(result, ['steps', stepOf(result, on.step).index, 'next']);
  } else if (!isFalling) {
    result = setWay(result, stepOf(result, on.step).index, on.way, name);
  }
  return keepWays(before, result, actions, { except: on });
}

function refuseStrangeWay({ map, kind }: WrittenStep, way: Way): void {
  const isList = map.get('next')?.type === 'list';
  if (way.type !== 'give_up' && (kind === 'link' || isList !== (way.type === 'arm')))
    refuse('no_way');
}

function leadOn(text: string, id: string, kind: WrittenStep['kind'], to: string): string {
  const steps = stepsOf(text);
  const target = steps.find((step) => step.id === to);
  const named = target === undefined ? { text, name: to } : withName(text, target.index);
  const path: Path = ['steps', stepOf(named.text, id).index, 'next'];
  const value = kind === 'branch' ? [{ else: named.name }] : named.name;
  return setAt(named.text, path, value, { manner: 'flow', order: keyOrder(kind ?? 'say') });
}

/** Where a way out of a step leads, written or not: a step's id or `end`. */
function leadsTo(text: string, { step, way }: WayOut, actions: Actions): string | undefined {
  const { steps, edges } = graphOf(text, actions);
  const index = steps.findIndex(({ id }) => id === step);
  const wanted = (edges[index] ?? []).find((edge) => {
    if (way.type === 'give_up') return edge.type === 'give_up';
    return edge.type === 'arm' && edge.arm === (way.type === 'arm' ? way.arm : 0);
  });
  if (wanted === undefined) return undefined;
  return wanted.to === undefined ? 'end' : steps[wanted.to]?.id;
}

/** The texts without a step and its words; what led to it leads to where it went. */
export function removeStep(texts: FlowTexts, id: string, actions: Actions): FlowTexts {
  const { text } = texts.flow;
  const steps = stepsOf(text);
  if (steps.length === 1) refuse('last_step');
  const step = stepOf(text, id);
  const onward = onwardOf(text, id);
  const isAlone = steps.every(({ index, value, kind }) => {
    const speaks = kind === 'say' || kind === 'collect';
    return index === step.index || !speaks || value !== step.value;
  });
  const flow = withFlow(texts, () => {
    const cut = retarget(cutStep(text, step), id, onward);
    const kept = keepWays(text, cut, actions, { renamed: new Map([[id, onward]]) });
    // What came after the first step is the first now.
    const isFirst = step.index === 0 && onward !== 'end';
    if (!isFirst || stepsOf(kept)[0]?.id === onward) return kept;
    return moveStep(kept, onward, undefined, actions);
  });
  const speaks = step.kind === 'say' || step.kind === 'collect';
  return speaks && isAlone && step.value !== undefined ? removeWords(flow, step.value) : flow;
}

/** The text with the lines of a step below another's, or above all; every step goes on to where it went. */
export function moveStep(
  text: string,
  id: string,
  after: string | undefined,
  actions: Actions,
): string {
  const step = stepOf(text, id);
  if (after === id) return text;
  const lines = text.slice(step.from, step.to);
  const cut = cutStep(text, step);
  const at = after === undefined ? undefined : stepOf(cut, after).index;
  return keepWays(text, insertLines(cut, at, lines), actions);
}

/** A step as it would stand at the margin. */
function dedented(text: string, { to, dash }: WrittenStep): string {
  const by = columnOf(text, dash);
  return text
    .slice(lineStart(text, dash), to)
    .replace(new RegExp(`^ {0,${by}}`, 'gm'), '')
    .replace(/\n*$/, '\n');
}

/** The texts with a step and its words once more, under another name, right below; nothing leads to it yet. */
export function duplicateStep(
  texts: FlowTexts,
  id: string,
  name: string,
  actions: Actions,
): FlowTexts {
  const { text } = texts.flow;
  claimName(stepsOf(text), name);
  const step = stepOf(text, id);
  const speaks = step.kind === 'say' || step.kind === 'collect';
  const flow = withFlow(texts, () => {
    const lines = dedented(text, step);
    const alone = `steps:\n${lines.replace(/^(?=.)/gm, '  ')}`;
    const keys = { manner: 'flow' as const, order: keyOrder(step.kind ?? 'branch') };
    const named = speaks
      ? setAt(
          step.ownId === undefined ? alone : removeAt(alone, ['steps', 0, 'id']),
          ['steps', 0, step.kind ?? 'say'],
          name,
          keys,
        )
      : setAt(alone, ['steps', 0, 'id'], name, keys);
    const copy = named.slice('steps:\n'.length).replace(/^ {2}/gm, '');
    return keepWays(text, insertStep(text, step.index, copy), actions);
  });
  return speaks && step.value !== undefined ? copyWords(flow, step.value, name) : flow;
}

/**
 * The texts with a step under another name, wherever it is named: in `next`, conditions and words. A
 * step with an `id` keeps what it says.
 */
export function renameStep(texts: FlowTexts, id: string, to: string): FlowTexts {
  if (id === to) return texts;
  const { text } = texts.flow;
  const steps = stepsOf(text);
  claimName(steps, to);
  const step = stepOf(text, id);
  const { kind, ownId, value, index } = step;
  const speaks = kind === 'say' || kind === 'collect';
  const key = ownId === undefined && speaks && kind !== undefined ? kind : 'id';
  const renamed = withFlow(texts, () =>
    retarget(
      setAt(text, ['steps', index, key], to, { manner: 'flow', order: keyOrder(kind ?? 'branch') }),
      id,
      to,
    ),
  );
  if (kind === 'action') return ownId === undefined ? renamed : renameAnswer(renamed, ownId, to);
  if (key === 'id' || value === undefined) return renamed;
  const isShared = steps.some((other) => {
    const says = other.kind === 'say' || other.kind === 'collect';
    return other.index !== index && says && other.value === value;
  });
  if (isShared) return copyWords(renamed, value, to);
  const words = renameWords(renamed, value, to);
  return kind === 'collect' ? renameAnswer(words, value, to) : words;
}
