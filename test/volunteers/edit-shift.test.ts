import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { freePlaces, signUp, waitingFor } from '../../src/volunteers/book.js';
import { editShift } from '../../src/volunteers/edit-shift.js';
import type { Shift, ShiftDefinition } from '../../src/volunteers/shift.js';
import { sampleShift, WEEK_BEFORE } from './sample.js';

/** A shift with so many people who asked for a place, one after the other. */
function withPeople(capacity: number, people: number): Shift {
  let shift = sampleShift({ capacity });
  for (let n = 0; n < people; n += 1) {
    const supporter = `s${n}`;
    const act = { supporter, ids: [supporter], key: `k${n}`, at: WEEK_BEFORE };
    ({ shift } = signUp(shift, act));
  }
  return shift;
}

function definitionOf(shift: Shift, more: Partial<ShiftDefinition> = {}): ShiftDefinition {
  const { title, task, place, timezone, starts, ends, skills, languages, check_in: ways } = shift;
  const { _id: name, capacity } = shift;
  const said = { title, task, place, timezone, starts, ends, capacity, skills, languages };
  return { name, ...said, check_in: ways, ...more };
}

describe('writing a shift anew', () => {
  test('never takes a place from anybody, and gives what was added to who waits', () => {
    const numbers = fc.tuple(
      fc.integer({ min: 1, max: 8 }),
      fc.nat({ max: 14 }),
      fc.nat({ max: 12 }),
    );
    fc.assert(
      fc.property(numbers, ([capacity, people, next]) => {
        const before = withPeople(capacity, people);
        const edited = editShift(
          before,
          definitionOf(before, { capacity: next }),
          undefined,
          WEEK_BEFORE,
        );
        const taken = Math.min(capacity, people);
        if (next < taken) {
          expect(edited).toEqual({ type: 'refused', reason: 'below_taken' });
          return;
        }
        if (edited.type !== 'edited') throw new Error(edited.reason);
        const { shift } = edited;
        expect(shift.capacity - freePlaces(shift)).toBe(Math.min(next, people));
        expect(waitingFor(shift)).toBe(Math.max(0, people - next));
        // Who had a place has it still, and whoever got one is told.
        const places = shift.signups.filter(({ state }) => state === 'scheduled');
        expect(places.map(({ supporter }) => supporter)).toEqual(
          Array.from({ length: Math.min(next, people) }, (_one, n) => `s${n}`),
        );
        const told = shift.owed.filter((one) => one.type === 'news' && one.kind === 'place');
        expect(told).toHaveLength(Math.min(next, people) - taken);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test('leaves the hours that people signed up for, and moves a shift that nobody did', () => {
    const ends = new Date('2031-11-22T17:00:00Z');
    const filled = withPeople(2, 1);
    expect(editShift(filled, definitionOf(filled, { ends }), undefined, WEEK_BEFORE)).toEqual({
      type: 'refused',
      reason: 'times_fixed',
    });
    const empty = withPeople(2, 0);
    const moved = editShift(empty, definitionOf(empty, { ends }), 'ana', WEEK_BEFORE);
    expect(moved).toMatchObject({ type: 'edited', shift: { ends, leader: 'ana', code: '4711' } });
    if (moved.type !== 'edited') throw new Error(moved.reason);
    // The same words anew, without somebody who leads it.
    const again = editShift(moved.shift, definitionOf(moved.shift), undefined, WEEK_BEFORE);
    expect(again).toMatchObject({ type: 'edited' });
    expect('leader' in (again.type === 'edited' ? again.shift : { leader: 1 })).toBe(false);
  });

  test('is over with a shift that is over or called off', () => {
    const shift = withPeople(2, 0);
    const off = { ...shift, state: 'cancelled' } as const;
    expect(editShift(off, definitionOf(off), undefined, WEEK_BEFORE)).toMatchObject({
      reason: 'not_open',
    });
    const late = shift.ends.getTime();
    expect(editShift(shift, definitionOf(shift), undefined, late)).toMatchObject({
      reason: 'over',
    });
  });
});
