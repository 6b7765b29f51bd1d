import { describe, expect, test } from '@jest/globals';
import { createReader } from './reader.js';

describe('a phone number', () => {
  const read = createReader('phone');

  test.each([
    '06 12 34 56 78',
    '06.12.34.56.78',
    '06-12-34-56-78',
    '06/12/34/56/78',
    '0612345678',
    '0 6 1 2 3 4 5 6 7 8',
    '06 1234 5678',
    '+33 6 12 34 56 78',
    '+33612345678',
    '+33 (0)6 12 34 56 78',
    '0033 6 12 34 56 78',
    '0033612345678',
    '33612345678',
    '612345678',
    '(06) 12 34 56 78',
    'O6 12 34 56 78',
    'o6.12.34.56.78',
    'tel:0612345678',
    'mon numéro est le 06 12 34 56 78',
    'mon numéro est le 06 12 34 56 78 merci',
    'c’est le 0612345678.',
    'Tél. : 06 12 34 56 78',
    'appelez-moi au 06.12.34.56.78 le soir',
    'je suis né en 1980, 06 12 34 56 78',
    '06 12 34 56 78, je répète 0612345678',
    'oui 06 12 34 56 78 👍',
  ])('is read: %s', (text) => {
    expect(read(text)).toBe('+33612345678');
  });

  test.each([
    ['06 12 34 56 7', 'refused: too_short'],
    ['06 12 34', 'refused: too_short'],
    ['06 12 34 56 78 9', 'refused: too_long'],
    ['+33612345', 'refused: too_short'],
    ['c’est le 0612345678, ou 0712345678', 'refused: several'],
    ['12 ans', 'unread'],
    ['non', 'unread'],
  ])('is refused or not there: %s', (text, outcome) => {
    expect(read(text)).toBe(outcome);
  });

  test('is of the campaign’s country', () => {
    const american = createReader('phone', { country: 'us', language: 'en' });
    expect(american('(202) 555-0143')).toBe('+12025550143');
    expect(american('call me at 202.555.0143')).toBe('+12025550143');
    expect(createReader('phone')('+1 202 555 0143')).toBe('+12025550143');
  });
});

describe('a postal code', () => {
  const read = createReader('postal_code');

  test.each([
    ['35000', '35000'],
    ['35 000', '35000'],
    [' 35000 ', '35000'],
    ['F-35000', '35000'],
    ['f-35000 rennes', '35000'],
    ['75011 Paris', '75011'],
    ['Paris 75011', '75011'],
    ['Paris (75011)', '75011'],
    ['j’habite 35000 Rennes', '35000'],
    ['j’habite à Rennes, 35000', '35000'],
    ['code postal : 35000', '35000'],
    ['le 35000', '35000'],
    ['35000.', '35000'],
    ['01000', '01000'],
    ['20200 Bastia', '20200'],
    ['97400', '97400'],
    ['Paris 11e', '75011'],
    ['paris 11', '75011'],
    ['Paris 1er', '75001'],
    ['Paris 20ème', '75020'],
    ['Lyon 3e', '69003'],
    ['Marseille 13e', '13013'],
    ['dans le 11e arrondissement de Paris', '75011'],
    ['11e arr. Paris', '75011'],
    ['35000 ou plutôt 35000', '35000'],
    ['Paris 16e', 'refused: malformed'],
    ['Paris 21e', 'refused: malformed'],
    ['Lyon 12e', 'refused: malformed'],
    ['350', 'refused: malformed'],
    ['99999', 'refused: malformed'],
    ['35000 ou 35200', 'refused: several'],
    ['Paris', 'unread'],
    ['à Rennes', 'unread'],
  ])('is read: %s', (text, outcome) => {
    expect(read(text)).toBe(outcome);
  });
});

describe('an address', () => {
  const read = createReader('address');
  const lavoir = { street: '3 place du Lavoir', postal_code: '35000', city: 'Valbrume' };

  test.each([
    ['3 place du Lavoir, 35000 Valbrume', lavoir],
    ['3 place du Lavoir 35000 Valbrume', lavoir],
    ['3 place du Lavoir\n35000 Valbrume', lavoir],
    ['3 place du Lavoir, 35000, Valbrume', lavoir],
    ['3 place du Lavoir, 35 000 Valbrume.', lavoir],
    ['3 place du Lavoir, Valbrume 35000', lavoir],
    ['3, place du Lavoir 35000 Valbrume', lavoir],
    ['j’habite 3 place du Lavoir, 35000 Valbrume', lavoir],
    ['3 place du Lavoir, 35000 Valbrume, France', lavoir],
    ['3 place du Lavoir (35000 Valbrume)', { ...lavoir, street: '3 place du Lavoir' }],
    ['3 place du Lavoir, Valbrume', { street: '3 place du Lavoir', city: 'Valbrume' }],
    ['3 place du Lavoir', { street: '3 place du Lavoir' }],
    ['place du Lavoir', { street: 'place du Lavoir' }],
    ['35000 Valbrume', { postal_code: '35000', city: 'Valbrume' }],
    ['35000', { postal_code: '35000' }],
    [
      '12 bis rue de la Paix, 75002 Paris',
      { street: '12 bis rue de la Paix', postal_code: '75002', city: 'Paris' },
    ],
    [
      'Résidence Les Pins, bât B, 4 allée des Pins, 33000 Bordeaux',
      { street: '4 allée des Pins', postal_code: '33000', city: 'Bordeaux' },
    ],
    ['8 av. Foch, 54000 Nancy', { street: '8 av. Foch', postal_code: '54000', city: 'Nancy' }],
    ['8 bd Voltaire 75011 Paris', { street: '8 bd Voltaire', postal_code: '75011', city: 'Paris' }],
    ['2 impasse des Lilas', { street: '2 impasse des Lilas' }],
    ['5 quai Sud 29000 Quimper', { street: '5 quai Sud', postal_code: '29000', city: 'Quimper' }],
    [
      '1 cours d’Albret 33000 Bordeaux',
      { street: '1 cours d’Albret', postal_code: '33000', city: 'Bordeaux' },
    ],
    [
      '10 rue Haute, 76450 Saint-Martin-aux-Buneaux',
      { street: '10 rue Haute', postal_code: '76450', city: 'Saint-Martin-aux-Buneaux' },
    ],
  ])('is told apart: %s', (text, parts) => {
    expect(read(text)).toEqual({ text: expect.any(String), ...parts });
  });

  test('keeps its text on one line', () => {
    expect(read(' 3 place  du Lavoir \n 35000 Valbrume. ')).toEqual({
      text: '3 place du Lavoir, 35000 Valbrume',
      ...lavoir,
    });
  });

  test('of the United States', () => {
    const american = createReader('address', { language: 'en', country: 'us' });
    expect(american('123 North Main St, Springfield, IL 62704')).toEqual({
      text: '123 North Main St, Springfield, IL 62704',
      street: '123 North Main St',
      postal_code: '62704',
      city: 'Springfield',
    });
    expect(american('742 Evergreen Terrace')).toMatchObject({ street: '742 Evergreen Terrace' });
  });

  test.each(['je sais pas', 'oui', 'une place', 'plus tard', 'chez moi'])(
    'is not in: %s',
    (text) => {
      expect(read(text)).toBe('unread');
    },
  );

  test('is strict only when nothing comes before it', () => {
    expect(read('j’habite 3 place du Lavoir', 'strict')).toBe('unread');
    expect(read('3 place du Lavoir', 'strict')).toMatchObject({ street: '3 place du Lavoir' });
  });
});

describe('a place, a contact or a picture that is written', () => {
  test.each([
    ['48.11, -1.68', { lat: 48.11, lon: -1.68 }],
    ['48.11 -1.68', { lat: 48.11, lon: -1.68 }],
    ['48.1134567,-1.6812346', { lat: 48.113457, lon: -1.681235 }],
    ['je suis à 48.11, -1.68', { lat: 48.11, lon: -1.68 }],
    ['148.11, -1.68', 'refused: malformed'],
    ['48, 1', 'unread'],
    ['rue des Lilas', 'unread'],
  ])('is a point of the globe: %s', (text, value) => {
    expect(createReader('location')(text)).toEqual(value);
  });

  test('is a phone number, or nothing', () => {
    expect(createReader('contact')('c’est le 06 12 34 56 78')).toEqual({ phone: '+33612345678' });
    expect(createReader('contact')('06 12')).toBe('unread');
    expect(createReader('media')('une photo')).toBe('unread');
  });
});
