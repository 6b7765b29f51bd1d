import { BSONRegExp, BSONSymbol } from 'bson';
import { location } from '../command-error.js';
import { compareStrings } from '../compare.js';
import { isNumeric, numberOf } from '../numbers.js';
import { compileRegex } from '../regex.js';
import type { Regex } from '../regex.js';
import { typeName } from '../values.js';
import type { Value } from '../values.js';
import { textOf } from './conversions.js';
import { binary, fielded, isNullish, listed, unary, wrongType } from './operator.js';
import type { Operator, Operators, Scope } from './operator.js';

/** Text of an operand that must be text. */
function requireText(value: Value | undefined, scope: Scope, code: number): string {
  if (typeof value === 'string') return value;
  if (value instanceof BSONSymbol) return value.value;
  throw wrongType(scope, 'strings', value, code);
}

/** Text of an operand that some types stand in for, and null as nothing. */
function looseText(value: Value | undefined, scope: Scope): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string' || value instanceof Date || isNumeric(value)) return textOf(value);
  if (value instanceof BSONSymbol) return value.value;
  throw location(
    16007,
    `can't convert from BSON type ${typeName(value)} to String in ${scope.name}`,
  );
}

function requireCount(value: Value | undefined, scope: Scope, code: number): number {
  const count = numberOf(value);
  if (count === undefined) throw wrongType(scope, 'numbers as positions', value, code);
  return Math.trunc(count);
}

function concat(values: readonly (Value | undefined)[], scope: Scope): Value {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    text += requireText(value, scope, 16702);
  }
  return text;
}

function substring(values: readonly (Value | undefined)[], scope: Scope): Value {
  const characters = Array.from(looseText(values[0], scope));
  const start = requireCount(values[1], scope, 34450);
  const length = requireCount(values[2], scope, 34452);
  if (start < 0) throw location(34455, `${scope.name}: the starting index must be non-negative`);
  if (length < 0) throw location(34454, `${scope.name}: length must be a nonnegative integer`);
  return characters.slice(start, start + length).join('');
}

function substringBytes(values: readonly (Value | undefined)[], scope: Scope): Value {
  const bytes = Buffer.from(looseText(values[0], scope), 'utf8');
  const start = requireCount(values[1], scope, 16034);
  const length = requireCount(values[2], scope, 16035);
  if (start < 0) throw location(50752, `${scope.name}: starting index must be non-negative`);
  const end = length < 0 ? bytes.length : start + length;
  const cut = bytes.subarray(start, end);
  const text = cut.toString('utf8');
  if (text.includes('\ufffd') && Buffer.compare(Buffer.from(text), cut) !== 0) {
    throw location(28656, `${scope.name}: Invalid range, in the middle of a UTF-8 character`);
  }
  return text;
}

function split(a: Value | undefined, b: Value | undefined, scope: Scope): Value {
  if (isNullish(a) || isNullish(b)) return null;
  const separator = requireText(b, scope, 40086);
  if (separator === '') throw location(40087, '$split requires a non-empty separator');
  return requireText(a, scope, 40085).split(separator);
}

const BLANK = new Set(
  ' \t\n\v\f\r\0\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);

function trim(atStart: boolean, atEnd: boolean): Operator {
  return fielded(['input'], ['chars'], ({ input, chars }, scope) => {
    if (isNullish(input) || chars === null) return null;
    const away = chars === undefined ? BLANK : new Set(requireText(chars, scope, 50700));
    const characters = Array.from(requireText(input, scope, 50699));
    const isKept = (character: string) => !away.has(character);
    const start = atStart ? characters.findIndex(isKept) : 0;
    const end = atEnd ? characters.findLastIndex(isKept) + 1 : characters.length;
    return start < 0 ? '' : characters.slice(start, end).join('');
  });
}

/** The position in characters of a text in another; -1 when it is not there. */
function indexOf(values: readonly (Value | undefined)[], scope: Scope): Value {
  const [input, search, from, to] = values;
  if (isNullish(input)) return null;
  const characters = Array.from(requireText(input, scope, 40093));
  const start = from === undefined ? 0 : requireCount(from, scope, 40096);
  const end = to === undefined ? characters.length : requireCount(to, scope, 40096);
  if (start < 0 || end < 0) throw location(40097, `${scope.name} requires a nonnegative index`);
  const before = characters.slice(0, start).join('');
  const text = characters.slice(0, Math.max(start, end)).join('');
  const found = text.indexOf(requireText(search, scope, 40094), before.length);
  return start > characters.length || found < 0 ? -1 : Array.from(text.slice(0, found)).length;
}

type Search = { regex: Regex; text: string };

function readSearch(
  { input, regex, options }: { input?: Value; regex?: Value; options?: Value },
  scope: Scope,
): Search | undefined {
  if (isNullish(input) || isNullish(regex)) return undefined;
  const flags = isNullish(options) ? '' : requireText(options, scope, 51106);
  const text = requireText(input, scope, 51104);
  if (regex instanceof BSONRegExp) {
    return { text, regex: compileRegex(regex.pattern, regex.options || flags) };
  }
  return { text, regex: compileRegex(requireText(regex, scope, 51105), flags) };
}

function describe(found: RegExpExecArray, text: string): Value {
  return {
    match: found[0],
    idx: Array.from(text.slice(0, found.index)).length,
    captures: found.slice(1).map((capture: string | undefined) => capture ?? null),
  };
}

const regexMatch = fielded(['input', 'regex'], ['options'], (fields, scope) => {
  const search = readSearch(fields, scope);
  return search ? search.regex.test(search.text) : false;
});

const regexFind = fielded(['input', 'regex'], ['options'], (fields, scope) => {
  const search = readSearch(fields, scope);
  const found = search?.regex.run.exec(search.text);
  return search && found ? describe(found, search.text) : null;
});

const regexFindAll = fielded(['input', 'regex'], ['options'], (fields, scope) => {
  const search = readSearch(fields, scope);
  if (!search) return [];
  const { run } = search.regex;
  const all = search.text.matchAll(new RegExp(run.source, `${run.flags}g`));
  return [...all].map((found) => describe(found, search.text));
});

function replace(every: boolean): Operator {
  return fielded(['input', 'find', 'replacement'], [], ({ input, find, replacement }, scope) => {
    if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
    const [text, from, to] = [input, find, replacement].map((part) =>
      requireText(part, scope, 51746),
    );
    if (text === undefined || from === undefined || to === undefined) return null;
    return every ? text.replaceAll(from, () => to) : text.replace(from, () => to);
  });
}

/** Text. Case changes ASCII letters only, as in MongoDB. */
export const stringOperators: Operators = {
  $concat: listed(0, Infinity, concat),
  $toLower: unary((value, scope) =>
    looseText(value, scope).replace(/[A-Z]+/g, (part) => part.toLowerCase()),
  ),
  $toUpper: unary((value, scope) =>
    looseText(value, scope).replace(/[a-z]+/g, (part) => part.toUpperCase()),
  ),
  $substrCP: listed(3, 3, substring),
  $substrBytes: listed(3, 3, substringBytes),
  $substr: listed(3, 3, substringBytes),
  $split: binary(split),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $strLenCP: unary((value, scope) => Array.from(requireText(value, scope, 34471)).length),
  $strLenBytes: unary((value, scope) => Buffer.byteLength(requireText(value, scope, 34473))),
  $strcasecmp: binary((a, b, scope) =>
    Math.sign(compareStrings(looseText(a, scope).toUpperCase(), looseText(b, scope).toUpperCase())),
  ),
  $indexOfCP: listed(2, 4, indexOf),
  $regexMatch: regexMatch,
  $regexFind: regexFind,
  $regexFindAll: regexFindAll,
  $replaceOne: replace(false),
  $replaceAll: replace(true),
};
