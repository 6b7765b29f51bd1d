import {
  isArgumentElement,
  isLiteralElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  type MessageFormatElement,
  type PluralElement,
} from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Phrase, Printed } from '../flow.js';

/** The word an argument without value is given as. */
export const NONE = 'none';

type Values = Parameters<Phrase['render']>[0];
type Part = (values: Values) => string;

/** Makes the function that writes a phrase of elements; dates are shown in the time zone. */
export function toWriter(
  elements: readonly MessageFormatElement[],
  place: { readonly language: string; readonly timezone: string },
): Part {
  return join(elements.map((element) => toPart(element, place)));
}

type Place = { readonly language: string; readonly timezone: string };
/** The plural a `#` counts. */
type Counted = { readonly name: string; readonly offset: number };

function toPart(element: MessageFormatElement, place: Place, counted?: Counted): Part {
  if (isLiteralElement(element)) {
    const { value } = element;
    return () => value;
  }
  if (isPoundElement(element)) return toCount(place, counted);
  const name = element.value;
  if (isArgumentElement(element)) return (values) => print(values[name], place);
  if (isSelectElement(element)) {
    const branches = new Map<string, Part>();
    for (const [branch, { value }] of Object.entries(element.options)) {
      branches.set(branch, join(value.map((item) => toPart(item, place, counted))));
    }
    const other = branches.get('other') ?? (() => '');
    return (values) => {
      const found = namesOf(values[name]).find((branch) => branches.has(branch));
      return ((found === undefined ? undefined : branches.get(found)) ?? other)(values);
    };
  }
  if (isPluralElement(element)) return toPlural(element, place);
  // One element always asks for the same formatter, which is slow to make.
  let numbers: Intl.NumberFormat | undefined;
  let dates: Intl.DateTimeFormat | undefined;
  const format = new IntlMessageFormat([element], place.language, undefined, {
    formatters: {
      getNumberFormat: (locales, options) => (numbers ??= new Intl.NumberFormat(locales, options)),
      getPluralRules: (locales, options) => new Intl.PluralRules(locales, options),
      getDateTimeFormat: (locales, options) =>
        (dates ??= new Intl.DateTimeFormat(locales, { timeZone: place.timezone, ...options })),
    },
  });
  return (values) => {
    const value = bare(values[name]);
    if (value === undefined) return NONE;
    const text = format.format({ [name]: value });
    return typeof text === 'string' ? text : String(text);
  };
}

function toPlural(element: PluralElement, place: Place): Part {
  const { value: name, offset } = element;
  const rules = new Intl.PluralRules(place.language, { type: element.pluralType ?? 'cardinal' });
  const branches = new Map<string, Part>();
  for (const [branch, { value }] of Object.entries(element.options)) {
    const parts = value.map((item) => toPart(item, place, { name, offset }));
    branches.set(branch, join(parts));
  }
  const other = branches.get('other') ?? (() => '');
  return (values) => {
    const count = Number(bare(values[name]));
    if (Number.isNaN(count)) return other(values);
    const branch = branches.get(`=${count}`) ?? branches.get(rules.select(count - offset));
    return (branch ?? other)(values);
  };
}

function toCount({ language }: Place, counted: Counted | undefined): Part {
  if (counted === undefined) return () => '#';
  const format = new Intl.NumberFormat(language);
  return (values) => {
    const count = Number(bare(values[counted.name]));
    return Number.isNaN(count) ? NONE : format.format(count - counted.offset);
  };
}

function join(parts: readonly Part[]): Part {
  const [first, second, third] = parts;
  if (first === undefined) return () => '';
  if (second === undefined) return first;
  if (third === undefined) return (values) => first(values) + second(values);
  return (values) => {
    let text = '';
    for (const part of parts) text += part(values);
    return text;
  };
}

const DATES = new Map<string, Intl.DateTimeFormat>();

function longDate({ language, timezone }: Place): Intl.DateTimeFormat {
  const key = `${language} ${timezone}`;
  let format = DATES.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: timezone });
    DATES.set(key, format);
  }
  return format;
}

function print(value: Values[string] | undefined, place: Place): string {
  if (value === undefined) return NONE;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return isPrinted(value) ? value.text : longDate(place).format(value);
}

/** What a value is called in the branches of a select: an option by its name, or by its label. */
function namesOf(value: Values[string] | undefined): readonly string[] {
  if (value === undefined) return [NONE];
  if (!isPrinted(value)) return [String(value)];
  return typeof value.value === 'string' ? [value.value, value.text] : [value.text];
}

/** A value to count or to format. */
function bare(value: Values[string] | undefined): string | number | Date | undefined {
  return isPrinted(value) ? value.value : value;
}

function isPrinted(value: Values[string] | undefined): value is Printed {
  return typeof value === 'object' && 'text' in value;
}
