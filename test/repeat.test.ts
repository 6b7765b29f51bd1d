import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { repeat } from '../src/repeat.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('begins again when it is time, but never while the last goes on', async () => {
  let begun = 0;
  const work = async (): Promise<void> => {
    begun += 1;
    await later(250);
  };
  const repeated = repeat(work, { everyMs: 100, report: () => undefined });
  await jest.advanceTimersByTimeAsync(99);
  expect(begun).toBe(0);
  await jest.advanceTimersByTimeAsync(200);
  expect(begun).toBe(1);
  await jest.advanceTimersByTimeAsync(200);
  expect(begun).toBe(2);
  const stopped = repeated.stop();
  await jest.advanceTimersByTimeAsync(1_000);
  await stopped;
  expect(begun).toBe(2);
});

test('stops only when what was begun has ended', async () => {
  let ended = false;
  const work = async (): Promise<void> => {
    await later(1_000);
    ended = true;
  };
  const repeated = repeat(work, { everyMs: 10, report: () => undefined });
  await jest.advanceTimersByTimeAsync(10);
  let endedAtStop: boolean | undefined;
  void repeated.stop().then(() => (endedAtStop = ended));
  await jest.advanceTimersByTimeAsync(500);
  expect(endedAtStop).toBeUndefined();
  await jest.advanceTimersByTimeAsync(600);
  expect(endedAtStop).toBe(true);
});

test('goes on after a failure, which is reported', async () => {
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    throw new Error('not now');
  };
  const repeated = repeat(work, { everyMs: 10, report: (error) => failures.push(error) });
  await jest.advanceTimersByTimeAsync(35);
  await repeated.stop();
  expect(failures).toHaveLength(3);
});
