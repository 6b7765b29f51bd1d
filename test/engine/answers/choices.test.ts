import { describe, expect, test } from '@jest/globals';
import { createReader } from './reader.js';

const options = [
  { value: 'climate', label: 'Climat' },
  { value: 'health', label: 'Santé' },
  { value: 'schools', label: 'École et crèches' },
  { value: 'work', label: 'Travail, emploi' },
];
const one = createReader('choice', { options });
const several = createReader('choices', { options, max: 3 });

describe('one option', () => {
  test.each([
    ['Climat', 'climate'],
    ['SANTE', 'health'],
    ['health', 'health'],
    ['2', 'health'],
    ['2.', 'health'],
    ['le 2e', 'health'],
    ['2ème', 'health'],
    ['le deuxième', 'health'],
    ['la seconde', 'health'],
    ['Premier', 'climate'],
    ['école et crèches', 'schools'],
  ])('is named exactly by %s', (text, value) => {
    expect(one(text, 'strict')).toBe(value);
  });

  test.each([
    ['le climat bien sûr', 'climate'],
    ['climatt', 'climate'],
    ['cliamt', 'climate'],
    ['plutôt l’école', 'schools'],
    ['l’emploi', 'work'],
    ['je prends le troisième', 'schools'],
    ['le numéro 4 svp', 'work'],
  ])('is mentioned by %s', (text, value) => {
    expect(one(text, 'strict')).toBe('unread');
    expect(one(text)).toBe(value);
  });

  test.each(['', 'bof', '9', '0', 'pas le climat', 'sa', 'et', '12345'])('is not in %s', (text) => {
    expect(one(text)).toBe('unread');
  });

  test('is not looked for in a story', () => {
    expect(one(`${'bla '.repeat(40)}climat`)).toBe('unread');
    expect(one(`${'bla '.repeat(39)}climat`)).toBe('climate');
  });

  test('is refused when several are mentioned', () => {
    expect(one('climat et santé')).toBe('refused: several');
  });

  test('is told from one whose label it is part of', () => {
    const nested = [
      { value: 'a', label: 'Santé' },
      { value: 'b', label: 'Santé mentale' },
    ];
    expect(createReader('choice', { options: nested })('la santé mentale surtout')).toBe('b');
    expect(createReader('choice', { options: nested })('la santé surtout')).toBe('a');
  });

  test('labelled by a number is named by its label before its place', () => {
    const years = [
      { value: 'x', label: '2' },
      { value: 'y', label: '1' },
    ];
    expect(createReader('choice', { options: years })('1', 'strict')).toBe('y');
  });

  test('is chosen by the yes or no that its label begins with', () => {
    const labels = ['Oui, merci', 'Une autre question', 'Non, garder'];
    const after = createReader('choice', {
      options: labels.map((label) => ({ value: label, label })),
    });
    expect(['oui', 'ouais', 'd’accord', 'non'].map((text) => after(text, 'strict'))).toEqual([
      'Oui, merci',
      'Oui, merci',
      'Oui, merci',
      'Non, garder',
    ]);
    expect(after('oui merci beaucoup à vous')).toBe('Oui, merci');
    expect(after('oui, une autre question')).toBe('Une autre question');
    expect(after('oui et non')).toBe('unsure: Oui, merci, Non, garder');
  });

  test('is not chosen by a yes that no label, or more than one, begins with', () => {
    const both = ['Oui, demain', 'Oui, plus tard'].map((label) => ({ value: label, label }));
    expect(createReader('choice', { options: both })('oui')).toBe('unread');
    expect(one('oui')).toBe('unread');
    expect(one('non')).toBe('unread');
  });

  test('is read by English places', () => {
    const english = createReader('choice', { options, language: 'en' });
    expect(english('the second', 'strict')).toBe('health');
    expect(english('the 3rd one please')).toBe('schools');
  });
});

describe('several options', () => {
  test.each([
    ['climat et santé', ['climate', 'health']],
    ['1, 3', ['climate', 'schools']],
    ['1 et 3', ['climate', 'schools']],
    ['3 1', ['climate', 'schools']],
    ['Santé / climat', ['climate', 'health']],
    ['climat', ['climate']],
    ['École et crèches', ['schools']],
    ['1, 1', ['climate']],
  ])('are listed exactly by %s', (text, values) => {
    expect(several(text, 'strict')).toEqual(values);
  });

  test('are mentioned in a sentence', () => {
    expect(several('surtout le climat, et puis la santee', 'strict')).toBe('unread');
    expect(several('surtout le climat, et puis la santee')).toEqual(['climate', 'health']);
  });

  test('are refused outside the bounds', () => {
    expect(several('1 2 3 4')).toBe('refused: too_many');
    expect(createReader('choices', { options, min: 2 })('climat')).toBe('refused: too_few');
  });

  test('are not in an empty text or one that says except', () => {
    expect(several('')).toBe('unread');
    expect(several('tout sauf climat')).toBe('unread');
    expect(several('rien')).toBe('unread');
  });
});
