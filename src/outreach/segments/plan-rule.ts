import { isDate } from '../../engine/parse/instant.js';
import { consentNow } from '../../supporters/consents-now.js';
import type { Comparison, Condition, Literal } from './condition.js';
import { dayAfter, dayOf, startOf } from './days.js';
import type { SegmentField } from './fields.js';
import type { Operator, Rule } from './segment.js';

/** When relative conditions are meant, and where days begin. */
export type Moment = { readonly at: Date; readonly timezone: string };

/** Operators that hold for exactly those for whom another does not. */
const OPPOSITES: { readonly [operator in Operator]?: Operator } = {
  '!=': '=',
  notIn: 'in',
  doesNotBeginWith: 'beginsWith',
  doesNotContain: 'contains',
  notWithinDays: 'withinDays',
  null: 'notNull',
};

const NOBODY: Condition = { type: 'any', of: [] };

/**
 * What a rule that was checked asks of a record. Days are those of the campaign's time zone: within the
 * last 0 days is today, within the last 7 is today and the seven days before.
 */
export function planRule(rule: Rule, field: SegmentField, moment: Moment): Condition {
  const opposite = OPPOSITES[rule.operator];
  if (opposite === undefined) return planField(rule, field, moment);
  return not(planField({ ...rule, operator: opposite }, field, moment));
}

function planField(rule: Rule, field: SegmentField, moment: Moment): Condition {
  switch (field.type) {
    case 'text':
      return rule.operator === 'notNull' ? aText(field.path) : planValue(rule, field.path);
    case 'yes_no':
      return rule.operator === 'notNull'
        ? { type: 'one_of', path: field.path, values: [true, false] }
        : planValue(rule, field.path);
    case 'list':
      return rule.operator === 'notNull' ? known(field.path) : planValue(rule, field.path);
    case 'known':
      return field.isText === true ? aText(field.path) : known(field.path);
    case 'number':
      return planNumber(rule, field.path, field.counts === true);
    case 'instant':
      return planInstant(rule, field.path, moment);
    case 'day':
      return planDay(rule, field.path, moment);
    case 'consent':
      return planConsent(String(rule.value), field.purpose, field.channel);
    case 'counted':
      return is(`${field.path}.${String(rule.value)}`, '$gte', 1);
    default:
      return field satisfies never;
  }
}

function planValue({ operator, value = '' }: Rule, path: string): Condition {
  if (operator === 'in') return { type: 'one_of', path, values: [value].flat() };
  const [only = ''] = [value].flat();
  if (operator !== 'beginsWith') return is(path, '$eq', only);
  const prefix = String(only);
  return both(is(path, '$gte', prefix), is(path, '$lt', textAfter(prefix)));
}

/** The least text that is greater than all that begin so; its last sign is one of ASCII. */
function textAfter(prefix: string): string {
  const last = prefix.charCodeAt(prefix.length - 1);
  return `${prefix.slice(0, -1)}${String.fromCharCode(last + 1)}`;
}

/** How a number compares; `=` where it is none of these. */
const COMPARISONS: { readonly [operator in Operator]?: Comparison } = {
  '<': '$lt',
  '<=': '$lte',
  '>': '$gt',
  '>=': '$gte',
};

/** Of what counts, absent is zero: whoever has none is among those for whom zero would do. */
function planNumber(rule: Rule, path: string, counts: boolean): Condition {
  const condition = planPresent(rule, path);
  if (!counts || !doesZero(rule)) return condition;
  return { type: 'any', of: [condition, not(known(path))] };
}

function planPresent({ operator, value = 0 }: Rule, path: string): Condition {
  if (operator === 'notNull') return is(path, '$gte', -Infinity);
  const numbers = [value].flat().map(Number);
  const [first = 0, second = first] = numbers;
  if (operator === 'in') return { type: 'one_of', path, values: numbers };
  if (operator === 'between') return both(is(path, '$gte', first), is(path, '$lte', second));
  return is(path, COMPARISONS[operator] ?? '$eq', first);
}

function doesZero({ operator, value = 0 }: Rule): boolean {
  const numbers = [value].flat().map(Number);
  const [first = 0, second = first] = numbers;
  if (operator === 'between') return first <= 0 && second >= 0;
  if (operator === '<') return first > 0;
  if (operator === '>') return first < 0;
  if (operator === '<=') return first >= 0;
  if (operator === '>=') return first <= 0;
  return numbers.includes(0);
}

function planInstant(rule: Rule, path: string, { at, timezone }: Moment): Condition {
  if (rule.operator === 'notNull') return is(path, '$gte', new Date(0));
  const today = dayOf(at, timezone);
  if (rule.operator === 'withinDays') {
    return is(path, '$gte', startOf(dayAfter(today, -Number(rule.value)), timezone));
  }
  const written = String(rule.value);
  const day = written === 'today' ? today : written;
  const isAfter = rule.operator === 'after';
  if (!isDate(day)) return is(path, isAfter ? '$gt' : '$lt', new Date(day));
  // After a day is from the next one on.
  return isAfter
    ? is(path, '$gte', startOf(dayAfter(day, 1), timezone))
    : is(path, '$lt', startOf(day, timezone));
}

/** Days are kept as texts that begin with them, so they are compared as such. */
function planDay(rule: Rule, path: string, { at, timezone }: Moment): Condition {
  const today = dayOf(at, timezone);
  const from = (first: string, last: string): Condition =>
    both(is(path, '$gte', first), is(path, '$lt', dayAfter(last, 1)));
  const day = rule.value === 'today' ? today : String(rule.value);
  const { operator } = rule;
  if (operator === 'notNull') return aText(path);
  if (operator === 'withinDays') return from(dayAfter(today, -Number(rule.value)), today);
  if (operator === 'withinNextDays') return from(today, dayAfter(today, Number(rule.value)));
  if (operator === 'before') return both(aText(path), is(path, '$lt', day));
  if (operator === 'after') return is(path, '$gte', dayAfter(day, 1));
  return from(day, day);
}

/** Of a channel, what was said of it by name counts, and else what was said of all. */
function planConsent(answer: string, purpose: string, channel: string | undefined): Condition {
  const says = (place: string | undefined, what: 'given' | 'refused'): Condition =>
    is('consents_now', '$eq', consentNow(purpose, place, what));
  const answered = (what: 'given' | 'refused'): Condition => {
    if (channel === undefined) return says(undefined, what);
    const other = what === 'given' ? 'refused' : 'given';
    return {
      type: 'any',
      of: [says(channel, what), both(says('*', what), not(says(channel, other)))],
    };
  };
  if (answer === 'given' || answer === 'refused') return answered(answer);
  if (answer !== 'never_asked') return NOBODY;
  return not({ type: 'any', of: [answered('given'), answered('refused')] });
}

/** What an index can find, unlike all that is known. */
function aText(path: string): Condition {
  return is(path, '$gt', '');
}

function known(path: string): Condition {
  return { type: 'known', path };
}

function is(path: string, by: Comparison, value: Literal): Condition {
  return { type: 'is', path, by, value };
}

function both(one: Condition, other: Condition): Condition {
  return { type: 'all', of: [one, other] };
}

function not(of: Condition): Condition {
  return { type: 'not', of };
}
