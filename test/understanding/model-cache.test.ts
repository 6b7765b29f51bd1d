import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { learn } from '../../src/understanding/learn.js';
import { modelFromBytes, modelToBytes } from '../../src/understanding/model-bytes.js';
import { createModelCache } from '../../src/understanding/model-cache.js';
import { provideModel } from '../../src/understanding/provide-model.js';
import type { Lesson } from '../../src/engine/lesson.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'models-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lessonOf = (...phrases: string[]): Lesson => ({
  language: 'en',
  intents: new Map([
    ['greet', phrases],
    ['bye', ['bye', 'see you']],
  ]),
  synonyms: new Map([['hello', ['hi', 'hello']]]),
});
const hello = lessonOf('hello', 'hi there');
const report = (error: unknown): void => {
  throw error;
};

test('a model read from its bytes is the same model', () => {
  const model = learn(hello);
  expect(modelFromBytes(modelToBytes(model))).toEqual(model);
});

test('bytes that are cut short, changed at their head or something else make no model', () => {
  const bytes = modelToBytes(learn(hello));
  const changed = (at: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 0xff;
    return copy;
  };
  const broken = [
    bytes.subarray(0, bytes.length - 1),
    bytes.subarray(0, 40),
    new Uint8Array(0),
    changed(0),
    changed(5),
    changed(8),
    new TextEncoder().encode('greet: [hello]'),
  ];
  for (const some of broken) expect(modelFromBytes(some)).toBeUndefined();
});

test('a lesson is learned once, and again when a phrase changes', async () => {
  const learned: Lesson[] = [];
  const provide = (lesson: Lesson): Promise<unknown> =>
    provideModel(lesson, {
      cache: createModelCache(folder),
      learn: (one) => {
        learned.push(one);
        return learn(one);
      },
      report,
    });
  const first = await provide(hello);
  expect(await provide(lessonOf('hello', 'hi there'))).toEqual(first);
  expect(learned).toHaveLength(1);
  await provide(lessonOf('hello', 'hi here'));
  expect(learned).toHaveLength(2);
});

test('a model that was kept but is broken is learned again', async () => {
  const cache = createModelCache(folder);
  const model = await provideModel(hello, { cache, learn, report });
  const [file = ''] = readdirSync(folder);
  writeFileSync(join(folder, file), readFileSync(join(folder, file)).subarray(0, 100));
  expect(await provideModel(hello, { cache, learn, report })).toEqual(model);
  expect(await cache.read(hello)).toEqual(model);
});

test('what cannot be kept is told, and works', async () => {
  const told: unknown[] = [];
  writeFileSync(join(folder, 'file'), '');
  const cache = createModelCache(join(folder, 'file', 'models'));
  const model = await provideModel(hello, { cache, learn, report: (error) => told.push(error) });
  expect(model.intents).toEqual(['greet', 'bye']);
  expect(told.length).toBeGreaterThan(0);
});

test('only the newest models are kept', async () => {
  const cache = createModelCache(folder);
  const model = learn(hello);
  for (let count = 0; count < 15; count += 1) await cache.write(lessonOf(`hello ${count}`), model);
  expect(readdirSync(folder)).toHaveLength(12);
});
