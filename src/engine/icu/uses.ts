import {
  isDateElement,
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  isTimeElement,
  type MessageFormatElement,
  type PluralElement,
} from '@formatjs/icu-messageformat-parser';
import { NONE } from './render.js';

/** How a phrase uses an argument: printed, compared, counted, or formatted. */
export type Use = {
  readonly name: string;
  readonly as: 'plain' | 'select' | 'plural' | 'number' | 'date';
  /** Whether this use also works when the argument has no value. */
  readonly absentFine: boolean;
  /** What a select compares it with, beside `none` and `other`. */
  readonly branches?: readonly string[];
};

/** A part of what a phrase prints: a text, or the value of an argument. */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'argument'; readonly name: string };

/** The arguments that elements name, in order. */
export function usesOf(elements: readonly MessageFormatElement[]): readonly Use[] {
  const uses: Use[] = [];
  collectUses(elements, new Set(), uses);
  return uses;
}

function collectUses(
  elements: readonly MessageFormatElement[],
  present: ReadonlySet<string>,
  uses: Use[],
): void {
  for (const element of elements) {
    if (isLiteralElement(element) || isPoundElement(element)) continue;
    const name = element.value;
    const known = present.has(name);
    if (isSelectElement(element)) {
      const names = Object.keys(element.options);
      const hasNone = names.includes(NONE);
      const branches = names.filter((branch) => branch !== NONE && branch !== 'other');
      uses.push({ name, as: 'select', absentFine: known || hasNone, branches });
      for (const [branch, { value }] of Object.entries(element.options)) {
        const within = hasNone && branch !== NONE ? new Set([...present, name]) : present;
        collectUses(value, within, uses);
      }
    } else if (isPluralElement(element)) {
      uses.push({ name, as: 'plural', absentFine: known });
      for (const { value } of Object.values(element.options)) collectUses(value, present, uses);
    } else if (isNumberElement(element)) {
      uses.push({ name, as: 'number', absentFine: known });
    } else if (isDateElement(element) || isTimeElement(element)) {
      uses.push({ name, as: 'date', absentFine: known });
    } else {
      uses.push({ name, as: 'plain', absentFine: known });
    }
  }
}

/** The texts that stand in elements, on every branch. */
export function literalsOf(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element): readonly string[] => {
    if (isLiteralElement(element)) return [element.value];
    if (!isSelectElement(element) && !isPluralElement(element)) return [];
    return Object.values(element.options).flatMap(({ value }) => literalsOf(value));
  });
}

/**
 * Characters of the longest that elements can become, whichever branches are taken; `lengthOf` tells
 * how long an argument is, as far as that is known.
 */
export function longestOf(
  elements: readonly MessageFormatElement[],
  lengthOf: (name: string) => number,
): number {
  let total = 0;
  for (const element of elements) {
    if (isLiteralElement(element)) total += countCharacters(element.value);
    else if (isSelectElement(element) || isPluralElement(element)) {
      const branches = Object.values(element.options);
      total += Math.max(...branches.map(({ value }) => longestOf(value, lengthOf)));
    } else total += isPoundElement(element) ? 1 : lengthOf(element.value);
  }
  return total;
}

/** Whether elements print a piece that is wanted whatever the values are: on every branch. */
export function printsSurely(
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

/** A branch of a plural that no number ever takes in a language, with those that are taken. */
export function idleBranch(
  elements: readonly MessageFormatElement[],
  language: string,
): { readonly branch: string; readonly taken: readonly string[] } | undefined {
  for (const element of elements) {
    if (!isSelectElement(element) && !isPluralElement(element)) continue;
    const taken = isPluralElement(element) ? categoriesOf(element, language) : undefined;
    for (const [branch, { value }] of Object.entries(element.options)) {
      if (taken !== undefined && !branch.startsWith('=') && !taken.includes(branch)) {
        return { branch, taken };
      }
      const inner = idleBranch(value, language);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

function categoriesOf({ pluralType }: PluralElement, language: string): readonly string[] {
  const rules = new Intl.PluralRules(language, { type: pluralType ?? 'cardinal' });
  return rules.resolvedOptions().pluralCategories;
}

/** Counts characters as channels do: code points. */
export function countCharacters(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length;
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
