import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { territoryFacts } from '../../../src/engine/calendar/territories.js';
import { offsetAt } from '../../../src/engine/parse/instant.js';
import { dueAt } from '../../../src/outreach/sequences/due-at.js';

const PARIS = 'Europe/Paris';
const noon = Date.UTC(2032, 2, 1, 11);

test('a span counts from the moment it happened', () => {
  expect(dueAt({ type: 'span', ms: 7_200_000 }, noon, undefined, PARIS)).toBe(noon + 7_200_000);
});

test('a time of day is one where they live, and the next when it is over there', () => {
  const after = { type: 'day', days: 0, time: '18:00' } as const;
  expect(dueAt(after, noon, undefined, PARIS)).toBe(Date.UTC(2032, 2, 1, 17));
  expect(dueAt({ ...after, time: '11:59' }, noon, undefined, PARIS)).toBe(
    Date.UTC(2032, 2, 2, 10, 59),
  );
  expect(dueAt({ ...after, days: 2 }, noon, 'reunion', PARIS)).toBe(Date.UTC(2032, 2, 3, 14));
});

test('in every territory it is that time on that day, and never before it happened', () => {
  const territories = ['metropole', 'reunion', 'guadeloupe', 'polynesie', undefined];
  const times = fc
    .tuple(fc.integer({ min: 4, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}`);
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2031, 0), max: Date.UTC(2033, 0) }),
      fc.integer({ min: 0, max: 30 }),
      times,
      fc.constantFrom(...territories),
      (happened, days, time, territory) => {
        const due = dueAt({ type: 'day', days, time }, happened, territory, PARIS);
        const zone = (territory === undefined ? undefined : territoryFacts(territory))?.zones[0];
        const shown = new Date(due + offsetAt(due, zone ?? PARIS)).toISOString();
        expect(shown.slice(11, 16)).toBe(time);
        expect(due).toBeGreaterThanOrEqual(happened);
        expect(due - happened).toBeLessThanOrEqual((days + 1) * 86_400_000 + 3_600_000);
      },
    ),
  );
});
