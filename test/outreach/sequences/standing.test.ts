import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryCounts, DeliveryRow } from '../../../src/outreach/messages/deliveries.js';
import { DELIVERY_STATES } from '../../../src/outreach/messages/deliveries.js';
import {
  LEFT_REASONS,
  personStanding,
  totalsOf,
} from '../../../src/outreach/sequences/standing.js';

const row = (state: DeliveryRow['state'], reason?: string): DeliveryRow => ({
  _id: 's-1:p',
  message: 's-1',
  supporter: 'p',
  channel: 'web',
  state,
  at: new Date(0),
  ...(reason === undefined ? {} : { reason }),
});

test('somebody is in a sequence while a step is to come, and left where the first step says why', () => {
  expect(personStanding([])).toBeUndefined();
  expect(personStanding([row('sent'), row('planned', 'quiet-hours')])).toMatchObject({
    type: 'within',
    step: 2,
  });
  expect(personStanding([row('sent'), row('skipped', 'no_consent')])).toMatchObject({
    type: 'finished',
    step: 2,
  });
  expect(
    personStanding([row('sent'), row('skipped', 'left_answered'), row('planned')]),
  ).toMatchObject({ type: 'left', reason: 'left_answered', step: 2 });
});

/** One person's way through three steps, as dispatch writes it. */
const way = fc.oneof(
  fc.constantFrom('sent', 'failed', 'skipped').map((end) => [end, end, end]),
  fc.nat(2).map((done) => ['sent', 'sent', 'sent'].map((one, n) => (n < done ? one : 'planned'))),
  fc
    .tuple(fc.nat(2), fc.constantFrom(...LEFT_REASONS), fc.boolean())
    .map(([at, why, isTold]) =>
      ['sent', 'sent', 'sent'].map((one, n) =>
        n < at ? one : n === at ? why : isTold ? 'left_before' : 'planned',
      ),
    ),
);

test('whole sequences count people as each of them stands', () => {
  fc.assert(
    fc.property(fc.array(way, { maxLength: 20 }), (ways) => {
      const people = ways.map((steps) =>
        steps.map((one) => {
          const state = DELIVERY_STATES.find((known) => known === one);
          return state === undefined ? row('skipped', one) : row(state);
        }),
      );
      const counts = [0, 1, 2].map((step) => countOf(people.map((steps) => steps[step])));
      const standings = people.map((steps) => personStanding(steps));
      const having = (type: string): number =>
        standings.filter((standing) => standing?.type === type).length;
      const { began, within, finished, left } = totalsOf(counts);
      expect({ began, within, finished }).toEqual({
        began: people.length,
        within: having('within'),
        finished: having('finished'),
      });
      expect(Object.values(left).reduce((sum, one) => sum + one, 0)).toBe(having('left'));
    }),
    { numRuns: 200 },
  );
});

function countOf(rows: readonly (DeliveryRow | undefined)[]): DeliveryCounts {
  const reasons: Record<string, number> = {};
  const count = (state: string): number => rows.filter((one) => one?.state === state).length;
  for (const one of rows) {
    if (one?.reason !== undefined) reasons[one.reason] = (reasons[one.reason] ?? 0) + 1;
  }
  return {
    states: {
      planned: count('planned'),
      sending: count('sending'),
      sent: count('sent'),
      delivered: count('delivered'),
      read: count('read'),
      failed: count('failed'),
      skipped: count('skipped'),
      unknown: count('unknown'),
    },
    reasons,
  };
}
