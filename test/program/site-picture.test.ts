import { expect, test } from '@jest/globals';
import { sitePicture } from '../../src/program/site-picture.js';

test('reads a picture once, and nothing that cannot be one', async () => {
  const asked: string[] = [];
  const picture = sitePicture({
    async get(id) {
      asked.push(id);
      return id.startsWith('0') ? undefined : Buffer.from(id);
    },
  });
  const named = (digit: string): string => `${digit.repeat(32)}.webp`;
  expect((await picture(named('a')))?.type).toBe('image/webp');
  expect(await picture(named('a'))).toBe(await picture(named('a')));
  expect(asked).toEqual([named('a')]);
  expect(await picture('../../campaign.yaml')).toBeUndefined();
  expect(await picture('a.svg')).toBeUndefined();
  expect(await picture(named('0'))).toBeUndefined();
  for (const digit of ['b', 'c', 'd', 'e']) await picture(named(digit));
  await picture(named('a'));
  expect(asked.filter((name) => name === named('a'))).toHaveLength(2);
});
