import type { Place } from '../problem.js';
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from '../yaml.js';
import { withEntries, withKey } from '../yaml/nodes.js';
import type { Report } from './report.js';
import { didYouMean, nearest, plainly } from './suggest.js';
import { say, type Sentence } from '../sentence.js';

/** A word or sentence of an author, with its place. */
export type Written = { readonly text: string; readonly place: Place };

/** Names that steps, answers and options can have: they are read in conditions and in words. */
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/**
 * Reports every key of a map that is not among the allowed ones. Gives the map with the mistyped ones
 * taken for what they resemble, so that a slip in one letter is told once.
 */
export function checkKeys(
  map: YamlMap,
  allowed: readonly string[],
  what: Sentence,
  report: Report,
): YamlMap {
  let read = map;
  for (const entry of map.entries) {
    const { key } = entry;
    if (allowed.includes(key)) continue;
    report.error(
      entry.keyPlace(),
      'unknown-key',
      say`${what} has no "${key}"; ${didYouMean(key, allowed)}`,
    );
    const near = nearest(key, allowed);
    if (near !== undefined) read = renamed(read, key, near);
  }
  return read;
}

/** The map with a key under another name, unless there is one of that name already. */
export function renamed(map: YamlMap, from: string, to: string): YamlMap {
  if (map.entry(to) !== undefined) return map;
  return withEntries(
    map,
    map.entries.map((entry) => (entry.key === from ? withKey(entry, to) : entry)),
  );
}

function refuse(node: YamlNode, key: string, wanted: Sentence, report: Report): undefined {
  report.error(
    node.place(),
    'wrong-type',
    say`"${key}" must be ${wanted}; it is ${describe(node)}`,
  );
  return undefined;
}

/** What was written, in a few words for a message. */
export function describe(node: YamlNode): Sentence {
  switch (node.type) {
    case 'map':
      return say`a group of keys`;
    case 'list':
      return say`a list`;
    case 'scalar': {
      if (node.text === '' && node.value === null) return say`empty`;
      const text = node.text.replace(/\s+/g, ' ');
      return say`"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
    }
    default:
      return node satisfies never;
  }
}

/** A text whose place is only looked for when there is something to tell. */
class PlacedText implements Written {
  readonly text: string;
  constructor(private readonly node: YamlScalar) {
    this.text = node.text;
  }

  get place(): Place {
    return this.node.place();
  }
}

/** The key of an entry, as what an author wrote. */
export function writtenKey(entry: YamlEntry): Written {
  return { text: entry.key, place: entry.keyPlace() };
}

/** Reads a text that is not empty. */
export function readText(node: YamlNode, key: string, report: Report): Written | undefined {
  if (node.type === 'scalar' && node.text.trim() !== '') {
    return new PlacedText(node);
  }
  return refuse(node, key, say`a text`, report);
}

/** Whether a text can be the name of a step, answer or option. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Reads a name of letters, digits and underscores. */
export function readName(node: YamlNode, key: string, report: Report): Written | undefined {
  const written = readText(node, key, report);
  if (written === undefined || isName(written.text)) return written;
  const { plain, why } = plainly(written.text);
  const cure =
    why !== undefined && isName(plain)
      ? say`write ${plain} ${why}`
      : say`write letters, digits and _ only, a letter first, such as "${nameLike(written.text)}"`;
  report.error(written.place, 'invalid-name', say`"${written.text}" cannot be a name; ${cure}`);
  return undefined;
}

/** The name that a text resembles: "Confirmer l’e-mail" is `confirmer_l_e_mail`. */
export function nameLike(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[^A-Za-z]+|_+$/g, '')
    .toLowerCase();
  return plain === '' ? 'my_step' : plain;
}

/** Tells of a key that is missing, unless it is there. */
export function needKey(
  map: YamlMap,
  what: Sentence,
  key: string,
  cure: Sentence,
  report: Report,
): YamlNode | undefined {
  const node = map.get(key);
  if (node === undefined) {
    report.error(map.place(), 'missing-key', say`${what} has no "${key}"; add ${cure}`);
  }
  return node;
}

/** Reads `true` or `false`. */
export function readFlag(node: YamlNode, key: string, report: Report): boolean | undefined {
  if (node.type === 'scalar' && typeof node.value === 'boolean') return node.value;
  const quoted = node.type === 'scalar' && /^(true|false)$/i.test(node.text);
  return refuse(
    node,
    key,
    quoted ? say`\`true\` or \`false\`, without quotes` : say`\`true\` or \`false\``,
    report,
  );
}

/** Reads a number; `whole` ones are counted from `from`. */
export function readNumber(
  node: YamlNode,
  key: string,
  report: Report,
  wanted: { readonly whole: boolean; readonly from?: number },
): number | undefined {
  const { whole, from } = wanted;
  if (
    node.type === 'scalar' &&
    typeof node.value === 'number' &&
    Number.isFinite(node.value) &&
    (!whole || Number.isInteger(node.value)) &&
    (from === undefined || node.value >= from)
  ) {
    return node.value;
  }
  const kind = whole ? say`a whole number` : say`a number`;
  const quoted =
    node.type === 'scalar' && typeof node.value === 'string' && /^\d+$/.test(node.text);
  const plain = quoted ? say`${kind} without quotes` : kind;
  return refuse(node, key, from === undefined ? plain : say`${plain}, ${from} or more`, report);
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Reads a span such as `30m`, `2d` or `1d12h`, in milliseconds. */
export function readSpan(node: YamlNode, key: string, report: Report): number | undefined {
  if (node.type === 'scalar' && /^(\d{1,6}[smhdw])+$/.test(node.text)) {
    let total = 0;
    for (const [, count, unit] of node.text.matchAll(/(\d+)([smhdw])/g)) {
      total += Number(count) * (UNITS[unit ?? 's'] ?? 0);
    }
    if (total > 0) return total;
  }
  return refuse(node, key, say`a span such as 30m, 12h, 2d or 1w`, report);
}

/** Reads one of a few words; a mistyped one is taken for what it resembles. */
export function readChoice<const T extends string>(
  node: YamlNode,
  key: string,
  choices: readonly T[],
  report: Report,
): T | undefined {
  const text = node.type === 'scalar' ? node.text : undefined;
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  if (text === undefined || text === '') {
    return refuse(node, key, say`one of: ${choices.join(', ')}`, report);
  }
  report.error(
    node.place(),
    'wrong-type',
    say`"${key}" cannot be ${describe(node)}; ${didYouMean(text, choices)}`,
  );
  const near = nearest(text, choices);
  return choices.find((choice) => choice === near);
}

/** Reads a list; its items are checked by the caller. */
export function readList(node: YamlNode, key: string, report: Report): YamlList | undefined {
  return node.type === 'list'
    ? node
    : refuse(node, key, say`a list, such as [a, b] or lines that begin with a dash`, report);
}

/** Reads a group of keys. */
export function readMap(node: YamlNode, key: string, report: Report): YamlMap | undefined {
  return node.type === 'map'
    ? node
    : refuse(node, key, say`a group of keys, each followed by a colon and a space`, report);
}
