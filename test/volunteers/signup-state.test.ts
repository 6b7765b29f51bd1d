import { describe, expect, test } from '@jest/globals';
import { SIGNUP_STATES } from '../../src/supporters/record.js';
import { movedSignup, SIGNUP_MOVES } from '../../src/volunteers/signup-state.js';

const TABLE = {
  none: { book: 'scheduled', wait: 'invited' },
  invited: { move_up: 'scheduled', give_up: 'declined' },
  scheduled: { confirm: 'confirmed', arrive: 'completed', give_up: 'declined', miss: 'no_show' },
  confirmed: { arrive: 'completed', give_up: 'declined', miss: 'no_show' },
  completed: {},
  no_show: { arrive: 'completed' },
  declined: { book: 'scheduled', wait: 'invited' },
};

describe('the states of a signup', () => {
  test.each([undefined, ...SIGNUP_STATES])(
    'from %s only what the table says can follow',
    (state) => {
      const allowed: Readonly<Record<string, string>> = TABLE[state ?? 'none'];
      for (const move of SIGNUP_MOVES) expect(movedSignup(state, move)).toBe(allowed[move]);
    },
  );
});
