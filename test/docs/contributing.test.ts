import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const law = readFileSync(join(root, 'test/import-law.test.ts'), 'utf8');

test('CONTRIBUTING.md gives the import law that the test enforces', () => {
  const written = tableOf('room', 'may import');
  const enforced = listsOf('LAW').map(([room, allowed]) => [room, quoted(allowed) || 'nothing']);
  expect(enforced.length).toBeGreaterThan(5);
  expect(written).toEqual(enforced);
});

test('CONTRIBUTING.md names every library with more than one home, and no other', () => {
  const shared = listsOf('LIBRARIES').filter(([, homes]) => homes.length > 1);
  const shown = shared.map(([library, homes]) => [
    library,
    quoted(homes).replace('`types only`', 'types only'),
  ]);
  expect(tableOf('library', 'homes')).toEqual(shown);
});

test('CONTRIBUTING.md names the rooms that may import all, and those that all may import', () => {
  const everywhere = quoted(listOf('EVERYWHERE'));
  expect(text).toContain(`- Every room but \`engine\` may import ${everywhere}.`);
  const wiring = listOf('WIRING').map((room) => `\`${room}\``);
  const [last] = wiring.splice(-1);
  expect(text).toMatch(new RegExp(`^- .*${wiring.sort().join(', ')}.* and ${last} wire`, 'm'));
});

test('CONTRIBUTING.md shows folders and files that exist', () => {
  const [, house = ''] = /## The house\n+```\n([^]*?)```/.exec(text) ?? [];
  const shown = [...house.matchAll(/^( *)([\w./, -]+?) {2,}/gm)].flatMap(
    ([, indent = '', names = '']) =>
      names.split(', ').map((name) => (indent === '' ? name : `src/${name}`)),
  );
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const named = [
    ...text.matchAll(
      /`((?:src|flows|test|scripts|engine|channels|supporters|check|parse|advance)\/[\w./-]+\.\w+)`/g,
    ),
  ].map(([, path = '']) => path);
  const missing = named.filter((path) =>
    ['', 'src', 'src/engine'].every((folder) => !existsSync(join(root, folder, path))),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
});

/** The rows of the table with these two headings: what stands in backticks first, and the second cell. */
function tableOf(first: string, second: string): string[][] {
  const head = new RegExp(
    `^\\| ${first} +\\| ${second} +\\|\\n\\|[-| ]+\\|\\n((?:\\|.*\\n)*)`,
    'm',
  );
  const [, rows = ''] = head.exec(text) ?? [];
  return [...rows.matchAll(/^\| `([^`]+)` *\| (.*?) *\|$/gm)].map(([, name = '', cell = '']) => [
    name,
    cell,
  ]);
}

/** A constant of the law, which is plain data. */
function constantOf(name: string): unknown {
  const [, source] = new RegExp(`^const ${name}\\b[^=]*= ([^]*?);$`, 'm').exec(law) ?? [];
  const value: unknown = runInNewContext(`(${source})`);
  return JSON.parse(JSON.stringify(value));
}

function listOf(name: string): string[] {
  const value = constantOf(name);
  if (!Array.isArray(value)) throw new Error(`${name} is not a list.`);
  return value.map(String);
}

function listsOf(name: string): [string, string[]][] {
  const value = constantOf(name);
  if (typeof value !== 'object' || value === null) throw new Error(`${name} is not an object.`);
  return Object.entries(value).map(([key, list]: [string, unknown]) => {
    if (!Array.isArray(list)) throw new Error(`${name}.${key} is not a list.`);
    return [key, list.map(String)];
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
