import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSigner } from '../../../src/sign.js';
import { createMerging } from '../../../src/supporters/merge/merge-supporters.js';
import {
  createJoining,
  JOIN_LIFE_MS,
  type Joining,
} from '../../../src/supporters/merge/joining.js';
import { openPeople, type People } from '../../../src/supporters/open-people.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { openHere } from '../../store/support.js';

const MAKER = '3f2c71aa-0000-4000-8000-00000000000a';
const OTHER = '3f2c71aa-0000-4000-8000-00000000000b';

let people: People;
let joining: Joining;
let now: number;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  now = Date.UTC(2030, 0, 1, 12);
  people = openPeople(opened.store.connection, 'a secret');
  joining = createJoining({
    ...people,
    merging: createMerging({ ...people, now: () => now }),
    signer: createSigner('a secret', 'links'),
    linkTo: async (channel, payload) => (channel === 'telegram' ? payload : undefined),
    now: () => now,
  });
  await known(MAKER, 'web', 'c1', { email: 'lea@exemple.org' });
});
afterEach(() => close());

async function known(
  id: string,
  channel: string,
  address: string,
  about: Partial<SupporterRecord> = {},
): Promise<void> {
  const at = new Date(now);
  await people.addresses.claim(channel, address, id, at);
  await people.supporters.save({ ...newSupporter(id, 'fr', { channel, address }, at), ...about });
}

async function makeLink(): Promise<string> {
  return (await joining.link({ supporter: MAKER, with: { channel: 'telegram' } })).url;
}

const ownerOf = async (address: string): Promise<string | undefined> =>
  (await people.addresses.find('telegram', address))?.supporter;

describe('a link to another channel', () => {
  test('is short enough for Telegram, and gives a stranger’s address to whoever made it', async () => {
    const link = await makeLink();
    expect(link).toMatch(/^[\w-]{1,64}$/);
    expect(await joining.join(link, 'telegram', '7')).toBe(true);
    expect(await ownerOf('7')).toBe(MAKER);
    // Brought again after a crash, it says the same.
    expect(await joining.join(link, 'telegram', '7')).toBe(true);
  });

  test('merges somebody of whom nothing is known there, on the proof of the link', async () => {
    await known(OTHER, 'telegram', '7', { tags: ['door'] });
    expect(await joining.join(await makeLink(), 'telegram', '7')).toBe(true);
    expect(await people.supporters.get(OTHER)).toBeUndefined();
    expect(await people.supporters.get(MAKER)).toMatchObject({
      email: 'lea@exemple.org',
      tags: ['door'],
      merged_from: [OTHER],
    });
    expect((await people.merges.of([MAKER]))[0]?.proof).toEqual({ type: 'link' });
  });

  test('does not take over the profile of somebody who is known there', async () => {
    await known(OTHER, 'telegram', '7', { phone: '+33612345678' });
    const link = await makeLink();
    expect(await joining.join(link, 'telegram', '7')).toBe(false);
    expect(await ownerOf('7')).toBe(OTHER);
    // Nor is it used up for the one it was made for.
    expect(await joining.join(link, 'telegram', '8')).toBe(true);
  });

  test('serves one address', async () => {
    const link = await makeLink();
    expect(await joining.join(link, 'telegram', '7')).toBe(true);
    expect(await joining.join(link, 'telegram', '8')).toBe(false);
    expect(await ownerOf('8')).toBeUndefined();
  });

  test('is good for an hour', async () => {
    const link = await makeLink();
    now += JOIN_LIFE_MS;
    expect(await joining.join(link, 'telegram', '7')).toBe(false);
    now -= 1_000;
    expect(await joining.join(link, 'telegram', '7')).toBe(true);
  });

  test('cannot be forged, bent to another person or made under another secret', async () => {
    const link = await makeLink();
    for (let index = 0; index < link.length; index += 1) {
      const sign = link[index] === 'A' ? 'B' : 'A';
      const forged = link.slice(0, index) + sign + link.slice(index + 1);
      expect(await joining.join(forged, 'telegram', '7')).toBe(false);
    }
    for (const odd of ['', 'x', 'A'.repeat(48), `${link}A`]) {
      expect(await joining.join(odd, 'telegram', '7')).toBe(false);
    }
  });

  test('leads nowhere once its maker is being erased, and to no channel without such links', async () => {
    const link = await makeLink();
    const record = await people.supporters.get(MAKER);
    if (record === undefined) throw new Error('The maker is gone.');
    await people.supporters.save({ ...record, erasing: new Date(now) });
    expect(await joining.join(link, 'telegram', '7')).toBe(false);
    const nowhere = joining.link({ supporter: MAKER, with: { channel: 'web' } });
    await expect(nowhere).rejects.toThrow('no links');
  });
});
