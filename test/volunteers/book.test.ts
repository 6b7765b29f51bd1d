import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SignupState } from '../../src/supporters/record.js';
import {
  arrive,
  callOff,
  closeShift,
  confirm,
  eraseFrom,
  freePlaces,
  giveUp,
  settled,
  signUp,
  signupOf,
  waitingFor,
  type Acting,
} from '../../src/volunteers/book.js';
import type { Owed, Shift } from '../../src/volunteers/shift.js';
import { takesPlace } from '../../src/volunteers/signup-state.js';
import { sampleShift, WEEK_BEFORE } from './sample.js';

const HOUR_MS = 3_600_000;
let keys = 0;
const by = (supporter: string, at = WEEK_BEFORE, key = `k${(keys += 1)}`): Acting => ({
  supporter,
  ids: [supporter],
  key,
  at,
});

function signedUp(people: readonly string[], more: Partial<Shift> = {}): Shift {
  return people.reduce((shift, id) => signUp(shift, by(id)).shift, sampleShift(more));
}

function states({ signups }: Shift): Record<string, SignupState> {
  return Object.fromEntries(signups.map(({ supporter, state }) => [supporter, state]));
}

function news({ owed }: Shift, about?: string): string[] {
  return owed.flatMap((one) =>
    one.type === 'news' && (about === undefined || one.supporter === about) ? [one.kind] : [],
  );
}

describe('signing up', () => {
  test('takes places in order, then puts on the waiting list, then refuses', () => {
    const shift = signedUp(['a', 'b', 'c'], { capacity: 2 });
    expect(states(shift)).toEqual({ a: 'scheduled', b: 'scheduled', c: 'invited' });
    expect([freePlaces(shift), waitingFor(shift)]).toEqual([0, 1]);
    const full = signedUp(
      Array.from({ length: 201 }, (_, n) => `p${n}`),
      { capacity: 1 },
    );
    expect(signUp(full, by('late'))).toEqual({ shift: full, state: 'declined' });
  });

  test('twice, or again under the same key, stays one signup', () => {
    const act = by('a');
    const once = signUp(sampleShift(), act);
    expect(signUp(once.shift, act)).toEqual(once);
    expect(signUp(once.shift, by('a'))).toEqual(once);
    // Done again after it was given back, the old act does not sign up once more.
    const { shift } = giveUp(once.shift, by('a'));
    expect(signUp(shift, act)).toEqual({ shift, state: 'declined' });
    expect(signUp(shift, by('a')).state).toBe('scheduled');
  });

  test('is refused once the shift began, is over or is called off', () => {
    const shift = sampleShift();
    expect(signUp(shift, by('a', shift.starts.getTime())).state).toBe('declined');
    expect(signUp(callOff(shift, WEEK_BEFORE), by('a')).state).toBe('declined');
  });

  test('owes the reminders, and what follows from the state', () => {
    const { shift } = signUp(sampleShift(), by('a'));
    expect(news(shift)).toEqual(['eve', 'soon']);
    expect(shift.owed.filter(({ type }) => type === 'count')).toHaveLength(1);
    expect(shift.owing).toEqual(new Date(WEEK_BEFORE));
    const done = settled(shift, new Set(shift.owed.map(({ id }) => id)));
    expect(done.owed).toEqual([]);
    expect(done).not.toHaveProperty('owing');
  });

  test('in place of another gives that back only once there is a place', () => {
    const full = signedUp(['a'], { capacity: 1 });
    const waits = signUp(full, by('b'), 'other');
    expect(waits.state).toBe('invited');
    const releases = ({ owed }: Shift): Owed[] => owed.filter(({ type }) => type === 'release');
    expect(releases(waits.shift)).toEqual([]);
    const moved = giveUp(waits.shift, by('a')).shift;
    expect(releases(moved)).toEqual([
      { type: 'release', id: expect.any(String), supporter: 'b', shift: 'other' },
    ]);
    expect(moved.signups.every(({ instead }) => instead === undefined)).toBe(true);
  });
});

describe('a place given back', () => {
  test('goes to who waits longest, who is told once', () => {
    const shift = signedUp(['a', 'b', 'c'], { capacity: 1 });
    const act = by('a');
    const given = giveUp(shift, act);
    expect(given.state).toBe('declined');
    expect(states(given.shift)).toEqual({ a: 'declined', b: 'scheduled', c: 'invited' });
    expect(news(given.shift, 'b')).toEqual(['eve', 'soon', 'place']);
    expect(giveUp(given.shift, act)).toEqual(given);
  });

  test('stays free in the last hour, when nobody could be told in time', () => {
    const shift = signedUp(['a', 'b'], { capacity: 1 });
    const late = giveUp(shift, by('a', shift.starts.getTime() - HOUR_MS)).shift;
    expect(states(late)).toEqual({ a: 'declined', b: 'invited' });
    expect(freePlaces(late)).toBe(1);
  });

  test('by who comes back puts them behind those who waited on', () => {
    const shift = signedUp(['a', 'b', 'c'], { capacity: 1 });
    const back = signUp(giveUp(shift, by('b')).shift, by('b')).shift;
    expect(states(giveUp(back, by('a')).shift)).toMatchObject({ b: 'invited', c: 'scheduled' });
  });
});

describe('the end of a shift', () => {
  test('misses who did not come, asks them the next morning, and ends the waiting', () => {
    let shift = signedUp(['a', 'b', 'c', 'd'], { capacity: 3 });
    shift = confirm(shift, by('b')).shift;
    shift = arrive(shift, 1, 'leader', shift.starts.getTime()).shift;
    const owed = new Set(shift.owed.map(({ id }) => id));
    const after = shift.ends.getTime() + 2 * HOUR_MS;
    expect(closeShift(shift, after - 1)).toBe(shift);
    const closed = closeShift(settled(shift, owed), after);
    expect(closed.state).toBe('over');
    expect(states(closed)).toEqual({ a: 'completed', b: 'no_show', c: 'no_show', d: 'declined' });
    expect(closed.signups[0]?.arrived_by).toBe('leader');
    const missed = closed.owed.flatMap((one) =>
      one.type === 'news' ? [[one.kind, one.supporter, one.due.toISOString()]] : [],
    );
    expect(missed).toEqual([
      ['missed', 'b', '2031-11-23T09:00:00.000Z'],
      ['missed', 'c', '2031-11-23T09:00:00.000Z'],
    ]);
    expect(closeShift(closed, after)).toBe(closed);
  });

  test('called off tells everybody who was expected or waited', () => {
    const shift = giveUp(signedUp(['a', 'b', 'c'], { capacity: 1 }), by('c')).shift;
    const off = callOff(shift, WEEK_BEFORE);
    expect(states(off)).toEqual({ a: 'declined', b: 'declined', c: 'declined' });
    const told = off.owed.flatMap((one) =>
      one.type === 'news' && one.kind === 'called_off' ? one.supporter : [],
    );
    expect(told).toEqual(['a', 'b']);
  });
});

test('two signups of a person who was merged become one, and the place goes on', () => {
  const shift = signedUp(['old', 'new', 'waits'], { capacity: 2 });
  const act = { ...by('new'), ids: ['new', 'old'] };
  const merged = signUp(shift, act);
  expect(merged.state).toBe('scheduled');
  expect(states(merged.shift)).toEqual({
    old: 'scheduled',
    new: 'declined',
    waits: 'scheduled',
  });
  expect(signupOf(merged.shift, ['new', 'old'])?.supporter).toBe('old');
});

test('whoever is erased leaves no trace, and the place goes on', () => {
  const shift = { ...signedUp(['a', 'b'], { capacity: 1 }), leader: 'a' };
  const left = eraseFrom(shift, 'a', WEEK_BEFORE);
  expect(JSON.stringify(left)).not.toContain('"a"');
  expect(states(left)).toEqual({ b: 'scheduled' });
});

type Move = {
  readonly who: number;
  readonly how: 'sign' | 'give' | 'confirm' | 'arrive' | 'erase';
};

test('never has more people than places, nor a free place while somebody waits, and owes every id once', () => {
  const moves = fc.array(
    fc.record<Move>({
      who: fc.integer({ min: 0, max: 7 }),
      how: fc.constantFrom('sign', 'give', 'confirm', 'arrive', 'erase'),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(moves, fc.integer({ min: 1, max: 4 }), (all, capacity) => {
      let shift = sampleShift({ capacity });
      const ids = new Set<string>();
      for (const [index, { who, how }] of all.entries()) {
        const before = shift;
        const act = by(`p${who}`, WEEK_BEFORE + index);
        shift = apply(shift, how, act);
        for (const { id } of shift.owed.filter((one) => !before.owed.includes(one))) {
          expect(ids.has(id)).toBe(false);
          ids.add(id);
        }
        const taken = shift.signups.filter(({ state }) => takesPlace(state)).length;
        expect(taken).toBeLessThanOrEqual(capacity);
        if (waitingFor(shift) > 0) expect(taken).toBe(capacity);
        expect(new Set(shift.signups.map(({ n }) => n)).size).toBe(shift.signups.length);
        const people = shift.signups.map(({ supporter }) => supporter);
        expect(new Set(people).size).toBe(people.length);
      }
    }),
    { numRuns: 150 },
  );

  function apply(shift: Shift, how: Move['how'], act: Acting): Shift {
    switch (how) {
      case 'sign':
        return signUp(shift, act).shift;
      case 'give':
        return giveUp(shift, act).shift;
      case 'confirm':
        return confirm(shift, act).shift;
      case 'arrive':
        return arrive(shift, signupOf(shift, act.ids)?.n ?? 0, 'staff', act.at).shift;
      case 'erase':
        return eraseFrom(shift, act.supporter, act.at);
      default:
        return how satisfies never;
    }
  }
});
