import type { WordGroup, WordLists } from '../flow.js';
import { fold } from '../fold.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { checkKeys, readList, readMap, readText } from './read.js';
import type { Report } from './report.js';
import { say, type Sentence } from '../sentence.js';

type Written<Part> = { -readonly [Key in keyof Part]: Part[Key] };

const LISTS = [
  'alone',
  'not',
  'introductions',
  'not_names',
  'last',
  'before_last',
  'all',
  'firsts',
  'lasts',
  'about',
  'places',
  'greetings',
  'courtesies',
  'zeros',
  'streets',
  'within',
] as const;

/** Groups by number: a value, days from today or of the month, minutes. */
const NUMBERED = [
  'numbers',
  'dozens',
  'days',
  'month_days',
  'minutes_after',
  'minutes_before',
] as const;

/** Groups by name, and the names that each may have. */
const NAMED = {
  signs: ['at', 'dot', 'dash', 'underscore'],
  currencies: ['EUR', 'USD', 'GBP', 'CHF', 'cents'],
  units: ['minute', 'hour', 'day', 'week', 'month', 'year'],
  dates: [
    'in',
    'from_now',
    'next',
    'week_later',
    'at',
    'the',
    'of',
    'morning',
    'afternoon',
    'articles',
    'filler',
  ],
} as const;

/** Lists of lists, and how many each has. */
const ROWS = { months: 12, weekdays: 7 } as const;

const KEYS: readonly string[] = [
  'yes',
  'no',
  'skip',
  'ordinals',
  'day_parts',
  ...LISTS,
  ...NUMBERED,
  ...Object.keys(NAMED),
  ...Object.keys(ROWS),
];

/** Reads `words:` of `common.yaml`: the lists by which free text is read, folded. */
export function readWordLists(root: YamlMap, report: Report): WordLists {
  const node = root.get('words');
  const written = node === undefined ? undefined : readMap(node, 'words', report);
  if (written === undefined) return { yes: [], no: [], skip: [], ordinals: [] };
  const map = checkKeys(written, KEYS, say`"words"`, report);
  const on = <T>(key: string, read: (value: YamlNode) => T): T | undefined => {
    const value = map.get(key);
    return value === undefined ? undefined : read(value);
  };
  const list = (key: string): readonly string[] | undefined =>
    on(key, (value) => readFolded(value, key, report));
  const lists: Written<WordLists> = {
    yes: list('yes') ?? [],
    no: list('no') ?? [],
    skip: list('skip') ?? [],
    ordinals: on('ordinals', (value) => readRows(value, 'ordinals', undefined, report)) ?? [],
  };
  for (const key of LISTS) {
    const words = list(key);
    if (words !== undefined) lists[key] = words;
  }
  for (const key of NUMBERED) {
    const group = on(key, (value) => readGroup(value, key, /^-?\d{1,7}$/, say`a number`, report));
    if (group !== undefined) lists[key] = group;
  }
  const parts = on('day_parts', (value) =>
    readGroup(value, 'day_parts', /^([01]\d|2[0-3]):[0-5]\d$/, say`a time such as 19:00`, report),
  );
  if (parts !== undefined) lists.day_parts = parts;
  for (const key of ['signs', 'currencies', 'units', 'dates'] as const) {
    const group = on(key, (value) => readNamed(value, key, NAMED[key], report));
    if (group !== undefined) lists[key] = group;
  }
  for (const key of ['months', 'weekdays'] as const) {
    const rows = on(key, (value) => readRows(value, key, ROWS[key], report));
    if (rows !== undefined) lists[key] = rows;
  }
  return lists;
}

/** Reads one word or a list of words, folded; what folds to nothing is left out. */
export function readFolded(node: YamlNode, key: string, report: Report): readonly string[] {
  const items = node.type === 'list' ? node.items : [node];
  const words = items.flatMap((item) => {
    const written = readText(item, key, report);
    return written === undefined ? [] : foldedWays(written.text);
  });
  return [...new Set(words)];
}

/** A phrase folded, and as people type it who leave out apostrophes: "c est bon" and "cest bon". */
function foldedWays(text: string): readonly string[] {
  return [fold(text), fold(text.replace(/['’]/g, ''))].filter((folded) => folded !== '');
}

function readRows(
  node: YamlNode,
  key: string,
  count: number | undefined,
  report: Report,
): readonly (readonly string[])[] {
  const rows = readList(node, key, report)?.items ?? [];
  if (count !== undefined && rows.length !== count) {
    report.error(
      node.place(),
      'wrong-type',
      say`"${key}" must have ${count} lists of words, in order; it has ${rows.length}`,
    );
  }
  return rows.map((row) => readFolded(row, key, report));
}

function readNamed(
  node: YamlNode,
  key: string,
  names: readonly string[],
  report: Report,
): WordGroup {
  const map = readMap(node, key, report);
  if (map === undefined) return {};
  return groupOf(checkKeys(map, names, say`"${key}"`, report), report);
}

function readGroup(
  node: YamlNode,
  key: string,
  shape: RegExp,
  wanted: Sentence,
  report: Report,
): WordGroup {
  const map = readMap(node, key, report);
  for (const entry of map?.entries ?? []) {
    if (shape.test(entry.key)) continue;
    report.error(
      entry.keyPlace(),
      'wrong-type',
      say`the keys of "${key}" are each ${wanted}; "${entry.key}" is not`,
    );
  }
  return map === undefined ? {} : groupOf(map, report);
}

function groupOf(map: YamlMap, report: Report): WordGroup {
  return Object.fromEntries(
    map.entries.map(({ key, value }) => [key, readFolded(value, key, report)]),
  );
}
