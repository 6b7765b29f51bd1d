import { describe, expect, test } from '@jest/globals';
import {
  AMERICAN_TERRITORIES,
  FRENCH_TERRITORIES,
  territoryOfPostalCode,
} from '../../../src/engine/calendar/territories.js';
import { isTimezone } from '../../../src/engine/parse/instant.js';

describe('territories', () => {
  test.each([
    ['75011', 'metropole'],
    ['20000', 'metropole'],
    ['01000', 'metropole'],
    ['97110', 'guadeloupe'],
    ['97133', 'saint-barthelemy'],
    ['97150', 'saint-martin'],
    ['97200', 'martinique'],
    ['97300', 'guyane'],
    ['97400', 'reunion'],
    ['97500', 'saint-pierre-et-miquelon'],
    ['97600', 'mayotte'],
    ['98600', 'wallis-et-futuna'],
    ['98713', 'polynesie'],
    ['98800', 'nouvelle-caledonie'],
    ['98000', undefined],
    ['96000', undefined],
    ['7501', undefined],
    ['00100', undefined],
  ])('knows that %s is in %s', (code, territory) => {
    expect(territoryOfPostalCode(code)).toBe(territory);
  });

  test('have clocks that the platform knows', () => {
    for (const { zones } of [
      ...Object.values(FRENCH_TERRITORIES),
      ...Object.values(AMERICAN_TERRITORIES),
    ]) {
      for (const zone of zones) expect([zone, isTimezone(zone)]).toEqual([zone, true]);
    }
  });
});
