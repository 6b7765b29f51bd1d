import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { YamlNode } from '../../../src/engine/yaml.js';
import { readWhole } from '../../../src/engine/yaml/whole.js';
import { readPlain } from '../../../src/engine/yaml/plain.js';
import { createPlacer } from '../../../src/engine/yaml/placer.js';

/** Everything a reader of a node can see, as JSON. */
function seen(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  const { line, column } = node.place();
  const at = `${line}:${column} ${node.start}-${node.end}`;
  switch (node.type) {
    case 'scalar':
      return { at, value: node.value, text: node.text };
    case 'list':
      return { at, items: node.items.map(seen) };
    case 'map':
      return {
        at,
        entries: node.entries.map((entry) => {
          const place = entry.keyPlace();
          return [entry.key, `${place.line}:${place.column}`, seen(entry.value)];
        }),
      };
    default:
      return node satisfies never;
  }
}

function plain(text: string): unknown {
  return seen(readPlain(text, createPlacer({ path: 'a.yaml', text })));
}

function whole(text: string): unknown {
  const { root, problems } = readWhole({ path: 'a.yaml', text }, createPlacer({ path: '', text }));
  return problems.length > 0 ? problems : seen(root);
}

/** What is plain is read just as the whole of YAML reads it; tells whether it was plain. */
function agree(text: string): boolean {
  const read = plain(text);
  if (read === undefined) return false;
  expect({ text, read }).toEqual({ text, read: whole(text) });
  return true;
}

const ROOT = path.join(__dirname, '../../..');
const FILES = ['flows', 'locales/fr', 'locales/en'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8')),
);

/** Pieces that documents are strung together from: what is plain, and much that is not. */
const PIECES = [
  ['\n', '\n', '\n  ', '\n    ', '\n      ', '\n- ', '\n  - ', '\n    - ', '\n -  ', '\n\n'],
  [
    'a: ',
    'b:',
    'c: ',
    'say: ',
    'true: ',
    'x.y: ',
    'null:',
    '0: ',
    '-2: ',
    '-0: ',
    '1a: ',
    "'q': ",
    '? ',
    'é: ',
  ],
  ['word', 'deux mots', 'L’été', 'a:b', 'a: b', 'x#y', ' # note', '#', ' ', '  ', '\t', '\r\n'],
  [
    "'one'",
    "'it''s'",
    "'",
    '"two"',
    '"a\\n"',
    '"',
    '[a, b]',
    '[',
    ']',
    '{ k: v }',
    '{',
    '}',
    '[]',
    '{ }',
  ],
  [
    ', ',
    ',',
    '1',
    '007',
    '2d',
    '1.5',
    '1e3',
    '2e',
    '1er',
    '30 km/h',
    '1/2',
    '1/e5',
    '3 4',
    '1e5x',
    '0x1F',
    '2032-03-14',
    '-',
    '- ',
    '-1',
    '.5',
    '+1',
  ],
  ['true', 'false', 'True', 'null', '~', 'yes', 'NaN', '.inf', '&a ', '*a', '!!str ', '|', '>'],
  ['---', '...', '%YAML 1.2', '<<: ', '__proto__: ', '\u00a0', '\u2028', '\ufeff', '😀', '@', '`'],
  ['answers.a && !b', 'f(x) > 3', '"a" in b', 'x[0]', 'a, b', 'k: v, l: w', 'a\\b', '%', '(x)'],
].flat();

/** Values such as people write. */
const VALUES = [
  ['', 'word', 'deux mots', 'L’été  ', "'it''s : # fine'", '"two"', "''", '""', 'a,b', 'x[0]'],
  ['[a, b]', '[ a ]', '[a,b , "c"]', '[]', '[a, ]', '[[a], { b: c }]', "['a']b", '[a b, 1, true]'],
  [
    '[\n  a,\n  b\n]',
    '\n  [\n    a,\n    "b" ]',
    '{ k: v,\n    l: w }',
    '[a,\nb]',
    '[ a\n    b ]',
    '[\n    a,\n    ]',
    '{ k: v, }',
    '[a,, b]',
    '[,]',
    '[a,\n\n  b]',
  ],
  ['"a\\nb \\" c\\\\"', '"\\t"', 'https://x.y/z?a=b', 'a:', 'a:b:c', '[a # b\n ]', '[\n\n    a]'],
  ['{ k: v }', '{k: v, l: [1]}', '{ k: }', '{}', '{ k: v, k: w }', '{ k: "v", l.m: 2d }', '{k}'],
  ['12', '0', '2d', '2032-03-14', 'true', 'false', 'answers.a && !b', 'f(x) > 3', 'a - b', 'e -'],
].flat();

const KEYS = [
  ['a: ', 'b: ', 'c: ', 'd: ', 'e: ', 'f: ', 'say: ', 'x.y: ', 'k-l: ', 'h: ', 'i: ', 'j: '],
  [
    'm:',
    'n:',
    'o:',
    'p:',
    'next:',
    '',
    'é: ',
    '0: ',
    'o o: ',
    "'q': ",
    "'r r':",
    '7:',
    '-7:',
    '-1: ',
    '-01:',
    '08: ',
  ],
].flat();

/** A million were tried by hand; the suite tries fewer. */
const RUNS = Number(process.env['PLAIN_YAML_RUNS'] ?? 10_000);

describe('plain files', () => {
  test('are all files of the sample campaign', () => {
    expect(FILES.filter((text) => !agree(text))).toEqual([]);
  });

  test('are read as the whole of YAML reads them, whatever they are strung together from', () => {
    let read = 0;
    const line = fc
      .tuple(
        fc.constantFrom('', '', '', '', '', '  ', '  ', '    ', '      ', ' ', '   '),
        fc.constantFrom('', '', '', '', '', '- ', '- ', '-  ', '-', '- - '),
        fc.constantFrom(...KEYS),
        fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
          { weight: 1, arbitrary: fc.constantFrom(...PIECES) },
        ),
        fc.constantFrom('', '', '', '', '', ' ', ' # note', '# note', '\n', '\n  # note'),
      )
      .map((parts) => parts.join(''));
    const text = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, (document) => {
        if (agree(document)) read += 1;
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(RUNS / 100);
  });

  test('are read as the whole of YAML reads them, whatever is spliced into them', () => {
    let read = 0;
    const change = fc.record({
      file: fc.nat(FILES.length - 1),
      from: fc.nat(),
      size: fc.nat(300),
      at: fc.nat(),
      cut: fc.nat(4),
      piece: fc.constantFrom('', ...PIECES),
    });
    fc.assert(
      fc.property(change, ({ file, from, size, at, cut, piece }) => {
        const lines = (FILES[file] ?? '').split('\n');
        const first = from % Math.max(1, lines.length);
        // A few lines are quicker to read than a whole file, and end in more ways.
        const text = lines.slice(first, first + (size % 12) + 1).join('\n');
        const place = at % (text.length + 1);
        if (agree(text.slice(0, place) + piece + text.slice(place + cut))) read += 1;
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(RUNS / 10);
  });
});
