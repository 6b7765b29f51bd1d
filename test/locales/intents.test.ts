import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { fold } from '../../src/engine/fold.js';

const LANGUAGES = ['en', 'fr'] as const;
const intentsSchema = z.record(z.string(), z.array(z.string()));

function phrasesOf(language: string): ReadonlyMap<string, readonly string[]> {
  const path = join(__dirname, '..', '..', 'locales', language, 'intents.yaml');
  const read: unknown = parse(readFileSync(path, 'utf8'));
  return new Map(Object.entries(intentsSchema.parse(read)));
}

test('the sample campaign understands the same meanings in every language', () => {
  const [first, ...others] = LANGUAGES.map((language) => [...phrasesOf(language).keys()]);
  for (const names of others) expect(names).toEqual(first);
  expect(first).toContain('none');
});

test.each(LANGUAGES)('every phrase in %s says something, once, with one meaning', (language) => {
  const meanings = new Map<string, string>();
  const faults: string[] = [];
  for (const [intent, phrases] of phrasesOf(language)) {
    for (const phrase of phrases) {
      const key = fold(phrase);
      const before = meanings.get(key);
      if (key === '') faults.push(`"${phrase}" of ${intent} has no word`);
      else if (before !== undefined) faults.push(`"${phrase}" of ${intent} is in ${before}`);
      meanings.set(key, intent);
    }
  }
  expect(faults).toEqual([]);
});

test.each(LANGUAGES)('each meaning has at least thirty phrases in %s', (language) => {
  const few = [...phrasesOf(language)].filter(([, phrases]) => phrases.length < 30);
  expect(few.map(([intent]) => intent)).toEqual([]);
});
