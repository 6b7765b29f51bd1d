import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createReader, phrases } from './reader.js';

// It is Tuesday 1 January 2030, 13:00 in Paris.
const french = createReader('date');
const english = createReader('date', { language: 'en' });

describe('a date in French', () => {
  test.each([
    ['demain', '2030-01-02'],
    ['2main', '2030-01-02'],
    ['Demain !', '2030-01-02'],
    ['demain à 18h', '2030-01-02T18:00:00+01:00'],
    ['dem 18h30', '2030-01-02T18:30:00+01:00'],
    ['demain soir', '2030-01-02T19:00:00+01:00'],
    ['demain midi', '2030-01-02T12:00:00+01:00'],
    ['après-demain matin', '2030-01-03T09:00:00+01:00'],
    ['apres demain', '2030-01-03'],
    ['aujourd’hui', '2030-01-01'],
    ['ajd 20h', '2030-01-01T20:00:00+01:00'],
    ['ce soir', '2030-01-01T19:00:00+01:00'],
    ['ce soir à 20h', '2030-01-01T20:00:00+01:00'],
    ['18h30', '2030-01-01T18:30:00+01:00'],
    ['à 9h', '2030-01-02T09:00:00+01:00'],
    ['samedi', '2030-01-05'],
    ['mardi', '2030-01-08'],
    ['samedi prochain', '2030-01-05'],
    ['sam 10h', '2030-01-05T10:00:00+01:00'],
    ['samedi en huit', '2030-01-12'],
    ['mardi de la semaine prochaine', '2030-01-08'],
    ['plutôt jeudi aprèm', '2030-01-03T15:00:00+01:00'],
    ['le 14 mars', '2030-03-14'],
    ['14 mars', '2030-03-14'],
    ['le 1er mai', '2030-05-01'],
    ['le quatorze mars à dix-huit heures trente', '2030-03-14T18:30:00+01:00'],
    ['dimanche 14 mars vers 10h', '2030-03-14T10:00:00+01:00'],
    ['le 12 avril 2033', '2033-04-12'],
    ['12 mars 1975', '1975-03-12'],
    ['14/03', '2030-03-14'],
    ['14/03/2032', '2032-03-14'],
    ['14/3/32', '2032-03-14'],
    ['14.03.2032', '2032-03-14'],
    ['03/14/2032', '2032-03-14'],
    ['2032-03-14', '2032-03-14'],
    ['2032-03-14T18:00:00+01:00', '2032-03-14T18:00:00+01:00'],
    ['2032-03-14T17:00:00Z', '2032-03-14T18:00:00+01:00'],
    ['le 3 à 14h', '2030-01-03T14:00:00+01:00'],
    ['le 28', '2030-01-28'],
    ['dans 3 jours', '2030-01-04'],
    ['dans une semaine', '2030-01-08'],
    ['dans quinze jours', '2030-01-15'],
    ['dans un mois', '2030-02-01'],
    ['dans deux heures', '2030-01-01T15:00:00+01:00'],
    ['à 6h du soir', '2030-01-01T18:00:00+01:00'],
    ['demain 8 heures moins le quart', '2030-01-02T07:45:00+01:00'],
    ['auj à midi et demi', '2030-01-01T12:30:00+01:00'],
    ['hier', '2029-12-31'],
    ['29 février', '2032-02-29'],
    ['le 14 juillet à 21h', '2030-07-14T21:00:00+02:00'],
  ])('is strictly %s', (text, value) => {
    expect(french(text, 'strict')).toBe(value);
    expect(french(text)).toBe(value);
  });

  test.each([
    ['vendredi à 9h ça te va ?', '2030-01-04T09:00:00+01:00'],
    ['né le 3 janvier 1980', '1980-01-03'],
    ['je ne peux pas avant samedi', '2030-01-05'],
  ])('is found in a sentence: %s', (text, value) => {
    expect(french(text, 'strict')).toBe('unread');
    expect(french(text)).toBe(value);
  });

  test('is refused when two are said, or when there is no such day', () => {
    expect(french('mardi ou jeudi')).toBe('refused: several');
    expect(french('entre 18h et 20h')).toBe('refused: several');
    expect(french('le 31 février')).toBe('refused: malformed');
    expect(french('45/12')).toBe('refused: malformed');
    expect(french('2032-13-45')).toBe('refused: malformed');
  });

  test.each(['oui', 'je sais pas', 'le 20e', 'on est 12', 'mars', '', 'bientôt'])(
    'is not in: %s',
    (text) => {
      expect(french(text)).toBe('unread');
    },
  );
});

describe('a date in English', () => {
  test.each([
    ['tomorrow', '2030-01-02'],
    ['tmrw', '2030-01-02'],
    ['tomorrow at 6pm', '2030-01-02T18:00:00+01:00'],
    ['tomorrow at 6', '2030-01-02T18:00:00+01:00'],
    ['tomorrow 10am', '2030-01-02T10:00:00+01:00'],
    ['tomorrow morning', '2030-01-02T09:00:00+01:00'],
    ['noon tomorrow', '2030-01-02T12:00:00+01:00'],
    ['the day after tomorrow', '2030-01-03'],
    ['today', '2030-01-01'],
    ['tonight', '2030-01-01T20:00:00+01:00'],
    ['tonight at 8', '2030-01-01T20:00:00+01:00'],
    ['next friday', '2030-01-04'],
    ['friday evening', '2030-01-04T19:00:00+01:00'],
    ['saturday week', '2030-01-12'],
    ['friday next week', '2030-01-11'],
    ['next week on tuesday', '2030-01-08'],
    ['in two weeks', '2030-01-15'],
    ['in a week', '2030-01-08'],
    ['in 3 days', '2030-01-04'],
    ['three days from now', '2030-01-04'],
    ['March 14th', '2030-03-14'],
    ['march 14, 2032', '2032-03-14'],
    ['the 14th of march', '2030-03-14'],
    ['14 march', '2030-03-14'],
    ['may 3rd', '2030-05-03'],
    ['the 21st', '2030-01-21'],
    ['half past six', '2030-01-01T18:30:00+01:00'],
    ['quarter to 7 on monday', '2030-01-07T18:45:00+01:00'],
    ['at 6:30 p.m.', '2030-01-01T18:30:00+01:00'],
    ['sunday 6.30pm', '2030-01-06T18:30:00+01:00'],
    ['in the morning', '2030-01-02T09:00:00+01:00'],
    ['12am on friday', '2030-01-04T00:00:00+01:00'],
    ['12pm on friday', '2030-01-04T12:00:00+01:00'],
  ])('is strictly %s', (text, value) => {
    expect(english(text, 'strict')).toBe(value);
    expect(english(text)).toBe(value);
  });

  test('says the month first in the United States, and the day first elsewhere', () => {
    const american = createReader('date', { language: 'en', country: 'us' });
    expect(american('3/4')).toBe('2030-03-04');
    expect(american('25/12')).toBe('2030-12-25');
    expect(english('3/4')).toBe('2030-04-03');
    expect(english('03/14')).toBe('2030-03-14');
  });

  test('is not a word that only looks like one', () => {
    expect(english('i may come')).toBe('unread');
    expect(english('i may come on the 3rd')).toBe('2030-01-03');
  });
});

describe('the instant and the time zone of the campaign', () => {
  test('tell which day today is', () => {
    const late = { at: Date.UTC(2030, 0, 1, 23, 30) };
    expect(createReader('date', late)('demain')).toBe('2030-01-03');
    expect(createReader('date', { ...late, timezone: 'America/New_York' })('demain')).toBe(
      '2030-01-02',
    );
  });

  test('give the offset of the day that is said', () => {
    const read = createReader('date', { timezone: 'Asia/Kolkata' });
    expect(read('demain à 18h')).toBe('2030-01-02T18:00:00+05:30');
    expect(createReader('date', { timezone: 'America/New_York' })('demain à 18h')).toBe(
      '2030-01-02T18:00:00-05:00',
    );
    expect(french('le 31 mars à 2h30')).toBe('2030-03-31T03:30:00+02:00');
  });

  test('at the ends of the calendar give no date', () => {
    expect(createReader('date', { at: 8.64e15 })('demain')).toBe('refused: malformed');
    expect(createReader('date', { at: -8.64e15 })('demain à 18h')).toBe('refused: malformed');
  });
});

test('a date that was read is read again as itself', () => {
  const words = fc.constantFrom(
    ...phrases(`
    demain / samedi / à 18h / le 14 / mars / soir / dans / 3 / jours / prochain / 14/03 /
    2032 / midi / en huit / une / semaine / heures / ou / 1er / hier
  `),
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 6 }), (parts) => {
      const value = french(parts.join(' '));
      if (typeof value !== 'string' || /^unread|^refused/.test(value)) return;
      expect(french(value, 'strict')).toBe(value);
    }),
    { numRuns: 500 },
  );
});
