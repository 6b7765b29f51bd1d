import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLiveSegments } from '../../../src/outreach/segments/live-segments.js';
import { openSegments, type Segments } from '../../../src/outreach/segments/segments.js';
import { newSupporter } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';
import { AT, TERMS } from './arbitrary.js';

const FRENCH = {
  name: 'french',
  title: 'Who speaks French',
  combinator: 'and',
  rules: [{ field: 'language', operator: '=', value: 'fr' }],
} as const;
const record = newSupporter('s', 'fr', { channel: 'web', address: 's' }, AT);

let segments: Segments;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  close = opened.close;
  segments = openSegments(opened.store.connection);
});
afterEach(() => close());

describe('segments that flows ask for', () => {
  test('are those that are kept, as the campaign understands them', async () => {
    let terms = TERMS;
    const live = createLiveSegments({
      segments,
      asked: () => ['french'],
      terms: () => terms,
      report: (error) => {
        throw error;
      },
    });
    await segments.save(FRENCH, 'lea', AT);
    expect(live.of(['french'], record, AT)).toEqual([]);
    await live.open();
    expect(live.of(['french', 'unknown'], record, AT)).toEqual(['french']);
    expect(live.of(['french'], { ...record, language: 'en' }, AT)).toEqual([]);
    terms = { ...TERMS, languages: ['en'] };
    await live.open();
    expect(live.of(['french'], record, AT)).toEqual([]);
    await live.close();
  });

  test('are not read as long as no flow asks', async () => {
    let reads = 0;
    const live = createLiveSegments({
      segments: {
        list: async () => {
          reads += 1;
          return [];
        },
      },
      asked: () => [],
      terms: () => TERMS,
      report: () => undefined,
    });
    await live.open();
    expect(reads).toBe(0);
    await live.close();
  });
});
