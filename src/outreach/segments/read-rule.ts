import { didYouMean } from '../../engine/parse/suggest.js';
import { tell } from '../../engine/sentence.js';
import { isMoment } from './days.js';
import { CONSENT_VALUES, operatorsOf, type SegmentField } from './fields.js';
import { LONGEST_TEXT, MOST_VALUES, type Operator, type Rule, type RuleValue } from './segment.js';

/** The longest span of days that a condition may look back or ahead. */
const MOST_DAYS = 36_500;

/** Takes down what is wrong, where in the data. */
export type Report = (path: string, message: string) => void;

type Scalar = string | number | boolean;
/** Reads one value; a text instead of it says what should be written. */
type ReadValue = (value: unknown) => { readonly value: Scalar } | string;

/** Reads one condition about a field that is there; undefined, and reported, when it is wrong. */
export function readRule(
  name: string,
  field: SegmentField,
  written: unknown,
  value: unknown,
  path: string,
  report: Report,
): Rule | undefined {
  const operators = operatorsOf(field);
  const operator = operators.find((known) => known === written);
  if (operator === undefined) {
    const asked = isText(written) ? written : '';
    const shown = JSON.stringify(asked);
    report(
      at(path, 'operator'),
      `${JSON.stringify(name)} has no operator ${shown}; ${tell(didYouMean(asked, operators))}`,
    );
    return undefined;
  }
  const read = readOperand(field, operator, value, (message) => report(at(path, 'value'), message));
  if (read === undefined) return undefined;
  return { field: name, operator, ...(read === NOTHING ? {} : { value: read }) };
}

/** Some operators take no value. */
const NOTHING = Symbol('nothing');

function readOperand(
  field: SegmentField,
  operator: Operator,
  value: unknown,
  report: (message: string) => void,
): RuleValue | typeof NOTHING | undefined {
  if (operator === 'null' || operator === 'notNull') {
    if (value === undefined || value === null || value === '') return NOTHING;
    report(`${operator} takes no value; leave it out`);
    return undefined;
  }
  const read = readerOf(field, operator);
  if (operator === 'in' || operator === 'notIn')
    return readSeveral(value, 1, MOST_VALUES, read, report);
  if (operator === 'between') {
    const span = readSeveral(value, 2, 2, read, report);
    if (span === undefined || Number(span[0]) <= Number(span[1])) return span;
    report('write the smaller number first');
    return undefined;
  }
  const one = read(value);
  if (typeof one !== 'string') return one.value;
  report(one);
  return undefined;
}

function readSeveral(
  value: unknown,
  least: number,
  most: number,
  read: ReadValue,
  report: (message: string) => void,
): readonly Scalar[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  if (items.length < least || items.length > most) {
    report(
      least === most ? `write a list of ${most} values` : `write a list of 1 to ${most} values`,
    );
    return undefined;
  }
  const values: Scalar[] = [];
  for (const item of items) {
    const one = read(item);
    if (typeof one === 'string') {
      report(one);
      return undefined;
    }
    values.push(one.value);
  }
  return values;
}

function readerOf(field: SegmentField, operator: Operator): ReadValue {
  switch (field.type) {
    case 'text':
      if (operator === 'beginsWith' || operator === 'doesNotBeginWith') return readBeginning;
      return field.values === undefined ? readText : oneOf(field.values);
    case 'number':
      return readNumber;
    case 'yes_no':
      return (value) => (typeof value === 'boolean' ? { value } : 'write true or false');
    case 'list':
      return field.values === undefined ? readScalar : oneOf(field.values);
    case 'instant':
    case 'day':
      if (['withinDays', 'notWithinDays', 'withinNextDays'].includes(operator)) return readDays;
      return field.type === 'day' ? readDay : readMoment;
    case 'consent':
      return oneOf(CONSENT_VALUES);
    case 'counted':
      return oneOf(field.values);
    case 'known':
      return () => 'ask null or notNull';
    default:
      return field satisfies never;
  }
}

const readText: ReadValue = (value) => (isText(value) ? { value } : 'write a text');

const readBeginning: ReadValue = (value) =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9 -]{0,19}$/.test(value)
    ? { value }
    : 'write how it begins, in letters and digits, within quotes: "35"';

const readScalar: ReadValue = (value) =>
  isText(value) || typeof value === 'boolean' || isNumber(value)
    ? { value }
    : 'write a text, a number, or true or false';

const readNumber: ReadValue = (value) => {
  if (isNumber(value)) return { value };
  // Fields of a form give texts.
  if (typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value)) {
    return { value: Number(value) };
  }
  return 'write a number';
};

const readDays: ReadValue = (value) => {
  const read = readNumber(value);
  const days = typeof read === 'string' ? -1 : Number(read.value);
  return Number.isInteger(days) && days >= 0 && days <= MOST_DAYS
    ? { value: days }
    : `write a number of days, 0 for today, up to ${MOST_DAYS}`;
};

const readMoment: ReadValue = (value) =>
  typeof value === 'string' && (value === 'today' || isMoment(value))
    ? { value }
    : 'write today, a day such as "2032-03-14", or an instant such as "2032-03-14T18:00:00+01:00"';

const readDay: ReadValue = (value) =>
  typeof value === 'string' && (value === 'today' || (value.length === 10 && isMoment(value)))
    ? { value }
    : 'write today, or a day such as "2032-03-14"';

function oneOf(values: readonly string[]): ReadValue {
  return (value) => {
    const known = values.find((one) => one === value);
    if (known !== undefined) return { value: known };
    const asked = isText(value) ? value : '';
    return `there is no ${JSON.stringify(asked)} here; ${tell(didYouMean(asked, values))}`;
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The place of a part of the data, for faults. */
export function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A text that is neither empty nor endless, without halves of signs, which the store would not keep. */
export function isText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST_TEXT &&
    value.trim() !== '' &&
    !/\p{Surrogate}/u.test(value)
  );
}
