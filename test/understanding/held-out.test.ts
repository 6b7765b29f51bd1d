import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { fold } from '../../src/engine/fold.js';
import { NONE } from '../../src/engine/lesson.js';
import { createUnderstand } from '../../src/understanding/create-understand.js';
import { sampleLessons, sampleModel, sampleUnderstand } from './sample-model.js';

const phrasesSchema = z.record(z.string(), z.array(z.string()).min(1));

function heldOut(language: string): readonly (readonly [intent: string, text: string])[] {
  const source = readFileSync(join(__dirname, `phrases.${language}.yaml`), 'utf8');
  return Object.entries(phrasesSchema.parse(parse(source))).flatMap(([intent, texts]) =>
    texts.map((text) => [intent, text] as const),
  );
}

describe.each(['fr', 'en'])('phrases kept apart, in %s', (language) => {
  const phrases = heldOut(language);
  const lesson = sampleLessons().find((one) => one.language === language);

  test('are many, and of every intent', () => {
    expect(phrases.length).toBeGreaterThanOrEqual(400);
    expect(new Set(phrases.map(([intent]) => intent))).toEqual(new Set(lesson?.intents.keys()));
  });

  test('were never learned, capitals and accents aside', () => {
    const learned = new Set([...(lesson?.intents.values() ?? [])].flat().map(fold));
    expect(phrases.map(([, text]) => text).filter((text) => learned.has(fold(text)))).toEqual([]);
  });

  test('are understood as a person would, or not at all', () => {
    const understand = createUnderstand([sampleModel(language)]);
    const counted = count(phrases, (text) => understand(text).intent);
    expect(counted.right).toBeGreaterThanOrEqual(92);
    expect(counted.wrong).toBeLessThan(3);
  });

  test('are told from the other language, whatever language was expected', () => {
    const understand = sampleUnderstand();
    const other = language === 'fr' ? 'en' : 'fr';
    const found = count(phrases, (text) => understand(text, { expected: other }).intent);
    expect(found.right).toBeGreaterThanOrEqual(88);
    const known = count(phrases, (text) => understand(text, { expected: language }).intent);
    expect(known.right).toBeGreaterThanOrEqual(91);
    expect(known.wrong).toBeLessThan(3.5);
  });
});

/** In percent; `none` is right when it is not understood. */
function count(
  phrases: readonly (readonly [string, string])[],
  read: (text: string) => string | null,
): { right: number; wrong: number; mistakes: readonly string[] } {
  let right = 0;
  const mistakes: string[] = [];
  for (const [intent, text] of phrases) {
    const understood = read(text);
    if ((understood ?? NONE) === intent) right += 1;
    else if (understood !== null) mistakes.push(`${intent} taken for ${understood}`);
  }
  const percent = (some: number): number => (100 * some) / phrases.length;
  return { right: percent(right), wrong: percent(mistakes.length), mistakes };
}
