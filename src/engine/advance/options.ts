import { MINOR_UNITS } from '../currency.js';
import type { Option } from '../effect.js';
import type { CollectStep, Flow, Words } from '../flow.js';
import { isObject } from '../json.js';
import { showAmount } from './show-answer.js';
import type { Draft, Turn } from './turn.js';
import { commonText, phraseOf } from './words.js';

const NONE: readonly Option[] = [];

/** What a question offers, labelled in the language of the turn. */
export function optionsOf(
  turn: Turn,
  frame: Draft,
  flow: Flow,
  step: CollectStep,
): readonly Option[] {
  switch (step.answer) {
    case 'yes_no':
      return [
        { value: 'yes', label: commonText(turn, 'yes') },
        { value: 'no', label: commonText(turn, 'no') },
      ];
    case 'choice':
    case 'choices':
      return choicesOf(turn, frame, flow, step);
    case 'amount':
      return suggested(turn, frame, step);
    case 'text':
    case 'name':
    case 'email':
    case 'phone':
    case 'postal_code':
    case 'address':
    case 'number':
    case 'date':
    case 'location':
    case 'contact':
    case 'media':
      return NONE;
    default:
      return step.answer satisfies never;
  }
}

function choicesOf(turn: Turn, frame: Draft, flow: Flow, step: CollectStep): readonly Option[] {
  const { options } = step;
  switch (options.type) {
    case 'none':
      return NONE;
    case 'fixed':
      return labelled(turn, flow, step, options.values);
    case 'from':
      return returnedOptions(frame.answers[options.answer]);
    default:
      return options satisfies never;
  }
}

/** Amounts that a question suggests, in the campaign's currency; any other may be written. */
function suggested(turn: Turn, frame: Draft, { options }: CollectStep): readonly Option[] {
  return amountsOf(frame, options).map((value) => ({
    value,
    label: showAmount(turn, Number(value) * MINOR_UNITS).text,
  }));
}

/** Whole euros or dollars; what an action suggests that is none is left out. */
function amountsOf({ answers }: Draft, options: CollectStep['options']): readonly string[] {
  switch (options.type) {
    case 'none':
      return [];
    case 'fixed':
      return options.values;
    case 'from':
      return returnedOptions(answers[options.answer])
        .map(({ value }) => value)
        .filter((value) => /^[1-9]\d{0,8}$/.test(value));
    default:
      return options satisfies never;
  }
}

const LABELLED = new WeakMap<Words, Map<string, readonly Option[]>>();

/** Fixed options keep their labels as long as the words of their flow: made once a language. */
function labelled(
  turn: Turn,
  flow: Flow,
  step: CollectStep,
  values: readonly string[],
): readonly Option[] {
  const made = LABELLED.get(flow.words) ?? new Map<string, readonly Option[]>();
  const place = `${turn.language} ${step.id}`;
  const known = made.get(place);
  if (known !== undefined) return known;
  const options = values.map((value) => {
    const phrase = phraseOf(turn, flow.words, `${step.name}.options.${value}`);
    return { value, label: phrase?.render({}) ?? value };
  });
  LABELLED.set(flow.words, made.set(place, options));
  return options;
}

/** The options an action returned: the first list of its result, of texts or `{ value, label }`. */
function returnedOptions(result: unknown): readonly Option[] {
  const lists = isObject(result) ? Object.values(result) : [result];
  const items: readonly unknown[] = lists.find((list) => Array.isArray(list)) ?? [];
  return items.flatMap((item) => {
    if (typeof item === 'string') return [{ value: item, label: item }];
    if (!isObject(item) || typeof item['value'] !== 'string') return [];
    const { value, label } = item;
    return [{ value, label: typeof label === 'string' ? label : value }];
  });
}
