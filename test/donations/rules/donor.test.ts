import { describe, expect, test } from '@jest/globals';
import { readDonor, requiredFields } from '../../../src/donations/rules/donor.js';
import { COUNTRY_CODES, FRENCH_HOMES } from '../../../src/donations/rules/country-codes.js';
import { LEA } from '../desk.js';

const FR = { country: 'fr' } as const;
const US = { country: 'us' } as const;

describe('what a donor tells', () => {
  test('in France is identity, nationality and tax home, and nothing is kept that was not asked for', () => {
    const { attest: _, ...donor } = LEA;
    expect(readDonor({ ...LEA, employer: 'Somebody', __proto__: { x: 1 } }, FR, 1_000)).toEqual({
      type: 'read',
      donor,
    });
  });

  test('is told back with every fault at once', () => {
    const given = { ...LEA, last_name: '  ', street: 'x'.repeat(121), country: 'ZZ', city: 12 };
    expect(readDonor(given, FR, 1_000)).toEqual({
      type: 'refused',
      faults: { last_name: 'missing', street: 'too_long', country: 'unknown', city: 'missing' },
    });
  });

  test('is tidied, without signs that nobody sees', () => {
    const reading = readDonor({ ...LEA, first_name: ' Le\u0301a\u200b \n Anne\u0000 ' }, FR, 1_000);
    expect(reading).toMatchObject({ donor: { first_name: 'Léa Anne' } });
  });

  test('lets who is French give from anywhere, and who lives in France whoever they are', () => {
    const from = (nationality: string, country: string) =>
      readDonor({ ...LEA, nationality, country }, FR, 1_000).type;
    expect(from('FR', 'BR')).toBe('read');
    for (const home of FRENCH_HOMES) expect(from('BR', home)).toBe('read');
    expect(from('BR', 'BE')).toBe('refused');
  });

  test('in the United States is employer and occupation too, once it comes to more than 200 dollars', () => {
    expect(requiredFields(US, 20_000)).not.toContain('employer');
    expect(requiredFields(US, 20_001)).toEqual(
      expect.arrayContaining(['street', 'employer', 'occupation']),
    );
    expect(readDonor({ ...LEA, country: 'US' }, US, 20_001)).toEqual({
      type: 'refused',
      faults: { employer: 'missing', occupation: 'missing' },
    });
  });

  test('elsewhere is a name', () => {
    expect(requiredFields({ country: 'none' }, 1_000_000)).toEqual(['first_name', 'last_name']);
  });

  test('knows every country by a name in both languages', () => {
    expect(new Set(COUNTRY_CODES).size).toBe(COUNTRY_CODES.length);
    expect(COUNTRY_CODES.length).toBeGreaterThan(240);
    for (const language of ['fr', 'en']) {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      expect(COUNTRY_CODES.filter((code) => names.of(code) === undefined)).toEqual([]);
    }
  });
});
