import { expect, test } from '@jest/globals';
import { NOT_NOW_MS, withNotNow, withoutNotNow } from '../../src/donations/not-now.js';
import { wayFor } from '../../src/outreach/messages/way-for.js';
import { consentsNow } from '../../src/supporters/consents-now.js';
import { mergeSummaries } from '../../src/supporters/merge/merge-summaries.js';
import { supporter } from '../outreach/messages/sample.js';

const AT = Date.parse('2032-01-15T12:00Z');
const WAYS = { on: new Set(['web']), windows: new Map<string, number>() };

test('who said “not now” is asked for money by no message for ninety days, and hears of all else', () => {
  const lea = supporter('lea', ['web']);
  const consents = lea.consents.flatMap((consent) => [
    consent,
    { ...consent, purpose: 'donation' as const },
  ]);
  const agreed = { ...lea, consents, consents_now: consentsNow(consents) };
  const quiet = withNotNow(agreed, AT);
  const way = (record: typeof quiet, purpose: 'donation' | 'vote', at: number) =>
    wayFor(record, { purpose, channels: ['web'] }, WAYS, at);
  expect(way(quiet, 'donation', AT + NOT_NOW_MS - 1)).toEqual({ type: 'none', reason: 'not_now' });
  expect(way(quiet, 'donation', AT + NOT_NOW_MS).type).toBe('ways');
  expect(way(agreed, 'donation', AT).type).toBe('ways');
  expect(way(quiet, 'vote', AT).type).toBe('ways');

  // Said again, it holds longer; said once by either of two who are one person, for both.
  const later = withNotNow(quiet, AT + 1_000);
  expect(withNotNow(later, AT)).toBe(later);
  expect(mergeSummaries(quiet.summary, later.summary)).toEqual(later.summary);
  expect(withoutNotNow(later).summary).toBeUndefined();
  const donations = { count: 1, totalCents: 100, lastAt: new Date(AT) };
  expect(withoutNotNow({ ...later, summary: { ...later.summary, donations } }).summary).toEqual({
    donations,
  });
});
