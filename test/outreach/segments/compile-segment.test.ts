import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileSegment, matchesSegment } from '../../../src/outreach/segments/compile-segment.js';
import { readSegment } from '../../../src/outreach/segments/read-segment.js';
import type { Group, Rule } from '../../../src/outreach/segments/segment.js';
import type { Store } from '../../../src/store/connection.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../../src/supporters/supporters.js';
import { openHere } from '../../store/support.js';
import { AT, group, RULES, supporter, TERMS } from './arbitrary.js';

const PEOPLE = 60;

let store: Store;
let close: () => Promise<void>;
let supporters: Supporters;
let people: readonly SupporterRecord[];
beforeAll(async () => {
  ({ store, close } = await openHere());
  supporters = openSupporters(store.connection);
  await supporters.table.createIndexes();
  people = Array.from({ length: PEOPLE }, (_, seed) =>
    fc.sample(supporter(`s${seed}`), { numRuns: 1, seed }),
  ).flat();
  await supporters.table.insertAll(people);
});
afterAll(() => close());

const one = (rule: Rule): Group => ({ combinator: 'and', rules: [rule] });

async function found(segment: Group): Promise<string[]> {
  return supporters.table.ids(compileSegment(segment, AT, TERMS), { limit: PEOPLE });
}

const matched = (segment: Group): string[] =>
  people
    .filter((record) => matchesSegment(segment, record, AT, TERMS))
    .map(({ _id }) => _id)
    .sort();

/** Whether somebody about whom this is known is in the segment of one rule. */
function isIn(rule: Rule, known: Partial<SupporterRecord>, at = AT): boolean {
  const fresh = newSupporter('s', 'fr', { channel: 'web', address: 's' }, AT);
  return matchesSegment(one(rule), { ...fresh, ...known }, at, TERMS);
}

describe('the query of a segment, and the judgement of one supporter', () => {
  test('agree on every field and operator there is', async () => {
    const rules = RULES.flatMap((rule, seed) => fc.sample(rule, { numRuns: 2, seed }));
    const answers = await Promise.all(
      rules.map(async (rule) => ({ rule, ids: await found(one(rule)) })),
    );
    expect(answers).toEqual(rules.map((rule) => ({ rule, ids: matched(one(rule)) })));
    const telling = answers.filter(({ ids }) => ids.length > 0 && ids.length < PEOPLE);
    expect(telling.length).toBeGreaterThan(RULES.length);
  }, 60_000);

  test('agree on groups of them', async () => {
    await fc.assert(
      fc.asyncProperty(group, async (segment) => {
        expect(await found(segment)).toEqual(matched(segment));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('leave out whoever is being erased, and nobody else of everybody', async () => {
    const everybody: Group = { combinator: 'and', rules: [] };
    const left = people.filter(({ erasing }) => erasing === undefined).length;
    expect(left).toBeLessThan(PEOPLE);
    expect([(await found(everybody)).length, matched(everybody).length]).toEqual([left, left]);
  });
});

describe('what a segment can hold', () => {
  test('is only what readSegment let through, which gives it back unchanged', () => {
    fc.assert(
      fc.property(group, (segment) => {
        const sent: unknown = JSON.parse(JSON.stringify({ name: 'a', title: 'A', ...segment }));
        const reading = readSegment(sent, TERMS);
        expect(reading).toEqual({ type: 'read', segment: sent });
      }),
      { numRuns: 200 },
    );
  });
});

describe('days', () => {
  const heard = (instant: string) => ({ heard_at: new Date(instant) });

  test('begin at midnight of the campaign, where it is tomorrow already', () => {
    const today: Rule = { field: 'heard_at', operator: 'withinDays', value: 0 };
    expect(isIn(today, heard('2032-03-27T23:00:00Z'))).toBe(true);
    expect(isIn(today, heard('2032-03-27T22:59:59.999Z'))).toBe(false);
    expect(isIn(today, {})).toBe(false);
    expect(isIn({ ...today, operator: 'notWithinDays' }, {})).toBe(true);
  });

  test('are counted on the calendar, over a change of clocks', () => {
    const week: Rule = { field: 'heard_at', operator: 'withinDays', value: 7 };
    const at = new Date('2032-03-30T12:00:00Z');
    expect(isIn(week, heard('2032-03-22T23:00:00Z'), at)).toBe(true);
    expect(isIn(week, heard('2032-03-22T22:59:59Z'), at)).toBe(false);
  });

  test('mean today when they are asked, not when they were written', () => {
    const before: Rule = { field: 'created_at', operator: 'before', value: 'today' };
    const known = { created_at: new Date('2032-03-28T10:00:00Z') };
    expect(isIn(before, known)).toBe(false);
    expect(isIn(before, known, new Date('2032-03-28T22:00:00Z'))).toBe(true);
  });

  test('end before the next: after a day is from the day after it', () => {
    const after: Rule = { field: 'created_at', operator: 'after', value: '2032-03-28' };
    expect(isIn(after, { created_at: new Date('2032-03-28T21:59:59Z') })).toBe(false);
    expect(isIn(after, { created_at: new Date('2032-03-28T22:00:00Z') })).toBe(true);
  });

  test('of an answer are its own, whatever time stands behind them', () => {
    const on: Rule = { field: 'fields.born', operator: '=', value: '2032-03-28' };
    expect(isIn(on, { fields: { born: '2032-03-28T18:00:00+01:00' } })).toBe(true);
    expect(isIn(on, { fields: { born: '2032-03-29' } })).toBe(false);
    const next: Rule = { field: 'fields.born', operator: 'withinNextDays', value: 1 };
    expect(isIn(next, { fields: { born: '2032-03-29' } })).toBe(true);
    expect(isIn(next, { fields: { born: '2032-03-30' } })).toBe(false);
  });
});

describe('what is not known', () => {
  test('is no value, and so is not equal to any', () => {
    const rule: Rule = { field: 'support_level', operator: '!=', value: 5 };
    expect(isIn(rule, {})).toBe(true);
    expect(isIn({ ...rule, operator: '<' }, {})).toBe(false);
  });

  test('is nothing given, of what is counted', () => {
    expect(isIn({ field: 'donations.count', operator: '=', value: 0 }, {})).toBe(true);
    expect(isIn({ field: 'donations.count', operator: '>=', value: 1 }, {})).toBe(false);
    const donations = { count: 2, totalCents: 4_000, lastAt: AT };
    expect(
      isIn(
        { field: 'donations.total_cents', operator: '>', value: 3_999 },
        { summary: { donations } },
      ),
    ).toBe(true);
  });
});

describe('a consent', () => {
  const rule = (field: string, value: string): Rule => ({ field, operator: '=', value });
  const now = (...consents_now: string[]) => ({ consents_now });

  test('to everything holds for a channel that was not refused by name', () => {
    const known = now('newsletter=given', 'newsletter@*=given', 'newsletter@email=refused');
    expect(isIn(rule('consents.newsletter', 'given'), known)).toBe(true);
    expect(isIn(rule('consents.newsletter.telegram', 'given'), known)).toBe(true);
    expect(isIn(rule('consents.newsletter.email', 'refused'), known)).toBe(true);
    expect(isIn(rule('consents.newsletter.email', 'given'), known)).toBe(false);
  });

  test('that was never asked for is neither given nor refused', () => {
    expect(isIn(rule('consents.vote', 'never_asked'), {})).toBe(true);
    expect(isIn(rule('consents.vote', 'refused'), {})).toBe(false);
    const known = now('vote=given', 'vote@email=given');
    expect(isIn(rule('consents.vote.telegram', 'never_asked'), known)).toBe(true);
  });
});
