import type { DraftStep } from '../parse/draft.js';
import { isName } from '../parse/read.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { refuse } from './refusal.js';
import { graphOf, keyOrder, stepOf, stepsOf, withName, type Actions } from './steps.js';
import type { Value } from './write-yaml.js';
import { insertItem, nodeAt, removeAt, setAt, type Path, type Writing } from './yaml-edit.js';

/** A way on from a step: without conditions, along one arm of `next`, or when it is given up. */
export type Way =
  | { readonly type: 'next' }
  | { readonly type: 'arm'; readonly arm: number }
  | { readonly type: 'give_up' };

/** The way out of one step. */
export type WayOut = { readonly step: string; readonly way: Way };

const FLOW: Writing = { manner: 'flow' };

function writingOf(text: string, index: number): Writing {
  const kind = stepsOf(text)[index]?.kind ?? 'branch';
  return { manner: 'flow', order: keyOrder(kind) };
}

/** The text with a way out of a step leading to another step by its id, or to `end`. */
export function connect(text: string, { step: id, way }: WayOut, to: string): string {
  const step = stepOf(text, id);
  const target = nameTarget(text, to);
  return setWay(target.text, step.index, way, target.name);
}

/** The target's written name; a step without one is given one. */
function nameTarget(text: string, to: string): { readonly text: string; readonly name: string } {
  if (to === 'end') return { text, name: to };
  return withName(text, stepOf(text, to).index);
}

/** The text with a way of the step at an index leading to a name. */
export function setWay(text: string, index: number, way: Way, name: string): string {
  const at: Path = ['steps', index];
  const writing = writingOf(text, index);
  switch (way.type) {
    case 'give_up':
      return setAt(text, [...at, 'give_up'], name, writing);
    case 'next': {
      const next = nodeAt(text, [...at, 'next']);
      if (next?.type === 'list') return refuse('no_way');
      return setAt(text, [...at, 'next'], name, writing);
    }
    case 'arm': {
      const arms = nodeAt(text, [...at, 'next']);
      if (arms?.type !== 'list') return refuse('no_way');
      const arm = arms.items[way.arm];
      if (arm === undefined) {
        return insertItem(text, [...at, 'next'], way.arm, { else: name }, 'flow');
      }
      const key = arm.type === 'map' && arm.get('else') !== undefined ? 'else' : 'then';
      return setAt(text, [...at, 'next', way.arm, key], name, FLOW);
    }
    default:
      return way satisfies never;
  }
}

/** The text without a way: the step goes on to the one below, or the arm is taken away. */
export function disconnect(text: string, { step: id, way }: WayOut): string {
  const steps = stepsOf(text);
  const { index } = stepOf(text, id);
  switch (way.type) {
    case 'next':
      if (index === steps.length - 1) return setWay(text, index, way, 'end');
      return removeAt(text, ['steps', index, 'next']);
    case 'give_up':
      return removeAt(text, ['steps', index, 'give_up']);
    case 'arm':
      return removeArm(text, id, way.arm);
    default:
      return way satisfies never;
  }
}

/** The text with one more arm, before the one that is taken when no condition holds. */
export function addArm(text: string, id: string, when: string, to: string): string {
  const target = nameTarget(text, to);
  const { index } = stepOf(target.text, id);
  const at: Path = ['steps', index, 'next'];
  const next = nodeAt(target.text, at);
  // A key of the flow language; nothing ever awaits it.
  // oxlint-disable-next-line unicorn/no-thenable
  const arm: Value = { if: when, then: target.name };
  if (next?.type === 'list') {
    const last = next.items.at(-1);
    const isClosed = last?.type === 'map' && last.get('else') !== undefined;
    const place = next.items.length - (isClosed ? 1 : 0);
    return insertItem(target.text, at, place, arm, 'flow');
  }
  const below = stepsOf(target.text)[index + 1];
  const onward =
    next?.type === 'scalar' && next.text !== ''
      ? { text: target.text, name: next.text }
      : below === undefined
        ? { text: target.text, name: 'end' }
        : withName(target.text, below.index);
  return setAt(onward.text, at, [arm, { else: onward.name }], writingOf(onward.text, index));
}

/** The text without an arm; what is left without conditions is written without a list. */
export function removeArm(text: string, id: string, arm: number): string {
  const { index, kind } = stepOf(text, id);
  const at: Path = ['steps', index, 'next'];
  const next = nodeAt(text, at);
  const item = next?.type === 'list' ? next.items[arm] : undefined;
  if (next?.type !== 'list' || item?.type !== 'map') return refuse('no_way');
  if (item.get('if') === undefined) return refuse('last_way');
  const last = next.items.at(-1);
  const otherwise = last?.type === 'map' ? last.get('else') : undefined;
  if (next.items.length === 2 && otherwise?.type === 'scalar' && kind !== 'branch') {
    return setAt(text, at, otherwise.text, writingOf(text, index));
  }
  return removeAt(text, [...at, arm]);
}

/** Where a step leads that is not written: to the step below. */
type Implied = { readonly next?: number; readonly giveUp?: number };

/** By id, the index of the step below where `next` or `give_up` is left out. */
function impliedWays(text: string, actions: Actions): ReadonlyMap<string, Implied> {
  const { steps, edges } = graphOf(text, actions);
  return new Map(
    steps.map((step, index) => {
      const ways = edges[index] ?? [];
      const arm = step.next === undefined ? ways.find(({ type }) => type === 'arm') : undefined;
      const up = hasGiveUp(step) ? undefined : ways.find(({ type }) => type === 'give_up');
      return [
        step.id,
        {
          ...(arm?.to === undefined ? {} : { next: arm.to }),
          ...(up?.to === undefined ? {} : { giveUp: up.to }),
        },
      ];
    }),
  );
}

function hasGiveUp(step: DraftStep): boolean {
  return 'giveUp' in step && step.giveUp !== undefined;
}

/**
 * The text after steps were moved, added or taken away, with every step still going on to where it went
 * `before`: where the one below it is another now, the old one is written. `renamed` tells what stands
 * for a step that is gone; ways `except` may change.
 */
export function keepWays(
  before: string,
  after: string,
  actions: Actions,
  {
    renamed = new Map(),
    except,
  }: { readonly renamed?: ReadonlyMap<string, string>; readonly except?: WayOut } = {},
): string {
  const old = stepsOf(before);
  const was = impliedWays(before, actions);
  const is = impliedWays(after, actions);
  const now = stepsOf(after);
  const fixes: { readonly index: number; readonly way: Way; readonly to: string }[] = [];
  for (const { id, index } of now) {
    const mend = (
      type: 'next' | 'give_up',
      from: number | undefined,
      at: number | undefined,
    ): void => {
      const target = from === undefined ? undefined : old[from]?.id;
      if (target === undefined) return;
      if (except?.step === id && except.way.type === type) return;
      const wanted = renamed.get(target) ?? target;
      if (at !== undefined && now[at]?.id === wanted) return;
      fixes.push({ index, way: { type }, to: wanted });
    };
    mend('next', was.get(id)?.next, is.get(id)?.next);
    mend('give_up', was.get(id)?.giveUp, is.get(id)?.giveUp);
  }
  const indexOf = new Map(now.map(({ id, index }) => [id, index]));
  let text = after;
  for (const { index, way, to } of fixes) {
    const target = indexOf.get(to);
    const named = target === undefined ? { text, name: 'end' } : withName(text, target);
    text = setWay(named.text, index, way, named.name);
  }
  return text;
}

/** The text with every written way to one name leading to another. */
export function retarget(text: string, from: string, to: string): string {
  const paths = stepsOf(text).flatMap(({ index, map }) =>
    targetsOf(map).flatMap(({ path, node }): Path[] =>
      node?.type === 'scalar' && node.text === from ? [['steps', index, ...path]] : [],
    ),
  );
  return paths.reduce((result, path) => setAt(result, path, to, FLOW), text);
}

/** What of a step names another one. */
function targetsOf(
  map: YamlMap,
): readonly { readonly path: Path; readonly node: YamlNode | undefined }[] {
  const next = map.get('next');
  const arms =
    next?.type !== 'list'
      ? [{ path: ['next'], node: next }]
      : next.items.flatMap((item, arm) =>
          ['then', 'else'].map((key) => ({
            path: ['next', arm, key],
            node: item.type === 'map' ? item.get(key) : undefined,
          })),
        );
  return [...arms, { path: ['give_up'], node: map.get('give_up') }];
}

/** Where a step leads when nothing else is said: past its conditions, to a step's id or `end`. */
export function onwardOf(text: string, id: string): string {
  const steps = stepsOf(text);
  const { index, map, kind } = stepOf(text, id);
  if (kind === 'link') return 'end';
  const next = map.get('next');
  const last = next?.type === 'list' ? next.items.at(-1) : undefined;
  const otherwise = last?.type === 'map' ? last.get('else') : undefined;
  const written = next?.type === 'scalar' ? next : otherwise;
  const below = steps[index + 1]?.id ?? 'end';
  if (written?.type !== 'scalar' || written.text === id) return below;
  const isKnown = steps.some((step) => step.id === written.text);
  return written.text === 'end' || isKnown || !isName(written.text) ? written.text : below;
}
