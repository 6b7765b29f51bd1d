import { describe, expect, test } from '@jest/globals';
import { createLookAgain } from '../../../src/staff/canvass/look-again.js';

/** Something to look at that is counted, and ends when told so. */
function scene() {
  const looks: { end(seen: string): void; fail(error: Error): void }[] = [];
  const errors: unknown[] = [];
  const at = { now: 0, mark: 'a' };
  const kept = createLookAgain<string>({
    look: () => new Promise((end, fail) => looks.push({ end, fail })),
    mark: async () => at.mark,
    leastMs: 1_000,
    report: (error) => errors.push(error),
    now: () => at.now,
  });
  return { kept, looks, errors, at };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('looking again', () => {
  test('looks once for all who ask meanwhile', async () => {
    const { kept, looks } = scene();
    const asked = [kept.see(), kept.see(), kept.see()];
    looks[0]?.end('first');
    expect(await Promise.all(asked)).toEqual(['first', 'first', 'first']);
    expect(looks).toHaveLength(1);
  });

  test('tells what is old at once, and looks anew behind', async () => {
    const { kept, looks, at } = scene();
    const asked = kept.see();
    looks[0]?.end('first');
    await asked;
    at.now = 999;
    expect(await kept.see()).toBe('first');
    expect(looks).toHaveLength(1);
    at.now = 1_000;
    expect(await kept.see()).toBe('first');
    expect(looks).toHaveLength(2);
    looks[1]?.end('second');
    await settle();
    expect(await kept.see()).toBe('second');
  });

  test('keeps longer what took long, but looks sooner when there is something else', async () => {
    const { kept, looks, at } = scene();
    const asked = kept.see();
    await settle();
    at.now = 2_000;
    looks[0]?.end('first');
    await asked;
    at.now = 40_000;
    await kept.see();
    expect(looks).toHaveLength(1);
    at.mark = 'b';
    at.now = 41_500;
    await kept.see();
    expect(looks).toHaveLength(2);
  });

  test('after a change nobody is told what was before, whoever was looking', async () => {
    const { kept, looks } = scene();
    const before = kept.see();
    kept.forget();
    const after = kept.see();
    looks[0]?.end('old');
    looks[1]?.end('new');
    expect(await before).toBe('old');
    expect(await after).toBe('new');
    expect(await kept.see()).toBe('new');
    expect(looks).toHaveLength(2);
  });

  test('a look that fails is told to who waits for it, reported else, and tried again', async () => {
    const { kept, looks, errors, at } = scene();
    const asked = kept.see();
    looks[0]?.fail(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    const again = kept.see();
    looks[1]?.end('first');
    await again;
    at.now = 2_000;
    expect(await kept.see()).toBe('first');
    looks[2]?.fail(new Error('gone again'));
    await settle();
    expect(errors).toHaveLength(1);
    expect(await kept.see()).toBe('first');
  });
});
