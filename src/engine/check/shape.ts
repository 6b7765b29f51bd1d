import type { ActionDeclaration } from '../action.js';
import type { Campaign, FieldType } from '../campaign.js';
import type { Shape, ScopeShape, ValueType } from '../cel.js';
import { PURPOSES, type AnswerType } from '../flow.js';
import type { Json } from '../json.js';
import type { Draft, DraftStep } from '../parse/draft.js';

/** What conditions see of each type of answer. */
const ANSWER_VALUES: Readonly<Record<AnswerType, ValueType>> = {
  text: 'text',
  name: 'text',
  email: 'text',
  phone: 'text',
  postal_code: 'text',
  address: 'map',
  number: 'number',
  amount: 'number',
  date: 'date',
  yes_no: 'boolean',
  choice: 'text',
  choices: 'texts',
  location: 'map',
  contact: 'map',
  media: 'map',
};

/** What conditions see of each type of field, argument or result. */
const FIELD_VALUES: Readonly<Record<FieldType, ValueType>> = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  list: 'list',
  amount: 'number',
  location: 'map',
};

/** The value type of an answer. */
export function answerValue(type: AnswerType | undefined): ValueType {
  return type === undefined ? 'any' : ANSWER_VALUES[type];
}

/** The value type of a field, an action's argument or its result. */
export function fieldValue(type: FieldType | 'any'): ValueType {
  return type === 'any' ? 'any' : FIELD_VALUES[type];
}

/** The type of field that takes an answer which is not a plain value; undefined for the others. */
const KEPT_IN: Partial<Readonly<Record<AnswerType, FieldType>>> = {
  location: 'location',
  amount: 'amount',
  // Of a contact its phone is kept, of an address its text.
  contact: 'text',
  address: 'text',
};

/** Whether the answer of a question can be kept in a field. */
export function isKept(answer: AnswerType | undefined, field: FieldType | 'any'): boolean {
  if (answer === 'media') return false;
  if (field === 'any') return true;
  const kept = answer === undefined ? undefined : KEPT_IN[answer];
  return kept === undefined ? fits(answerValue(answer), fieldValue(field)) : kept === field;
}

/** Whether a value of one type can be kept where another is declared. */
export function fits(value: ValueType, declared: ValueType): boolean {
  if (value === declared || value === 'any' || declared === 'any') return true;
  const lists: readonly ValueType[] = ['texts', 'list'];
  return lists.includes(value) && lists.includes(declared);
}

/**
 * What every flow of a campaign may read: the profile, consents and facts of the campaign. Of one
 * that is not `whole`, because its file has a line that cannot be read, nobody knows what is missing.
 */
export function sharedShape(
  campaign: Campaign,
  whole: boolean,
): Pick<ScopeShape, 'supporter' | 'consents' | 'campaign'> {
  const supporter: Record<string, ValueType | Record<string, ValueType>> = {};
  const inner: Record<string, ValueType> = {};
  for (const [path, { type }] of Object.entries(campaign.fields)) {
    if (path.endsWith('.*')) supporter[path.slice(0, -2)] = 'map';
    else if (path.startsWith('fields.')) inner[path.slice('fields.'.length)] = fieldValue(type);
    else supporter[path] = fieldValue(type);
  }
  return {
    supporter: { ...supporter, segments: 'texts', fields: whole ? inner : 'map' },
    consents: Object.fromEntries(PURPOSES.map((purpose) => [purpose, 'boolean' as const])),
    campaign: whole ? shapeOfFacts(campaign.facts) : UNSURE_FACTS,
  };
}

/** Facts of a campaign whose file could not be read to its end. */
const UNSURE_FACTS: Shape = { name: 'text', country: 'text', candidate: 'text', election: 'map' };

function shapeOfFacts(facts: { readonly [key: string]: Json }): Shape {
  const shape: Record<string, ValueType | Shape> = {};
  for (const [key, value] of Object.entries(facts)) {
    if (typeof value === 'string') shape[key] = 'text';
    else if (typeof value === 'boolean') shape[key] = 'boolean';
    // Every number among the facts is an instant.
    else if (typeof value === 'number') shape[key] = 'date';
    else if (value === null || isList(value)) shape[key] = 'any';
    else shape[key] = shapeOfFacts(value);
  }
  return shape;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** What the conditions of one flow may read besides; `vars` are the types of what it sets. */
export function ownShape(
  draft: Draft,
  actions: ReadonlyMap<string, ActionDeclaration>,
  vars: Readonly<Record<string, ValueType>>,
): Pick<ScopeShape, 'answers' | 'session'> {
  const answers: Record<string, ValueType | Shape> = {};
  for (const step of draft.steps) {
    if (step.type === 'collect') {
      const value = answerValue(step.answer);
      const before = answers[step.name];
      answers[step.name] = before === undefined || before === value ? value : 'any';
    } else if (step.type === 'action') {
      const result = actions.get(step.action.text)?.result;
      if (result !== undefined) {
        answers[step.id] = Object.fromEntries(
          Object.entries(result).map(([key, type]) => [key, fieldValue(type)]),
        );
      }
    }
  }
  const session = { turn: 'number', channel: 'text', language: 'text', ...vars } as const;
  return {
    answers,
    session: intentsOf(draft).length === 0 ? session : { ...session, intent: 'text' },
  };
}

/** The intents that start a flow, one of which it may read as `session.intent`. */
function intentsOf({ triggers }: Draft): readonly string[] {
  return triggers.flatMap(({ trigger }) => (trigger.type === 'intent' ? [trigger.intent] : []));
}

/** Names of the values a flow sets as `session.…`. */
export function sessionVars(steps: readonly DraftStep[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const step of steps) {
    if (step.type !== 'set') continue;
    for (const { path } of step.values) {
      const [root, name, ...rest] = path.text.split('.');
      if (root === 'session' && name !== undefined && rest.length === 0) names.add(name);
    }
  }
  return names;
}

/** What may be compared with a fixed list, by its path: questions with options, and the intent. */
export function optionsByAnswer(draft: Draft): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, readonly string[]>([['session.intent', intentsOf(draft)]]);
  for (const step of draft.steps) {
    if (step.type !== 'collect' || step.options === undefined) continue;
    const path = `answers.${step.name}`;
    const own = step.options.map(({ text }) => text);
    options.set(path, [...(options.get(path) ?? []), ...own]);
  }
  return options;
}
