import { describe, expect, test } from '@jest/globals';
import { createDetectLanguage } from '../../src/understanding/detect-language.js';
import { sampleModel } from './sample-model.js';

describe('the language of a text', () => {
  const detect = createDetectLanguage([sampleModel('fr'), sampleModel('en')]);

  test.each([
    ['je veux donner 20 euros', 0],
    ['jvoudré doné', 0],
    ['c koi le programme', 0],
    ['merci beaucoup', 0],
    ['where is my polling station', 1],
    ['i wanna help', 1],
    ['thanks a lot mate', 1],
    ['what about the swimming pool on Elm Street', 1],
  ])('%s', (text, expected) => {
    const likely = detect(text);
    expect(likely[expected]).toBeGreaterThan(0.8);
    expect((likely[0] ?? 0) + (likely[1] ?? 0)).toBeCloseTo(1);
  });

  test('is the expected one when the words are of both, or of none', () => {
    for (const text of ['ok', 'Corvisier', '👍', '', '12345']) {
      expect(detect(text, 'fr')[0]).toBeGreaterThan(0.5);
      expect(detect(text, 'en')[1]).toBeGreaterThan(0.5);
    }
  });

  test('is nothing where none is known', () => {
    expect(createDetectLanguage([])('bonjour')).toEqual([]);
  });
});
