import { createHash } from 'node:crypto';
import type { ActionDeclaration } from './action.js';
import type { Expressions } from './check/expressions.js';
import { isLeftOut } from './check/reads.js';
import type { Arm, CollectStep, Flow, Phrase, Step, Target, Words } from './flow.js';
import type { Draft, DraftArm, DraftStep, DraftTarget } from './parse/draft.js';
import type { Catalogue } from './parse/words.js';

const UTF8 = new TextEncoder();
const END: Target = { type: 'end' };

/**
 * Names a version: the first 8 hexadecimal digits of the SHA-256 of a flow's name, its text, and
 * the texts of its words by language.
 */
export function versionOf(
  name: string,
  flow: string,
  words: readonly { readonly language: string; readonly text: string }[],
): string {
  const hash = createHash('sha256');
  const add = (text: string): void => {
    hash.update(`${UTF8.encode(text).length}:`).update(text);
  };
  add(name);
  add(flow);
  for (const { language, text } of [...words].sort((a, b) => (a.language < b.language ? -1 : 1))) {
    add(language);
    add(text);
  }
  return hash.digest('hex').slice(0, 8);
}

/** Makes the flow that runs of a draft without mistakes; undefined when some part cannot run. */
export function buildFlow(
  draft: Draft,
  version: string,
  expressions: Expressions,
  catalogues: readonly Catalogue[],
  actions: ReadonlyMap<string, ActionDeclaration>,
): Flow | undefined {
  const steps: Step[] = [];
  for (const [index, step] of draft.steps.entries()) {
    const built = buildStep(step, draft.steps[index + 1], expressions, actions);
    if (built === undefined) return undefined;
    steps.push(built);
  }
  return {
    name: draft.name,
    version,
    title: draft.title,
    purpose: draft.purpose,
    content: draft.content,
    triggers: draft.triggers.map(({ trigger }) => trigger),
    steps,
    byId: new Map(steps.map((step) => [step.id, step])),
    words: buildWords(catalogues),
    ...(expressions.segments.length === 0 ? {} : { segments: expressions.segments }),
  };
}

/** The phrases of catalogues by language. */
export function buildWords(catalogues: readonly Catalogue[]): Words {
  return new Map(
    catalogues.map(({ language, entries }) => {
      const phrases = new Map<string, Phrase>();
      for (const [key, { reading }] of entries) {
        if (reading !== undefined) phrases.set(key, reading.phrase);
      }
      return [language, phrases];
    }),
  );
}

function buildStep(
  step: DraftStep,
  below: DraftStep | undefined,
  expressions: Expressions,
  actions: ReadonlyMap<string, ActionDeclaration>,
): Step | undefined {
  const falling: Target = below === undefined ? END : { type: 'step', id: below.id };
  const next =
    step.type === 'link' ? [] : buildArms(step.next ?? [fallArm(falling, step)], expressions);
  if (next === undefined) return undefined;
  const shared = { id: step.id, next, checkpoint: step.checkpoint };
  const giveUp = (target: DraftTarget | undefined): Target => target?.to ?? falling;
  switch (step.type) {
    case 'say':
      return { ...shared, type: 'say', words: step.words };
    case 'collect': {
      if (step.answer === undefined) return undefined;
      const question: { -readonly [Key in keyof CollectStep]: CollectStep[Key] } = {
        ...shared,
        type: 'collect',
        name: step.name,
        answer: step.answer,
        options: optionsOf(step),
        optional: step.optional,
        giveUp: giveUp(step.giveUp),
      };
      if (step.into !== undefined) question.into = step.into.text.replace(/^supporter\./, '');
      if (step.passing === true) question.passing = true;
      if (step.orText === true) question.orText = true;
      if (step.min !== undefined) question.min = step.min;
      if (step.max !== undefined) question.max = step.max;
      if (step.attempts !== undefined) question.attempts = step.attempts;
      if (step.consent !== undefined) question.consent = step.consent;
      if (step.remindInMs !== undefined) question.remindInMs = step.remindInMs;
      if (step.expireInMs !== undefined) question.expireInMs = step.expireInMs;
      return question;
    }
    case 'set': {
      const values = step.values.flatMap(({ path, value }) => {
        const compiled = expressions.of(value)?.compiled;
        return compiled === undefined ? [] : [{ path: path.text, value: compiled }];
      });
      if (values.length < step.values.length) return undefined;
      return { ...shared, type: 'set', values };
    }
    case 'action': {
      const declaration = actions.get(step.action.text);
      const given = step.with.flatMap(({ name, value }) => {
        const compiled = expressions.of(value)?.compiled;
        return compiled === undefined ? [] : [[name.text, compiled] as const];
      });
      if (given.length < step.with.length) return undefined;
      const leftOut = step.with.filter(({ name, value }) =>
        isLeftOut(declaration, name.text, expressions.of(value)),
      );
      const result = Object.entries(declaration?.result ?? {});
      return {
        ...shared,
        type: 'action',
        action: step.action.text,
        with: Object.fromEntries(given),
        leftOut: leftOut.map(({ name }) => name.text),
        awaited: declaration?.result !== undefined,
        amounts: result.flatMap(([field, type]) => (type === 'amount' ? [field] : [])),
        giveUp: giveUp(step.giveUp),
      };
    }
    case 'call':
    case 'link':
      return { ...shared, type: step.type, flow: step.flow.text };
    case 'branch':
      return { ...shared, type: 'branch' };
    case 'wait': {
      if (step.wait.type === 'span') return { ...shared, type: 'wait', wait: step.wait };
      const instant = expressions.of(step.wait.instant)?.compiled;
      return instant === undefined
        ? undefined
        : { ...shared, type: 'wait', wait: { type: 'until', instant } };
    }
    case 'broken':
      return undefined;
    default:
      return step satisfies never;
  }
}

function optionsOf(step: DraftStep & { type: 'collect' }) {
  if (step.optionsFrom !== undefined) {
    return { type: 'from', answer: step.optionsFrom.text } as const;
  }
  if (step.options === undefined) return { type: 'none' } as const;
  return { type: 'fixed', values: step.options.map(({ text }) => text) } as const;
}

function fallArm(to: Target, step: DraftStep): DraftArm {
  return { target: { to, place: step.place } };
}

function buildArms(
  arms: readonly DraftArm[],
  expressions: Expressions,
): readonly Arm[] | undefined {
  const built: Arm[] = [];
  for (const { when, target } of arms) {
    if (when === undefined) {
      built.push({ to: target.to });
      continue;
    }
    const compiled = expressions.of(when)?.compiled;
    if (compiled === undefined) return undefined;
    built.push({ when: compiled, to: target.to });
  }
  return built;
}
