import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runAlone, runInFolder, type Ran } from '../program/run-command.js';
import { edit, makeSampleFolder } from './sample-folder.js';

let folder: string;
beforeEach(() => {
  folder = makeSampleFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built `portevoix` in the temporary folder; where it reads something, as a process of its own. */
function portevoix(
  args: string[],
  input?: string,
  settings: Record<string, string> = {},
): Promise<Ran> {
  const all = { LOG_LEVEL: 'warn', ...settings };
  return input === undefined ? runInFolder(folder, args, all) : runAlone(folder, args, input, all);
}

describe('portevoix', () => {
  test('explains itself, and tells wrong usage from a refusal', async () => {
    expect(await portevoix(['--help'], '')).toMatchObject({ status: 0, err: '' });
    expect((await portevoix(['flows', 'chekc'], '')).status).toBe(2);
    expect((await portevoix(['export', 'supporters', '--nonsense'])).status).toBe(2);
    expect((await portevoix(['flows', 'diagram', 'nothing'])).status).toBe(1);
  });

  test('names every fault of the settings at once, and no secret', async () => {
    const ran = await portevoix(['export', 'supporters'], '', { PORT: 'x', SECRET_KEY: 'hunter2' });
    expect(ran.status).toBe(1);
    expect(ran.err).toMatch(/PORT[^]*SECRET_KEY/);
    expect(ran.err).not.toMatch(/hunter2|\n\s+at /);
  });
});

describe('portevoix flows check', () => {
  test('finds nothing in the sample', async () => {
    const ran = await portevoix(['flows', 'check']);
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).toMatch(/^\d+ sound flows, 0 errors/);
  });

  test('reports mistakes of several files at once, each at its line and column', async () => {
    edit(folder, 'flows/welcome.yaml', (text) => text.replace('then: email', 'then: emial'));
    edit(folder, 'locales/en/help.yaml', (text) => text.replace(/^how_to_stop:.*\n/m, ''));
    const ran = await portevoix(['flows', 'check']);
    expect(ran.status).toBe(1);
    expect(ran.out).toMatch(
      /^flows\/welcome\.yaml:\d+:\d+ error unknown-step .*did you mean "email"/m,
    );
    expect(ran.out).toMatch(/^\S+:\d+:\d+ error missing-translation .*how_to_stop/m);
    const lines = (await portevoix(['flows', 'check', '--json'])).out.trim().split('\n');
    const problems = lines.map((line) => JSON.parse(line) as { code: string; line: number });
    expect(problems.map(({ code }) => code)).toContain('unknown-step');
    for (const problem of problems) expect(problem.line).toBeGreaterThan(0);
    const french = await portevoix(['flows', 'check', '--locale', 'fr']);
    expect(french.out).toMatch(/unknown-step {2}l’étape .*vouliez-vous dire «\u00A0email\u00A0»/);
  });

  test('reads a folder given, with the words beside it', async () => {
    const ran = await portevoix(['flows', 'check', join(folder, 'flows')], undefined, {
      FLOWS_DIR: '/nowhere',
    });
    expect(ran.out).toMatch(/^\d+ sound flows, 0 errors/);
    expect((await portevoix(['flows', 'check', '/nowhere'])).status).toBe(1);
  });
});

describe('portevoix flows test', () => {
  test('plays the transcripts, and shows a failing conversation side by side', async () => {
    expect(await portevoix(['flows', 'test'], '')).toMatchObject({ status: 0 });
    edit(folder, 'flows/tests/stop.english.yaml', (text) => text.replace('stopped', 'goodbye'));
    const ran = await portevoix(['flows', 'test']);
    expect(ran.status).toBe(1);
    expect(ran.out).toMatch(/stop\.english\.yaml/);
    expect(ran.out).toMatch(/goodbye/);
    expect(ran.out).toMatch(/1 failed/);
  });

  test('writes what happens now when asked to', async () => {
    const before = readFileSync(join(folder, 'flows/tests/stop.english.yaml'), 'utf8');
    edit(folder, 'flows/tests/stop.english.yaml', (text) => text.replace('stopped', 'goodbye'));
    expect((await portevoix(['flows', 'test', '--update'])).status).toBe(0);
    const after = readFileSync(join(folder, 'flows/tests/stop.english.yaml'), 'utf8');
    expect(after).toContain('stopped');
    expect(after.length).toBeGreaterThan(before.length / 2);
    expect((await portevoix(['flows', 'test'])).status).toBe(0);
  });
});

describe('portevoix chat', () => {
  test('talks, numbers the choices, and saves a transcript that passes', async () => {
    const lines = ['oui', 'pas-une-adresse', 'lea@exemple.org', '75011', '1, 3', 'non', ''];
    const ran = await portevoix(['chat', '--locale', 'fr', '--save', 'evening'], lines.join('\n'));
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).toMatch(/1\. Oui\n\s+2\. Non/);
    expect(ran.out).toMatch(/Je ne reconnais pas cette adresse/);
    expect(ran.out).toMatch(/\[action email\.confirm\]/);
    expect(readFileSync(join(folder, 'flows/tests/evening.yaml'), 'utf8')).toMatch(/email\.retry/);
    expect((await portevoix(['flows', 'test'])).status).toBe(0);
    // What exists is never written over.
    expect((await portevoix(['chat', '--save', 'evening'], '')).status).toBe(1);
  });

  test('speaks the language asked for, lets time pass, and takes a photo kindly', async () => {
    const ran = await portevoix(
      ['chat', '--locale', 'en'],
      ':after 2d\n:send photo\n:nonsense\n:quit\n',
    );
    expect(ran.status).toBe(0);
    expect(ran.out).toMatch(/automatic assistant|automated assistant/i);
    expect(await portevoix(['chat', '--locale', 'de'])).toMatchObject({ status: 1 });
    expect(await portevoix(['chat', '--flow', 'nothing'])).toMatchObject({ status: 1 });
  });
});

describe('portevoix store', () => {
  test('verifies a store nobody uses, and exports what it holds', async () => {
    expect(await portevoix(['export', 'supporters', '--json'])).toMatchObject({
      status: 0,
      out: '',
    });
    const ran = await portevoix(['store', 'verify', '--json']);
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ faults: [] });
  });
});
