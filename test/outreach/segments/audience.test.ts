import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compileSegment } from '../../../src/outreach/segments/compile-segment.js';
import { createAudience, isStillMeant, momentOf } from '../../../src/outreach/segments/audience.js';
import type { Group, Rule } from '../../../src/outreach/segments/segment.js';
import { openSegments, recheck, type Segments } from '../../../src/outreach/segments/segments.js';
import type { Store } from '../../../src/store/connection.js';
import { withConsentsNow } from '../../../src/supporters/consents-now.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../../src/supporters/supporters.js';
import { openHere } from '../../store/support.js';
import { AT, TERMS } from './arbitrary.js';

const PEOPLE = 200;
const EVERYBODY: Group = { combinator: 'and', rules: [] };
const one = (rule: Rule): Group => ({ combinator: 'and', rules: [rule] });
const TAGGED = one({ field: 'tags', operator: 'contains', value: 'even' });

let store: Store;
let close: () => Promise<void>;
let supporters: Supporters;
let segments: Segments;
beforeAll(async () => {
  ({ store, close } = await openHere());
  supporters = openSupporters(store.connection);
  segments = openSegments(store.connection);
  await supporters.table.createIndexes();
  await supporters.table.insertAll(Array.from({ length: PEOPLE }, (_, index) => person(index)));
});
afterAll(() => close());

function person(index: number): SupporterRecord {
  const id = `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const fresh = newSupporter(id, 'fr', { channel: 'web', address: id }, AT);
  return withConsentsNow({ ...fresh, tags: index % 2 === 0 ? ['even'] : ['odd'] });
}

const audience = () => createAudience(supporters, () => TERMS);

describe('an audience', () => {
  test('is counted, and comes in pages that begin where the last one ended', async () => {
    expect(await audience().count(TAGGED, AT)).toBe(PEOPLE / 2);
    const ids: string[] = [];
    for (let after: string | undefined; ; after = ids.at(-1)) {
      const page = await audience().ids(TAGGED, AT, {
        limit: 30,
        ...(after === undefined ? {} : { after }),
      });
      ids.push(...page);
      if (page.length < 30) break;
    }
    expect(ids).toEqual(Array.from({ length: PEOPLE / 2 }, (_, index) => person(index * 2)._id));
  });

  test('gives a sample of its size, or everybody where there are fewer', async () => {
    const some = await audience().sample(TAGGED, AT, 10);
    expect(new Set(some).size).toBe(10);
    const even = await audience().ids(TAGGED, AT, { limit: PEOPLE });
    expect(some.every((id) => even.includes(id))).toBe(true);
    expect(await audience().sample(EVERYBODY, AT, 1_000)).toHaveLength(PEOPLE);
  });

  test('is of the day of the plan, or of the day of sending, as the target says', () => {
    const heard = one({ field: 'heard_at', operator: 'withinDays', value: 0 });
    const plannedAt = AT;
    const later = new Date(AT.getTime() + 2 * 86_400_000);
    const record = { ...person(0), heard_at: AT };
    const planned = { segment: heard, resolved: 'when_planned', plannedAt } as const;
    const sent = { segment: heard, resolved: 'when_sent', plannedAt } as const;
    expect(momentOf(planned, later)).toBe(plannedAt);
    expect(momentOf(sent, later)).toBe(later);
    expect(isStillMeant(planned, record, later, TERMS)).toBe(true);
    expect(isStillMeant(sent, record, AT, TERMS)).toBe(true);
    expect(isStillMeant(sent, record, later, TERMS)).toBe(false);
    expect(isStillMeant(planned, { ...record, erasing: later }, later, TERMS)).toBe(false);
  });
});

/** How the store would find those of one rule. */
async function stagesOf(rule: Rule): Promise<string> {
  const found = store.connection
    .collection('supporters')
    .find(compileSegment(one(rule), AT, TERMS));
  return JSON.stringify(await found.explain('queryPlanner'));
}

describe('what segments ask most', () => {
  test.each<[Rule, string]>([
    [{ field: 'consents.newsletter', operator: '=', value: 'given' }, 'consents_now_1'],
    [{ field: 'consents.vote.email', operator: '=', value: 'given' }, 'consents_now_1'],
    [{ field: 'reachable_on', operator: 'contains', value: 'telegram' }, 'reachable_on_1'],
    [{ field: 'tags', operator: 'contains', value: 'even' }, 'tags_1'],
    [{ field: 'tags', operator: 'in', value: ['even', 'odd'] }, 'tags_1'],
    [{ field: 'language', operator: '=', value: 'en' }, 'language_1'],
    [{ field: 'postal_code', operator: 'beginsWith', value: '35' }, 'postal_code_1'],
    [{ field: 'department', operator: '=', value: '35' }, 'department_1'],
    [{ field: 'territory', operator: '=', value: 'reunion' }, 'territory_1'],
    [{ field: 'support_level', operator: '<=', value: 2 }, 'support_level_1'],
    [{ field: 'heard_at', operator: 'withinDays', value: 7 }, 'heard_at_1'],
    [{ field: 'email', operator: 'notNull' }, 'email_1'],
    [{ field: 'email_confirmed_at', operator: 'notNull' }, 'email_confirmed_at_1'],
    [{ field: 'donations.count', operator: '>=', value: 1 }, 'summary.donations.count_1'],
    [{ field: 'session.flow', operator: 'contains', value: 'welcome' }, 'session.frames.flow_1'],
  ])('is found along an index: %j', async (rule, index) => {
    expect(await stagesOf(rule)).toContain(`"indexName":"${index}"`);
  });
});

describe('segments', () => {
  const segment = { name: 'even', title: 'Even ones', ...TAGGED };

  test('are kept under their name with who made them, and can be taken away', async () => {
    await segments.save(segment, 'lea', AT);
    await segments.save({ ...segment, title: 'Even' }, 'tom', AT);
    await segments.save({ ...segment, name: 'also' }, 'lea', AT);
    const even = { ...segment, title: 'Even', author: 'tom', at: AT };
    expect(await segments.get('even')).toEqual(even);
    expect((await segments.list()).map(({ name }) => name)).toEqual(['also', 'even']);
    expect(await segments.remove('also')).toBe(true);
    expect(await segments.remove('also')).toBe(false);
  });

  test('are checked again against what the campaign declares now', async () => {
    const rule = { field: 'fields.round', operator: '=', value: 2 } as const;
    await segments.save({ ...segment, ...one(rule), not: true }, 'lea', AT);
    const kept = await segments.get('even');
    if (kept === undefined) throw new Error('It was not kept.');
    expect(recheck(kept, TERMS)).toEqual({
      type: 'read',
      segment: { ...segment, ...one(rule), not: true },
    });
    expect(recheck(kept, { ...TERMS, fields: {} })).toMatchObject({
      type: 'faulty',
      faults: [{ path: 'rules[0].field' }],
    });
  });
});
