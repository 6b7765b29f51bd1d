import { describe, expect, test } from '@jest/globals';
import { createConcepts } from '../../src/understanding/concepts.js';
import { soundOfFrench } from '../../src/understanding/sound-of-french.js';
import { createSpelling } from '../../src/understanding/spelling.js';
import { tongueOf } from '../../src/understanding/tongue.js';
import { wordsOf } from '../../src/understanding/words-of.js';

const fr = tongueOf('fr');

describe('words', () => {
  test('are folded, and drawn out letters are put together', () => {
    expect(wordsOf('  Saluuuut, ÇA va ?! ')).toEqual(['salut', 'ca', 'va']);
    expect(wordsOf('J’ai 20€')).toEqual(['j', 'ai', '20', 'euro']);
    expect(wordsOf('👍')).toEqual(['👍']);
    expect(wordsOf('…')).toEqual([]);
  });

  test('are read up to a bound', () => {
    expect(wordsOf('mot '.repeat(10_000)).length).toBeLessThanOrEqual(64);
  });
});

describe('the sound of French words', () => {
  test.each([
    ['buro', 'bureau'],
    ['done', 'donner'],
    ['donner', 'donnez'],
    ['koi', 'quoi'],
    ['voudre', 'voudrai'],
    ['zero', 'zeros'],
    ['telefone', 'telephone'],
    ['fassile', 'facile'],
    ['adrese', 'adresse'],
  ])('%s sounds like %s', (one, other) => {
    expect(soundOfFrench(one)).toBe(soundOfFrench(other));
  });

  test.each([
    ['bus', 'bas'],
    ['vote', 'boite'],
  ])('%s does not sound like %s', (one, other) => {
    expect(soundOfFrench(one)).not.toBe(soundOfFrench(other));
  });
});

describe('spelling', () => {
  const spelling = createSpelling(['bureau', 'vote', 'donner', 'reunion', 'benevole'], fr);

  test('mends words that sound alike or have one letter wrong', () => {
    expect(spelling.mend('buro')).toBe('bureau');
    expect(spelling.mend('reunoin')).toBe('reunion');
    expect(spelling.mend('benevolle')).toBe('benevole');
    expect(spelling.mend('benebole')).toBe('benevole');
  });

  test('leaves known words, their forms, short words and numbers alone', () => {
    for (const word of ['vote', 'votes', 'donnerai', 'benevol', 'de', 'xyz', '2032', 'chien']) {
      expect(spelling.mend(word)).toBeUndefined();
    }
  });
});

describe('concepts', () => {
  const find = createConcepts(
    new Map([
      ['money', ['argent', 'sous']],
      ['round', ['second tour', 'deuxième tour']],
    ]),
    fr,
  );
  const conceptsIn = (text: string): readonly number[] => {
    const words = wordsOf(text);
    return find(words, words.map(fr.stem));
  };

  test('are found by words in any form, and by expressions', () => {
    expect(conceptsIn('de l’argent pour le Second Tour')).toEqual([0, 1]);
    expect(conceptsIn('le second, puis un tour')).toEqual([]);
  });
});
