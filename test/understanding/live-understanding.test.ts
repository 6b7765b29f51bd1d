import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Lesson } from '../../src/engine/lesson.js';
import { learn } from '../../src/understanding/learn.js';
import {
  createLiveUnderstanding,
  type LiveUnderstanding,
} from '../../src/understanding/live-understanding.js';

let folder: string;
let live: LiveUnderstanding;
const told: unknown[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-'));
  live = createLiveUnderstanding({ folder, report: (error) => told.push(error) });
});
afterEach(() => {
  live.close();
  rmSync(folder, { recursive: true, force: true });
  expect(told.splice(0)).toEqual([]);
});

const lessonOf = (greetings: readonly string[]): Lesson => ({
  language: 'en',
  intents: new Map([
    ['greet', greetings],
    ['give', ['give money', 'I want to donate', 'take my money', 'make a donation']],
    ['none', ['what is the weather', 'play music', 'order a pizza']],
  ]),
  synonyms: new Map(),
});
const GREETINGS = ['hello', 'hello there', 'hello you', 'oh hello', 'hello hello'];

test('understands nothing until it was taught, then learns in a thread and keeps what it learned', async () => {
  expect(live.understand('hello').intent).toBeNull();
  await live.teach([lessonOf(GREETINGS)]);
  expect(live.understand('hello there you').intent).toBe('greet');
  expect(readdirSync(folder)).toHaveLength(1);
});

test('understands as before until something else is learned', async () => {
  await live.teach([lessonOf(GREETINGS)]);
  const learning = live.teach([lessonOf([...GREETINGS, 'wotcha', 'wotcha mate', 'wotcha you'])]);
  expect(live.understand('hello there you').intent).toBe('greet');
  expect(live.understand('wotcha mate').intent).not.toBe('greet');
  await learning;
  expect(live.understand('wotcha mate').intent).toBe('greet');
});

test('the last lesson wins, whatever is under way', async () => {
  const first = live.teach([lessonOf(['aloha', 'aloha you', 'aloha there'])]);
  await live.teach([lessonOf(GREETINGS)]);
  await first;
  expect(live.understand('hello there you').intent).toBe('greet');
});

test('learns languages side by side at first, and one after the other when they change', async () => {
  let atOnce = 0;
  let most = 0;
  live = createLiveUnderstanding({
    folder,
    report: (error) => told.push(error),
    learn: async (lesson) => {
      most = Math.max(most, (atOnce += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce -= 1;
      return learn(lesson);
    },
  });
  const both = (greetings: readonly string[]) => [
    lessonOf(greetings),
    { ...lessonOf(greetings), language: 'fr' },
  ];
  await live.teach(both(GREETINGS));
  expect(most).toBe(2);
  most = 0;
  await live.teach(both([...GREETINGS, 'wotcha', 'wotcha mate', 'wotcha you']));
  expect(most).toBe(1);
  expect(live.understand('wotcha mate').intent).toBe('greet');
});

test('lessons without phrases teach nothing', async () => {
  await live.teach([{ language: 'en', intents: new Map(), synonyms: new Map() }]);
  expect(live.understand('hello').intent).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});
