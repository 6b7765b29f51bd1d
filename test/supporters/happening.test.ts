import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  happeningKey,
  withNews,
  withoutNews,
  type Happening,
} from '../../src/supporters/happening.js';
import { mergeRecords } from '../../src/supporters/merge/merge-records.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';

const at = new Date(Date.UTC(2032, 0, 1));
const person = (more: Partial<SupporterRecord> = {}): SupporterRecord => ({
  ...newSupporter('a', 'fr', { channel: 'web', address: '1' }, at),
  ...more,
});
const consent = (given: boolean) => ({
  purpose: 'engagement' as const,
  given,
  wording: 'w',
  version: 'v',
  language: 'fr',
  source: 'welcome.agree',
  at,
});
const WATCHED: readonly Happening[] = [
  { type: 'consent', purpose: 'engagement' },
  { type: 'tag', tag: 'pledged' },
  { type: 'field', field: 'fields.pledge' },
  { type: 'field', field: 'fields.pledge', value: 'yes' },
  { type: 'signup', state: 'completed' },
  { type: 'donation' },
];
const told = (before: SupporterRecord, after: SupporterRecord) =>
  withNews(before, after, WATCHED, at).news?.map(({ what }) => what);

describe('what a write makes true', () => {
  test('is noted, each kind in its own way', () => {
    expect(told(person(), person({ consents: [consent(true)] }))).toEqual(['consent engagement']);
    expect(told(person(), person({ tags: ['pledged', 'x'] }))).toEqual(['tag pledged']);
    expect(told(person(), person({ fields: { pledge: 'no' } }))).toEqual(['field fields.pledge']);
    expect(
      told(person({ fields: { pledge: 'no' } }), person({ fields: { pledge: 'yes' } })),
    ).toEqual(['field fields.pledge "yes"']);
    const signed = person({ summary: { signups: { completed: 1 } } });
    expect(told(person(), signed)).toEqual(['signup completed']);
    expect(told(signed, person({ summary: { signups: { completed: 2 } } }))).toEqual([
      'signup completed',
    ]);
    const donations = { count: 1, totalCents: 500, lastAt: at };
    expect(told(person(), person({ summary: { donations } }))).toEqual(['donation']);
  });

  test('is not noted when it was so before, ends, or nobody watches for it', () => {
    const agreed = person({ consents: [consent(true)], tags: ['pledged'] });
    expect(told(agreed, { ...agreed, tags: ['pledged', 'new'] })).toBeUndefined();
    expect(told(agreed, person({ consents: [consent(true), consent(false)] }))).toBeUndefined();
    expect(withNews(person(), agreed, [], at)).toBe(agreed);
  });

  test('is kept until heeded, once for each, and no more than a few', () => {
    const tag = fc.constantFrom(...Array.from({ length: 30 }, (_, n) => `t${n}`));
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(tag)), (turns) => {
        const watched = Array.from({ length: 30 }, (_, n) => ({
          type: 'tag' as const,
          tag: `t${n}`,
        }));
        let record = person();
        for (const tags of turns) record = withNews(record, { ...record, tags }, watched, at);
        const seen = [...new Set(turns.flat())].map((one) =>
          happeningKey({ type: 'tag', tag: one }),
        );
        const news = (record.news ?? []).map(({ what }) => what);
        expect(new Set(news).size).toBe(news.length);
        expect(news).toHaveLength(Math.min(20, seen.length));
        for (const what of news) expect(seen).toContain(what);
        expect(withoutNews(record, record.news ?? []).news).toBeUndefined();
      }),
    );
  });

  test('of a later moment stays when an earlier one was heeded', () => {
    const first = { what: 'donation', at };
    const later = { what: 'donation', at: new Date(at.getTime() + 1) };
    expect(withoutNews(person({ news: [later] }), [first]).news).toEqual([later]);
  });

  test('is united when two profiles are', () => {
    const one = person({ news: [{ what: 'donation', at }] });
    const other = { ...person({ news: [{ what: 'tag pledged', at }] }), _id: 'b' };
    expect(mergeRecords(one, other).news).toHaveLength(2);
  });
});
