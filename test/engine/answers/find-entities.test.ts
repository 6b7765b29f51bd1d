import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findEntities } from '../../../src/engine/answers/find-entities.js';
import { contextIn, phrases } from './reader.js';

const found = (text: string, language = 'fr'): unknown[][] =>
  findEntities(text, contextIn(language)).map(({ type, value, text: written }) => [
    type,
    value,
    written,
  ]);

describe('what a text names', () => {
  test('is found in its order, each once', () => {
    expect(found('moi c’est lea@exemple.org, 06 12 34 56 78, j’habite 35000 Rennes')).toEqual([
      ['email', 'lea@exemple.org', 'lea@exemple.org'],
      ['phone', '+33612345678', '06 12 34 56 78'],
      ['postal_code', '35000', '35000'],
    ]);
    expect(found('je donne une vingtaine d’euros samedi à 18h ou dimanche')).toEqual([
      ['amount', 2000, 'une vingtaine d’euros'],
      ['date', '2030-01-05T18:00:00+01:00', 'samedi à 18h'],
      ['date', '2030-01-06', 'dimanche'],
    ]);
    expect(found('on sera 12 demain soir')).toEqual([
      ['number', 12, '12'],
      ['date', '2030-01-02T19:00:00+01:00', 'demain soir'],
    ]);
  });

  test('is found in English', () => {
    expect(found('call +33 6 12 34 56 78 tomorrow at 6pm, I have two kids', 'en')).toEqual([
      ['phone', '+33612345678', '+33 6 12 34 56 78'],
      ['date', '2030-01-02T18:00:00+01:00', 'tomorrow at 6pm'],
      ['number', 2, 'two'],
    ]);
    expect(found('meet me on March 14th, bring $20', 'en')).toEqual([
      ['date', '2030-03-14', 'March 14th'],
      ['number', 20, '20'],
    ]);
  });

  test('is no date where a part of a town is named', () => {
    expect(found('Paris 20e').map(([type]) => type)).not.toContain('date');
    expect(found('j’habite dans le 20e').map(([type]) => type)).not.toContain('date');
    expect(found('le 1er mai')).toEqual([['date', '2030-05-01', 'le 1er mai']]);
    expect(found('rappelez-moi le mois prochain')).toEqual([
      ['date', '2030-02-01', 'mois prochain'],
    ]);
  });

  test('is nothing where there is nothing, or too much to read', () => {
    expect(found('un jour peut-être')).toEqual([]);
    expect(found('')).toEqual([]);
    expect(found('12 '.repeat(1000))).toEqual([]);
  });

  test('is in the text, in order, without overlaps', () => {
    const words = fc.constantFrom(
      ...phrases(`
    demain / 18h / vingt / euros / 20 / € / 35000 / 06 12 34 56 78 / le / 14 / mars /
    lea@exemple.org / une / vingtaine / d’ / à / samedi / 14/03 / et / 🚲
  `),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 10 }), fc.string(), (parts, noise) => {
        const text = `${parts.join(' ')} ${noise}`;
        let from = 0;
        for (const { text: written } of findEntities(text, contextIn('fr'))) {
          const at = text.indexOf(written, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + written.length;
        }
      }),
      { numRuns: 300 },
    );
  });
});
