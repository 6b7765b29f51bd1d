import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runInFolder, type Ran } from '../program/run-command.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understand-'));
  write(
    'locales/en/intents.yaml',
    'greet: [hello, hi, hello there]\ngive: [give money, donate, I want to donate]\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Runs the built `portevoix understand` in a folder that has nothing but the files of the test. */
function understand(...args: string[]): Promise<Ran> {
  return runInFolder(folder, ['understand', ...args], { LOCALES_DIR: './locales' });
}

const linesOf = ({ out }: Ran): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('portevoix understand', () => {
  test('tells the intent, confidence, runner-up and entities of each text, one JSON object a line', async () => {
    const ran = await understand(
      '--json',
      '--locale',
      'en',
      'donate 20 euros to the campaign',
      'xyzzy',
    );
    expect(ran).toMatchObject({ status: 0, err: '' });
    const [given, unknown, ...others] = linesOf(ran);
    expect(others).toEqual([]);
    expect(given).toEqual({
      text: 'donate 20 euros to the campaign',
      locale: 'en',
      intent: 'give',
      confidence: expect.any(Number),
      runnerUp: { intent: 'greet', confidence: expect.any(Number) },
      entities: [{ type: 'amount', value: 2000, text: '20 euros' }],
    });
    expect(unknown).toMatchObject({ text: 'xyzzy', intent: null, entities: [] });
  });

  test('reads one text a line from a file, and keeps what it learned', async () => {
    write('texts.txt', 'hello there\r\n\ngive money');
    const ran = await understand('--file', 'texts.txt', '--json');
    expect(linesOf(ran)).toMatchObject([
      { text: 'hello there', intent: 'greet' },
      { text: '', intent: null, confidence: 0, runnerUp: null, entities: [] },
      { text: 'give money', intent: 'give' },
    ]);
    const kept = readdirSync(join(folder, 'data', 'understanding'));
    expect(kept).toEqual([expect.stringMatching(/^en-.*\.model$/)]);
    expect((await understand('--file', 'texts.txt', '--json')).out).toBe(ran.out);
    expect(readdirSync(join(folder, 'data', 'understanding'))).toEqual(kept);
  });

  test('prints a line for people without --json', async () => {
    expect((await understand('hello')).out).toMatch(/^hello  \(en\)  greet \d+ %/);
  });

  test('looks at each text for its language', async () => {
    write(
      'locales/fr/intents.yaml',
      'salut: [bonjour, salut, coucou]\ndon: [donner, je veux donner]\n',
    );
    const lines = linesOf(await understand('--json', 'je veux donner', 'I want to donate'));
    expect(lines).toMatchObject([
      { locale: 'fr', intent: 'don' },
      { locale: 'en', intent: 'give' },
    ]);
  });

  test('reads each text as an answer of a type', async () => {
    const amounts = await understand(
      '--as',
      'amount',
      '--locale',
      'en',
      '--json',
      '20 euros',
      'a lot',
    );
    expect(linesOf(amounts)).toEqual([
      { text: '20 euros', value: 2000 },
      { text: 'a lot', refused: 'unread' },
    ]);
    const days = ['--as', 'date', '--at', '2032-03-01T12:00Z', '--json', 'tomorrow'];
    expect(linesOf(await understand(...days))).toEqual([{ text: 'tomorrow', value: '2032-03-02' }]);
    const choices = [
      '--as',
      'choice',
      '--options',
      'The river; Health',
      '--json',
      'the second one',
    ];
    expect(linesOf(await understand(...choices))).toEqual([
      { text: 'the second one', value: 'Health' },
    ]);
  });

  test('tells wrong usage from what cannot be done, and says what to do', async () => {
    expect((await understand()).status).toBe(2);
    expect((await understand('--as', 'nonsense', 'hello')).status).toBe(2);
    expect((await understand('--as', 'date', '--at', 'noon', 'hello')).status).toBe(2);
    const missing = await understand('--file', 'no.txt');
    expect(missing).toMatchObject({ status: 1, out: '' });
    expect(missing.err).toMatch(/no\.txt cannot be read/);
    expect((await understand('--locale', 'de', 'hallo')).err).toMatch(
      /No intents\.yaml for "de"; there is one for en/,
    );
    rmSync(join(folder, 'locales', 'en', 'intents.yaml'));
    expect((await understand('hello')).err).toMatch(/no intents\.yaml/);
  });

  test('tells what is wrong in intents.yaml on standard error only', async () => {
    write('locales/en/intents.yaml', 'greet: [hello, hi]\nbye: [hello, see you]\n');
    const ran = await understand('--json', 'see you');
    expect(ran.err).toMatch(/^locales\/en\/intents\.yaml:2:\d+ error duplicate-phrase/);
    expect(linesOf(ran)).toMatchObject([{ intent: 'bye' }]);
  });
});
