import { expect, test } from '@jest/globals';
import { instantOf, isDate, isTimezone } from '../../../src/engine/parse/instant.js';

test.each([
  ['2032-03-14', '08:00', 'Europe/Paris', '2032-03-14T07:00:00.000Z'],
  ['2032-07-14', '08:00', 'Europe/Paris', '2032-07-14T06:00:00.000Z'],
  ['2032-11-02', '07:30', 'America/New_York', '2032-11-02T11:30:00.000Z'],
  ['2032-11-09', '07:30', 'America/New_York', '2032-11-09T12:30:00.000Z'],
  ['2032-03-28', '01:59', 'Europe/Paris', '2032-03-28T00:59:00.000Z'],
  ['2032-03-28', '03:00', 'Europe/Paris', '2032-03-28T01:00:00.000Z'],
  ['2032-03-14', '00:00', 'Pacific/Kiritimati', '2032-03-13T10:00:00.000Z'],
  ['2032-03-14', '12:00', 'UTC', '2032-03-14T12:00:00.000Z'],
])('%s %s in %s is %s', (date, time, timezone, instant) => {
  expect(new Date(instantOf(date, time, timezone)).toISOString()).toBe(instant);
});

test('knows days of the calendar and time zones', () => {
  expect(['2032-02-29', '2031-02-29', '2032-13-01', 'tomorrow'].map(isDate)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(['Europe/Paris', 'UTC', 'Europe/Pariss', ''].map(isTimezone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
