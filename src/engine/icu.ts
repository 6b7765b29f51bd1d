import {
  isArgumentElement,
  isDateElement,
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  isTimeElement,
  parse,
  type MessageFormatElement,
  type PluralElement,
} from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Phrase, Printed } from './flow.js';

/** How a phrase uses an argument: printed, compared, counted, or formatted. */
export type Use = {
  readonly name: string;
  readonly as: 'plain' | 'select' | 'plural' | 'number' | 'date';
  /** Whether this use also works when the argument has no value. */
  readonly absentFine: boolean;
};

/** A part of what a phrase prints: a text, or the value of an argument. */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'argument'; readonly name: string };

/** What a phrase is made of. */
export type PhraseReading = {
  readonly phrase: Phrase;
  readonly uses: readonly Use[];
  /** Characters of the shortest it can become, arguments counted as none. */
  readonly shortest: number;
  /** Whether it prints a piece that is wanted whatever the values are: on every branch. */
  readonly surely: (wanted: (piece: Piece) => boolean) => boolean;
};

/** The word an argument without value is given as. */
export const NONE = 'none';

type Values = Parameters<Phrase['render']>[0];
type Part = (values: Values) => string;

/**
 * Reads a phrase written in ICU MessageFormat, tags taken as plain text; dates are shown in the
 * time zone. `problem` is a sentence when its syntax is wrong.
 */
export function readPhrase(
  source: string,
  language: string,
  timezone: string,
): PhraseReading | { readonly problem: string } {
  if (!/[{}']/.test(source)) {
    return {
      phrase: { arguments: [], render: () => source },
      uses: [],
      shortest: lengthOf(source),
      surely: (wanted) => wanted({ type: 'text', text: source }),
    };
  }
  try {
    return readElements(source, parse(source, { ignoreTag: true, locale: localeOf(language) }), {
      language,
      timezone,
    });
  } catch (error) {
    return { problem: explain(error) };
  }
}

function readElements(
  source: string,
  elements: readonly MessageFormatElement[],
  place: Place,
): PhraseReading | { readonly problem: string } {
  const uses: Use[] = [];
  const literals: string[] = [];
  collectUses(elements, new Set(), uses, literals);
  if (!source.includes("'") && literals.some((text) => text.includes('}'))) {
    return { problem: 'a } closes nothing; take it away or add the missing {' };
  }
  const names = [...new Set(uses.map(({ name }) => name))];
  // Most phrases are only checked: what renders one is made when it is first said.
  let part: Part | undefined;
  const render: Part = (values) => {
    part ??= join(elements.map((element) => toPart(element, place)));
    return part(values);
  };
  return {
    phrase: { arguments: names, render },
    uses,
    shortest: shortestOf(elements),
    surely: (wanted) => printsSurely(elements, wanted),
  };
}

const LOCALES = new Map<string, Intl.Locale>();

function localeOf(language: string): Intl.Locale {
  let locale = LOCALES.get(language);
  if (locale === undefined) {
    locale = new Intl.Locale(language);
    LOCALES.set(language, locale);
  }
  return locale;
}

const CAUSES: Readonly<Record<string, string>> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: 'a { is never closed; add the missing }',
  EMPTY_ARGUMENT: '{} has no name in it; write the name of an argument, such as {firstName}',
  MALFORMED_ARGUMENT:
    'the name between { and } is not one; write letters and digits only, such as {firstName}',
  MISSING_OTHER_CLAUSE: 'a select or plural has no `other {…}`; add it as the last branch',
};

function explain(error: unknown): string {
  const kind = error instanceof Error ? error.message : '';
  const known = CAUSES[kind];
  if (known !== undefined) return known;
  const words = kind.toLowerCase().replaceAll('_', ' ');
  return `${words === '' ? 'it cannot be read' : words}; check its braces, commas and branches`;
}

function collectUses(
  elements: readonly MessageFormatElement[],
  present: ReadonlySet<string>,
  uses: Use[],
  literals: string[],
): void {
  for (const element of elements) {
    if (isLiteralElement(element)) {
      literals.push(element.value);
      continue;
    }
    if (isPoundElement(element)) continue;
    const name = element.value;
    const known = present.has(name);
    if (isSelectElement(element)) {
      const hasNone = Object.hasOwn(element.options, NONE);
      uses.push({ name, as: 'select', absentFine: known || hasNone });
      for (const [branch, { value }] of Object.entries(element.options)) {
        const within = hasNone && branch !== NONE ? new Set([...present, name]) : present;
        collectUses(value, within, uses, literals);
      }
    } else if (isPluralElement(element)) {
      uses.push({ name, as: 'plural', absentFine: known });
      for (const { value } of Object.values(element.options)) {
        collectUses(value, present, uses, literals);
      }
    } else if (isNumberElement(element)) {
      uses.push({ name, as: 'number', absentFine: known });
    } else if (isDateElement(element) || isTimeElement(element)) {
      uses.push({ name, as: 'date', absentFine: known });
    } else {
      uses.push({ name, as: 'plain', absentFine: known });
    }
  }
}

function shortestOf(elements: readonly MessageFormatElement[]): number {
  let total = 0;
  for (const element of elements) {
    if (isLiteralElement(element)) total += lengthOf(element.value);
    else if (isSelectElement(element) || isPluralElement(element)) {
      total += Math.min(...Object.values(element.options).map(({ value }) => shortestOf(value)));
    }
  }
  return total;
}

function printsSurely(
  elements: readonly MessageFormatElement[],
  wanted: (piece: Piece) => boolean,
): boolean {
  return elements.some((element) => {
    if (isLiteralElement(element)) return wanted({ type: 'text', text: element.value });
    if (isPoundElement(element)) return false;
    if (!isSelectElement(element) && !isPluralElement(element)) {
      return wanted({ type: 'argument', name: element.value });
    }
    return Object.values(element.options).every(({ value }) => printsSurely(value, wanted));
  });
}

/** Counts characters as channels do: code points. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
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
    return (values) => (branches.get(nameOf(values[name])) ?? other)(values);
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

/** What a value is called in the branches of a select. */
function nameOf(value: Values[string] | undefined): string {
  if (value === undefined) return NONE;
  return isPrinted(value) ? value.text : String(value);
}

/** A value to count or to format. */
function bare(value: Values[string] | undefined): string | number | Date | undefined {
  return isPrinted(value) ? value.value : value;
}

function isPrinted(value: Values[string] | undefined): value is Printed {
  return typeof value === 'object' && 'text' in value;
}
