import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { readSettings, type Settings } from '../../src/config.js';
import { isSetting } from '../packaging/settings.js';

const root = join(__dirname, '../..');
const readme = read('README.md');
const [, schema = ''] =
  /^const schema = ([\s\S]*?)^export type Settings/m.exec(read('src/config.ts')) ?? [];
const names = [...schema.matchAll(/^ +([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name);
const rows = readSettingRows();

describe('the settings', () => {
  test('are read from src/config.ts', () => {
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !isSetting(name))).toEqual([]);
  });

  test('of README.md are those that the program reads', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  test('of .env.example are those that the program reads', () => {
    const written = [...read('.env.example').matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(new Set(written)).toEqual(new Set(names));
    expect(written).toHaveLength(names.length);
  });

  test.each(rows.filter(({ value }) => value !== undefined))(
    'have the default that README.md gives: $name',
    ({ name, value = '' }) => {
      expect(settingsWith({ [name]: value })).toEqual(settingsWith({}));
    },
  );

  test.each(rows.filter(({ value }) => value === undefined))(
    'have no default where README.md gives none: $name',
    ({ name }) => {
      const declared = new RegExp(`^ +${name}:[^]*?(?=^ +[A-Z_]+:|^ +}\\))`, 'm').exec(schema)?.[0];
      expect(declared).toMatch(/\.optional\(\)|\.default\(''\)/);
    },
  );
});

describe('the documents', () => {
  const documents = [
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
    'flows/README.md',
    'docs/volunteers.md',
    'docs/outreach.md',
    'docs/channels.md',
    'docs/canvassing.md',
  ];

  test.each(documents)('%s links to what exists', (document) => {
    const text = read(document);
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test.each(documents)('%s runs scripts that package.json has', (document) => {
    const { scripts } = JSON.parse(read('package.json'));
    const run = [...read(document).matchAll(/npm run ([\w:]+)|npm (start|test)\b/g)];
    const missing = run
      .map(([, name, short]) => name ?? short ?? '')
      .filter((n) => !(n in scripts));
    expect(missing).toEqual([]);
  });

  test('CHANGELOG.md begins with the version of package.json', () => {
    const newest = /^## \[(\d+\.\d+\.\d+)\]/m.exec(read('CHANGELOG.md'))?.[1];
    expect(newest).toBe(JSON.parse(read('package.json')).version);
  });
});

test('the documents show commands and options that `portevoix --help` knows', async () => {
  const shown = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'flows/README.md',
    'docs/volunteers.md',
    'docs/outreach.md',
    'docs/channels.md',
    'docs/canvassing.md',
  ]
    .flatMap((document) => [...read(document).matchAll(COMMAND)])
    .map(([, words = '']) => words.trim().split(/\s+/));
  expect(shown.length).toBeGreaterThan(8);
  const helps = await readHelps();
  const wrong: string[] = [];
  for (const words of shown) {
    const plain = words.slice(
      0,
      firstOf(words, (word) => !/^[a-z]+$/.test(word)),
    );
    const { path, help } = deepestHelp(plain, helps);
    const options = words.filter((word) => word.startsWith('--'));
    const takesMore = path.length === plain.length || takesArguments(help);
    const unknown = options.filter((option) => !help.includes(`${option} `));
    if (path.length === 0 || !takesMore || unknown.length > 0) wrong.push(words.join(' '));
  }
  expect(wrong).toEqual([]);
}, 180_000);

/** What stands after the program's name in a shell block or in running text. */
const COMMAND =
  /(?:npx portevoix|npm run portevoix --|node dist\/cli\.js|`portevoix) ([a-z][^\n`#|>]*?)\s*(?=$|`|#|\||>)/gm;

/** The place of the first word that fits, or the number of words. */
function firstOf(words: readonly string[], fits: (word: string) => boolean): number {
  const at = words.findIndex(fits);
  return at === -1 ? words.length : at;
}

/** The help of the longest run of words that is a command; the words after it are arguments. */
function deepestHelp(
  words: readonly string[],
  helps: Readonly<Record<string, string>>,
): { path: readonly string[]; help: string } {
  for (let length = words.length; length > 0; length -= 1) {
    const path = words.slice(0, length);
    const help = helps[path.join(' ')];
    if (help !== undefined) return { path, help };
  }
  return { path: [], help: '' };
}

function takesArguments(help: string): boolean {
  return /[[<]/.test(usageOf(help).replace('[options]', '').replace('[command]', ''));
}

function usageOf(help: string): string {
  return /^Usage: (.*)$/m.exec(help)?.[1] ?? '';
}

/** What `--help` prints of each command, by its words. */
async function readHelps(): Promise<Readonly<Record<string, string>>> {
  const print = pathToFileURL(join(__dirname, 'print-helps.mjs')).href;
  const start = join(root, 'scripts/start.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', print, start, '--cli'],
    { cwd: root },
  );
  return JSON.parse(stdout);
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The rows of the table under "Settings": a name, and a default where one is in backticks. */
function readSettingRows(): { name: string; value: string | undefined }[] {
  const section = /^## Settings$([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
  return [...section.matchAll(/^\| `([A-Z_]+)` *\| ([^|]*?) *\|/gm)].map(
    ([, name = '', cell = '']) => ({
      name,
      value: /^`([^`]*)`$/.exec(cell)?.[1],
    }),
  );
}

function settingsWith(environment: Record<string, string>): Omit<Settings, 'localesGiven'> {
  const plain = readSettings({}, '/nonexistent');
  const meant = Object.entries(environment).map(([name, value]) => [
    name,
    value.replace('HOST', plain.host).replace('PORT', String(plain.port)),
  ]);
  const { localesGiven: _said, ...settings } = readSettings(
    Object.fromEntries(meant),
    '/nonexistent',
  );
  return settings;
}

/** What headings are called in links. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
