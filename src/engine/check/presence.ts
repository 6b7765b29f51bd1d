import type { ActionDeclaration } from '../action.js';
import type { Draft, DraftStep } from '../parse/draft.js';
import type { Notice } from '../parse/names.js';
import { WITHDRAWING } from '../withdrawing.js';
import type { Analysis, Fact } from './analyse.js';
import type { Expressions } from './expressions.js';
import type { Edge, Graph } from './graph.js';

/** What is surely known, on every path, before a step and after it. */
export type Presence = {
  /** Facts at a step; undefined for one that nothing reaches. */
  before(index: number): ReadonlySet<Fact> | undefined;
  /** Facts where the conditions of its `next` are read, up to a given arm. */
  atArm(index: number, arm: number): ReadonlySet<Fact> | undefined;
};

/** Whether a step may change what the supporter consents to. */
export function changesConsent(step: DraftStep): boolean {
  if (step.type === 'collect') return step.consent !== undefined;
  return step.type === 'action' && WITHDRAWING.includes(step.action.text);
}

/**
 * Follows every path of a flow and keeps, for each step, the facts that hold on all of them:
 * answers and fields that have a value, and consents that were given. `callChangesConsent` tells
 * whether a called flow may take consents back.
 */
export function followPaths(
  draft: Draft,
  graph: Graph,
  expressions: Expressions,
  actions: ReadonlyMap<string, ActionDeclaration>,
  callChangesConsent: (flow: string) => boolean,
): Presence {
  const purposes = consentAnswers(draft);
  const states: (ReadonlySet<Fact> | undefined)[] = graph.steps.map(() => undefined);

  const after = (
    step: DraftStep,
    edge: Edge['type'],
    before: ReadonlySet<Fact>,
  ): ReadonlySet<Fact> => {
    if (changesNothing(step, callChangesConsent)) return before;
    const facts = new Set(before);
    switch (step.type) {
      case 'collect': {
        forget(facts, `answers.${step.name}`);
        facts.delete(inForce(step.name));
        if (step.consent !== undefined) {
          for (const [name, purpose] of purposes) {
            if (purpose === step.consent.purpose) facts.delete(inForce(name));
          }
          forget(facts, `consents.${step.consent.purpose}`);
        }
        if (edge === 'give_up') break;
        if (step.consent !== undefined) facts.add(inForce(step.name));
        if (step.optional) break;
        facts.add(`answers.${step.name}`);
        if (step.into !== undefined) facts.add(step.into.text);
        break;
      }
      case 'set':
        for (const { path } of step.values) {
          forget(facts, path.text);
          facts.add(path.text);
        }
        break;
      case 'action': {
        const awaited = actions.get(step.action.text)?.result !== undefined;
        if (awaited) forget(facts, `answers.${step.id}`);
        if (awaited && edge === 'arm') facts.add(`answers.${step.id}`);
        if (changesConsent(step)) forgetConsents(facts);
        break;
      }
      case 'call':
        if (callChangesConsent(step.flow.text)) forgetConsents(facts);
        break;
      case 'say':
        if (step.notice !== undefined) facts.add(noticeSaid(step.notice));
        break;
      case 'link':
      case 'branch':
      case 'wait':
      case 'broken':
        break;
      default:
        step satisfies never;
    }
    return facts;
  };

  const learn = (known: ReadonlySet<Fact>, learned: readonly Fact[]): ReadonlySet<Fact> => {
    if (learned.length === 0) return known;
    const facts = new Set(known);
    for (const fact of learned) {
      facts.add(fact);
      if (!fact.startsWith('+answers.')) continue;
      const name = fact.slice('+answers.'.length);
      const purpose = purposes.get(name);
      if (purpose !== undefined && facts.has(inForce(name))) facts.add(`+consents.${purpose}`);
    }
    return facts;
  };

  /** Facts after a step once the conditions above an arm were false and, if `taken`, its own true. */
  const along = (
    step: DraftStep,
    edge: Edge['type'],
    arm: number,
    taken: boolean,
    before: ReadonlySet<Fact>,
  ): ReadonlySet<Fact> => {
    let facts = after(step, edge, before);
    if (edge === 'give_up') return facts;
    for (const [position, { when, flawed }] of (step.next ?? []).entries()) {
      if (position > arm) break;
      if (position === arm && !taken) continue;
      const analysis: Analysis | undefined =
        when === undefined ? undefined : expressions.of(when)?.analysis;
      if (analysis !== undefined) {
        facts = learn(facts, position < arm ? analysis.whenFalse : analysis.whenTrue);
      } else if (when !== undefined || flawed === true) {
        facts = learn(facts, hopes(when?.text ?? '', facts));
      }
    }
    return facts;
  };

  /**
   * What a condition that could not be read may have made sure of: that is told once, and not again
   * for every step after it.
   */
  const hopes = (text: string, facts: ReadonlySet<Fact>): readonly Fact[] => [
    ...[...purposes.keys()]
      .filter((name) => facts.has(inForce(name)))
      .map((name) => `+answers.${name}`),
    ...(text.match(/\b(?:answers|supporter|consents|session)(?:\.\w+)+/g) ?? []).flatMap((path) => [
      path,
      `+${path}`,
    ]),
  ];

  // Steps mostly lead down, so going through them in order settles nearly all in one round.
  const open = new Set(graph.steps.length > 0 ? [0] : []);
  if (open.size > 0) states[0] = new Set();
  while (open.size > 0) {
    for (const [at, step] of graph.steps.entries()) {
      const before = states[at];
      if (before === undefined || !open.delete(at)) continue;
      for (const { to, type, arm } of graph.edges[at] ?? []) {
        if (to === undefined) continue;
        const arriving = along(step, type, arm, true, before);
        const known = states[to];
        const kept = known === undefined ? arriving : common(known, arriving);
        if (known !== undefined && kept.size === known.size) continue;
        states[to] = kept;
        open.add(to);
      }
    }
  }

  return {
    before: (index) => states[index],
    atArm: (index, arm) => {
      const step = graph.steps[index];
      const before = states[index];
      if (step === undefined || before === undefined) return undefined;
      return along(step, 'arm', arm, false, before);
    },
  };
}

/** Marks that the answer of a consent question is still the consent in force. */
function inForce(name: string): Fact {
  return `=answers.${name}`;
}

/** Marks that a notice was said in this flow. */
export function noticeSaid(notice: Notice): Fact {
  return `!notice.${notice}`;
}

/** Names of answers that always stand for the consent to one purpose. */
function consentAnswers(draft: Draft): ReadonlyMap<string, string> {
  const purposes = new Map<string, string>();
  const mixed = new Set<string>();
  for (const step of draft.steps) {
    if (step.type !== 'collect') continue;
    const purpose = step.consent?.purpose;
    const before = purposes.get(step.name);
    if (purpose === undefined || (before !== undefined && before !== purpose)) mixed.add(step.name);
    else purposes.set(step.name, purpose);
  }
  for (const name of mixed) purposes.delete(name);
  return purposes;
}

function forget(facts: Set<Fact>, path: string): void {
  facts.delete(path);
  facts.delete(`+${path}`);
}

function forgetConsents(facts: Set<Fact>): void {
  for (const fact of facts) {
    if (fact.startsWith('+consents.') || fact.startsWith('consents.') || fact.startsWith('=')) {
      facts.delete(fact);
    }
  }
}

/** Whether a step leaves what is known as it is. */
function changesNothing(step: DraftStep, callChangesConsent: (flow: string) => boolean): boolean {
  switch (step.type) {
    case 'say':
      return step.notice === undefined;
    case 'call':
      return !callChangesConsent(step.flow.text);
    case 'link':
    case 'branch':
    case 'wait':
    case 'broken':
      return true;
    case 'collect':
    case 'set':
    case 'action':
      return false;
    default:
      return step satisfies never;
  }
}

function common(a: ReadonlySet<Fact>, b: ReadonlySet<Fact>): ReadonlySet<Fact> {
  if (a === b) return a;
  const shared = new Set<Fact>();
  for (const fact of a) if (b.has(fact)) shared.add(fact);
  return shared;
}
