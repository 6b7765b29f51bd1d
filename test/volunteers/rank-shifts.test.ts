import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signUp } from '../../src/volunteers/book.js';
import { rankShifts, timesOf, type Volunteer } from '../../src/volunteers/rank-shifts.js';
import type { Shift } from '../../src/volunteers/shift.js';
import { REACHES, TASKS } from '../../src/volunteers/tasks.js';
import { sampleShift, WEEK_BEFORE } from './sample.js';

const HOME = { lat: 48.1113, lon: -1.68 };
const someone = (more: Partial<Volunteer> = {}): Volunteer => ({
  tasks: [],
  times: [],
  skills: [],
  languages: ['fr'],
  approved: [],
  busy: [],
  point: HOME,
  ...more,
});
const at = (lat: number): Shift['place'] => ({ name: 'there', address: '', lat, lon: HOME.lon });
const names = (shifts: readonly Shift[], volunteer = someone()): string[] =>
  rankShifts(shifts, volunteer, WEEK_BEFORE).map(({ shift }) => shift._id);

function filled(id: string, people: number, more: Partial<Shift> = {}): Shift {
  let shift = sampleShift({ _id: id, ...more });
  for (let n = 0; n < people; n += 1) {
    const act = { supporter: `p${n}`, ids: [`p${n}`], key: `k${n}`, at: WEEK_BEFORE };
    shift = signUp(shift, act).shift;
  }
  return shift;
}

describe('offers', () => {
  test('begin with what somebody likes and is free for, then what is near, needed and soon', () => {
    const liked = sampleShift({ _id: 'liked', task: 'calls', place: at(48.2) });
    const near = sampleShift({ _id: 'near' });
    const far = sampleShift({ _id: 'far', place: at(48.2) });
    const evening = sampleShift({
      _id: 'evening',
      starts: new Date('2031-11-20T17:00Z'),
      ends: new Date('2031-11-20T19:00Z'),
    });
    const likes = someone({ tasks: ['calls'], times: ['saturdays'] });
    expect(names([far, evening, near, liked], likes)).toEqual(['liked', 'near', 'far', 'evening']);
    expect(names([filled('fuller', 8), sampleShift({ _id: 'needs' })])).toEqual([
      'needs',
      'fuller',
    ]);
  });

  test('keep to how far somebody goes, by points or by postal codes', () => {
    const [next, other, away] = [at(48.115), at(48.13), at(48.18)].map((place, n) =>
      sampleShift({ _id: `s${n}`, place }),
    );
    const all = [next, other, away].flatMap((one) => one ?? []);
    const reached = (reach: Volunteer['reach']) =>
      names(all, someone(reach === undefined ? {} : { reach })).length;
    expect(REACHES.map(reached)).toEqual([1, 2, 3, 3]);
    const coded = [
      sampleShift({ _id: 'here' }),
      sampleShift({ _id: 'department', place: { ...at(48.3), postal_code: '35400' } }),
      sampleShift({ _id: 'unknown', place: at(48.3) }),
    ];
    const { point: _, ...lives } = someone({ postal_code: '35000', reach: 'town' });
    expect(names(coded, lives)).toEqual(['here', 'unknown']);
  });

  test('leave out what somebody may not, cannot or has no time for', () => {
    const shifts = [
      sampleShift({ _id: 'doors', task: 'doors' }),
      sampleShift({ _id: 'driver', skills: ['driving'] }),
      sampleShift({ _id: 'arabic', languages: ['ar', 'en'] }),
      sampleShift({ _id: 'off', state: 'cancelled' }),
      sampleShift({ _id: 'begun', starts: new Date(WEEK_BEFORE) }),
    ];
    expect(names(shifts)).toEqual([]);
    const able = someone({ approved: ['canvasser'], skills: ['driving'], languages: ['ar'] });
    expect(new Set(names(shifts, able))).toEqual(new Set(['doors', 'driver', 'arabic']));
    expect(names(shifts, { ...able, busy: [sampleShift()] })).toEqual([]);
  });

  test('during the silence are those of the vote only', () => {
    const all = TASKS.map((task) => sampleShift({ _id: task, task }));
    const able = someone({ approved: ['canvasser', 'driver', 'poll_watcher'] });
    const offers = rankShifts(all, able, WEEK_BEFORE, () => true);
    expect(offers.map(({ shift }) => shift._id)).toEqual(['lifts', 'polls']);
  });

  test('name a full shift last, for its waiting list', () => {
    const far = sampleShift({ _id: 'far', place: at(48.5) });
    expect(names([filled('full', 10), far])).toEqual(['far', 'full']);
  });

  test('are the same in whatever order shifts come, nearer before farther and emptier before fuller', () => {
    const shift = fc.record({
      n: fc.integer({ min: 0, max: 9 }),
      km: fc.integer({ min: 0, max: 40 }),
      taken: fc.integer({ min: 0, max: 12 }),
      task: fc.constantFrom(...TASKS),
    });
    const shifts = fc.uniqueArray(shift, { selector: ({ n }) => n, maxLength: 8 });
    fc.assert(
      fc.property(shifts, fc.constantFrom(...REACHES), (all, reach) => {
        const made = all.map(({ n, km, taken, task }) =>
          filled(`s${n}`, taken, { task, place: at(HOME.lat + km / 111.2) }),
        );
        const able = someone({ reach, approved: ['canvasser', 'driver', 'poll_watcher'] });
        const offers = rankShifts(made, able, WEEK_BEFORE);
        expect(rankShifts(made.toReversed(), able, WEEK_BEFORE)).toEqual(offers);
        for (const [index, { shift: one }] of offers.entries()) {
          for (const { shift: later } of offers.slice(index + 1)) {
            const [a, b] = [one, later].map(({ _id }) => all.find(({ n }) => `s${n}` === _id));
            const isBetter = b !== undefined && a !== undefined && b.km < a.km && b.taken < a.taken;
            expect(isBetter).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('the times of a shift are those of its own clock', () => {
  const starts = (text: string, timezone = 'Europe/Paris') =>
    timesOf({ starts: new Date(text), timezone });
  expect(starts('2031-11-21T08:00Z')).toBe('weekdays');
  expect(starts('2031-11-21T16:00Z')).toBe('evenings');
  expect(starts('2031-11-21T23:30Z')).toBe('saturdays');
  expect(starts('2031-11-21T23:30Z', 'America/Cayenne')).toBe('evenings');
  expect(starts('2031-11-23T09:00Z')).toBe('sundays');
});
