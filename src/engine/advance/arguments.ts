import type { CollectStep, Flow, Phrase, Printed } from '../flow.js';
import { tellBallot } from '../calendar/tell-ballot.js';
import { isObject, type Json } from '../json.js';
import { listFormatOf } from '../list-format.js';
import { instantOf } from '../parse/instant.js';
import { optionsOf } from './options.js';
import { showAmount, showAnswer, showDate } from './show-answer.js';
import type { Draft, Turn } from './turn.js';
import { commonText } from './words.js';

type Argument = string | number | Date | Printed;
type Arguments = Readonly<Record<string, Argument>>;

const NO_ARGUMENTS: Arguments = {};

/** The values a phrase names; one that is unknown is left out, and the phrase says `none` of it. */
export function argumentsOf(turn: Turn, frame: Draft, flow: Flow, phrase: Phrase): Arguments {
  if (phrase.arguments.length === 0) return NO_ARGUMENTS;
  const values: Record<string, Argument> = {};
  for (const name of phrase.arguments) {
    const value = argumentOf(turn, frame, flow, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function argumentOf(turn: Turn, frame: Draft, flow: Flow, name: string): Argument | undefined {
  const { campaign } = turn.library;
  switch (name) {
    case 'firstName': {
      const first = turn.profile['first_name'];
      return typeof first === 'string' ? first : undefined;
    }
    case 'campaign':
      return campaign.name;
    case 'candidate':
      return campaign.candidate;
    case 'agent':
      return campaign.donations?.agent;
    case 'agentSince': {
      const since = campaign.donations?.agentSince;
      return since === undefined
        ? undefined
        : new Date(instantOf(since, '00:00', campaign.timezone));
    }
    case 'election':
      return campaign.election?.name[turn.language];
    case 'ballotDay':
    case 'opens':
    case 'closes':
      return tellBallot(campaign, turn.profile, turn.event.at, turn.language)?.[name];
    case 'now':
      return new Date(turn.event.at);
    default:
      return answerOf(turn, frame, flow, name);
  }
}

/** An answer by its name, or the field of an action's result as `<id>_<field>`. */
function answerOf(turn: Turn, frame: Draft, flow: Flow, name: string): Argument | undefined {
  if (Object.hasOwn(frame.answers, name)) {
    return asWords(turn, frame, flow, name, frame.answers[name]);
  }
  for (let end = name.indexOf('_'); end > 0; end = name.indexOf('_', end + 1)) {
    const id = name.slice(0, end);
    const result = Object.hasOwn(frame.answers, id) ? frame.answers[id] : undefined;
    const field = name.slice(end + 1);
    if (isObject(result) && Object.hasOwn(result, field)) {
      return showResult(turn, flow, id, field, result[field]);
    }
  }
  return undefined;
}

/** A field of what an action gave, as its declaration has it. */
function showResult(
  turn: Turn,
  flow: Flow,
  id: string,
  field: string,
  value: unknown,
): Argument | undefined {
  const step = flow.byId.get(id);
  const isAmount = step?.type === 'action' && step.amounts?.includes(field) === true;
  if (isAmount && typeof value === 'number') return showAmount(turn, value);
  return showDate(turn, value) ?? plainWords(turn, value);
}

function asWords(
  turn: Turn,
  frame: Draft,
  flow: Flow,
  name: string,
  value: Json | undefined,
): Argument | undefined {
  const asked = flow.steps.find(
    (step): step is CollectStep => step.type === 'collect' && step.name === name,
  );
  if (asked === undefined) return plainWords(turn, value);
  if (asked.answer !== 'choice' && asked.answer !== 'choices') {
    return showAnswer(turn, asked.answer, value) ?? plainWords(turn, value);
  }
  const options = optionsOf(turn, frame, flow, asked);
  const labelOf = (chosen: unknown): unknown =>
    options.find((option) => option.value === chosen)?.label ?? chosen;
  if (Array.isArray(value)) return plainWords(turn, value.map(labelOf));
  const text = labelOf(value);
  return typeof value === 'string' && typeof text === 'string'
    ? { value, text }
    : plainWords(turn, text);
}

function plainWords(turn: Turn, value: unknown): Argument | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') {
    const name = value ? 'yes' : 'no';
    return { value: name, text: commonText(turn, name) };
  }
  return Array.isArray(value) ? listed(turn, value) : undefined;
}

function listed(turn: Turn, items: readonly unknown[]): string {
  const words = items.filter((item) => typeof item === 'string' || typeof item === 'number');
  return listFormatOf(turn.language).write(words.map(String));
}
