import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createRateShare, type RateRow, type RateShare } from '../../src/outreach/rate-share.js';
import type { Table } from '../../src/store/table.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** One row, as the store would keep it. */
function keepRow(): Pick<Table<RateRow>, 'get' | 'insert' | 'replaceIf'> {
  let row: RateRow | undefined;
  return {
    get: async () => row,
    async insert(next) {
      row ??= next;
      return row === next;
    },
    async replaceIf({ revision }, next) {
      if (row?.revision !== revision) return false;
      row = next;
      return true;
    },
  };
}

describe('a share of a rate', () => {
  test('leaves room for the replies of another process, and takes it back when none come', async () => {
    const table = keepRow();
    const clock = (): number => Date.now();
    const open = (owner: string): RateShare =>
      createRateShare({
        table,
        channel: 'whatsapp',
        perSecond: 80,
        owner,
        report: (error) => {
          throw error;
        },
        now: Date.now,
        clock,
      });
    const worker = open('worker');
    const web = open('web');
    const bulk = setInterval(() => worker.wanted(), 100);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(worker.allowed()).toBe(80);

    for (let n = 0; n < 4; n += 1) web.replied();
    await jest.advanceTimersByTimeAsync(6_000);
    expect([worker.allowed(), web.allowed()]).toEqual([76, 4]);

    await jest.advanceTimersByTimeAsync(12_000);
    expect([worker.allowed(), web.allowed()]).toEqual([80, 0]);
    clearInterval(bulk);
    await worker.stop();
    await web.stop();
  });
});
