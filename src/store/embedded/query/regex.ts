import { location } from './command-error.js';
import { mayRunAway } from './regex-runaway.js';

/** A pattern as read: what JavaScript runs, and the text every match starts with. */
export type Regex = { test(text: string): boolean; prefix: string; run: RegExp };

const MAX_LENGTH = 32_764;
const known = new Map<string, Regex>();

/**
 * Compiles a pattern in MongoDB's syntax (PCRE). Options: i, m, s, x (u is the default).
 * Throws a CommandError (51091, 51108) for what is invalid, unknown here, or may take exponential
 * time: nothing limits how long JavaScript tries.
 */
export function compileRegex(pattern: string, options: string): Regex {
  const id = `${options}/${pattern}`;
  const cached = known.get(id);
  if (cached) return cached;
  const regex = build(pattern, options);
  if (known.size >= 500) known.clear();
  known.set(id, regex);
  return regex;
}

function build(pattern: string, options: string): Regex {
  for (const option of options) {
    if (!'imsxu'.includes(option))
      throw location(51108, `invalid flag in regex options: ${option}`);
  }
  if (pattern.length > MAX_LENGTH) throw refuse('the pattern is too long');
  if (pattern.includes('\0'))
    throw refuse('Regular expression cannot contain an embedded null byte');
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const flags = new Set(options + (inline?.[1] ?? ''));
  const source = translate(pattern.slice(inline?.[0].length ?? 0), flags);
  if (mayRunAway(source)) throw refuse('a repeat inside a repeat may never end');
  let run: RegExp;
  try {
    run = new RegExp(source, `u${flags.has('i') ? 'i' : ''}${flags.has('m') ? 'm' : ''}`);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  const prefix = flags.has('i') || flags.has('m') || flags.has('x') ? '' : literalPrefix(pattern);
  return { run, prefix, test: (text) => run.test(text) };
}

function refuse(message: string): Error {
  return location(51091, `Regular expression is invalid: ${message}`);
}

/** The plain characters after `^`; none when an alternative could start otherwise. */
function literalPrefix(pattern: string): string {
  if (!pattern.startsWith('^') || pattern.includes('|')) return '';
  const plain = /^[^\\^$.*+?()[\]{}|]*/.exec(pattern.slice(1))?.[0] ?? '';
  const next = pattern[plain.length + 1];
  const optional = next === '*' || next === '?' || next === '{';
  return optional ? plain.replace(/[^]$/u, '') : plain;
}

const NEWLINE_END = '(?=\\n?(?![^]))';
const OUTSIDE: Readonly<Record<string, string>> = {
  A: '(?<![^])',
  z: '(?![^])',
  Z: NEWLINE_END,
  h: '[ \\t]',
  H: '[^ \\t]',
  R: '(?:\\r\\n|[\\n\\v\\f\\r])',
  N: '[^\\n]',
  s: '[\\t\\n\\v\\f\\r ]',
  S: '[^\\t\\n\\v\\f\\r ]',
  e: '\\x1b',
  a: '\\x07',
};
const INSIDE: Readonly<Record<string, string>> = {
  h: ' \\t',
  s: '\\t\\n\\v\\f\\r ',
  b: '\\x08',
  e: '\\x1b',
  a: '\\x07',
};
const POSIX: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\t\\n\\v\\f\\r ',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

/** Rewrites PCRE as JavaScript's `u` syntax, piece by piece; unknown pieces are refused. */
function translate(pattern: string, flags: ReadonlySet<string>): string {
  let out = '';
  let at = 0;
  const take = (piece: RegExp): RegExpExecArray | undefined => {
    piece.lastIndex = at;
    const found = piece.exec(pattern) ?? undefined;
    if (found) at += found[0].length;
    return found;
  };
  while (at < pattern.length) {
    const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    const quoted = take(/\\Q([^]*?)(?:\\E|$)/y);
    if (quoted) out += (quoted[1] ?? '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    else if (take(/\\E/y) || take(/\(\?#[^)]*\)/y)) continue;
    else if (character === '\\') out += escape(take, OUTSIDE);
    else if (character === '[') out += characterClass(take);
    else if (flags.has('x') && take(/\s+|#[^\n]*(?:\n|$)/y)) continue;
    else {
      const group = take(/\(\?(?:[:=!]|<[=!]|P?<[A-Za-z_]\w*>)/y) ?? take(/\((?!\?)/y);
      const repeat = group ? undefined : take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
      if (group) out += group[0].replace('?P<', '?<');
      else if (repeat) out += repeat[0];
      else if (character === '(') throw refuse(`unknown group at '${pattern.slice(at, at + 4)}'`);
      else {
        at += character.length;
        out += plainCharacter(character, flags);
      }
    }
  }
  return out;
}

type Take = (piece: RegExp) => RegExpExecArray | undefined;

function plainCharacter(character: string, flags: ReadonlySet<string>): string {
  if (character === '.') return flags.has('s') ? '[^]' : '[^\\n]';
  if (character === '$') return flags.has('m') ? '$' : NEWLINE_END;
  return '{}]/'.includes(character) ? `\\${character}` : character;
}

function escape(take: Take, special: Readonly<Record<string, string>>): string {
  const same = take(
    /\\(?:[dDwWnrtfv]|x[0-9A-Fa-f]{2}|0(?!\d)|[1-9](?!\d)|[pP]\{\^?\w+\}|k<\w+>|[bB](?!\{))/y,
  );
  if (same && !(special === INSIDE && /^\\[bBk1-9]/.test(same[0]))) {
    return same[0].replace(/^\\p\{\^/, '\\P{');
  }
  if (same) return special[same[0].slice(1)] ?? unknownEscape(same[0]);
  const codePoint = take(/\\x\{([0-9A-Fa-f]{1,6})\}/y);
  if (codePoint) return `\\u{${codePoint[1]}}`;
  const single = take(/\\([pP])([LMNPSZC])/y);
  if (single) return `\\${single[1]}{${single[2]}}`;
  const letter = take(/\\([A-Za-z0-9])/y);
  if (letter) return special[letter[1] ?? ''] ?? unknownEscape(letter[0]);
  const sign = take(/\\([^])/y)?.[1];
  if (sign === undefined) throw refuse('\\ at end of pattern');
  if (sign === '-') return special === INSIDE ? '\\-' : '-';
  return /[\\^$.*+?()[\]{}|/]/.test(sign) ? `\\${sign}` : sign;
}

function unknownEscape(piece: string): never {
  throw refuse(`the embedded store does not know '${piece}'`);
}

function characterClass(take: Take): string {
  let out = take(/\[\^?/y)?.[0] ?? '';
  if (take(/\]/y)) out += '\\]';
  for (;;) {
    const posix = take(/\[:(\^?)(\w+):\]/y);
    if (posix) {
      const members = POSIX[posix[2] ?? ''];
      if (members === undefined || posix[1] === '^') throw refuse(`unknown class ${posix[0]}`);
      out += members + (take(/-(?!\])/y) ? '\\-' : '');
      continue;
    }
    if (take(/\]/y)) return `${out}]`;
    if (take(/\[/y)) out += '\\[';
    else if (take(/(?=\\)/y)) {
      const piece = escape(take, INSIDE);
      // PCRE reads the hyphen after a set as itself; JavaScript wants that said.
      const isSet = /^\\[dDwWpP]|^\\t/.test(piece);
      out += piece + (isSet && take(/-(?!\])/y) ? '\\-' : '');
    } else {
      const character = take(/[^]/y);
      if (!character) throw refuse('missing terminating ] for character class');
      out += character[0];
    }
  }
}
