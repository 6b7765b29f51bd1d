import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readerOf, takeEmailAddress } from '../../src/supporters/email-address.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { openHere } from '../store/support.js';

const AT = new Date('2030-01-01T12:00:00Z');
const LEA = 'lea@exemple.org';
const AGREED: SupporterRecord['consents'] = [
  {
    purpose: 'newsletter',
    channel: 'email',
    given: true,
    wording: 'Par e-mail ?',
    version: 'v1',
    language: 'fr',
    source: 'welcome.news',
    at: AT,
  },
];

let people: People;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  people = openPeople(opened.store.connection, 'a secret');
});
afterEach(() => close());

async function known(id: string, about: Partial<SupporterRecord> = {}): Promise<void> {
  const place = { channel: 'web', address: id };
  await people.addresses.claim('web', id, id, AT);
  await people.supporters.save({
    ...newSupporter(id, 'fr', place, AT),
    reachable_on: ['web'],
    email: LEA,
    email_confirmed_at: AT,
    consents: AGREED,
    ...about,
  });
}

async function change(id: string, about: Partial<SupporterRecord>): Promise<void> {
  const record = await people.supporters.get(id);
  if (record !== undefined) await people.supporters.save({ ...record, ...about });
}

const ownerOf = async (email: string): Promise<string | undefined> =>
  (await people.addresses.find('email', email))?.supporter;
const reachOf = async (id: string): Promise<readonly string[] | undefined> =>
  (await people.supporters.get(id))?.reachable_on;

describe('an e-mail address that was confirmed', () => {
  test('is a place where its owner can be reached', async () => {
    await known('s1');
    await takeEmailAddress(people, 's1', LEA, AT);
    await takeEmailAddress(people, 's1', LEA, AT);
    expect(await ownerOf(LEA)).toBe('s1');
    expect(await reachOf('s1')).toEqual(['email', 'web']);
  });

  test('takes the place of the one before', async () => {
    await known('s1');
    await takeEmailAddress(people, 's1', LEA, AT);
    await change('s1', { email: 'lea@autre.org' });
    await takeEmailAddress(people, 's1', 'lea@autre.org', AT);
    expect(await ownerOf(LEA)).toBeUndefined();
    expect(await ownerOf('lea@autre.org')).toBe('s1');
    expect(await reachOf('s1')).toEqual(['email', 'web']);
  });

  test('stays with who confirmed it first, and has it still', async () => {
    await known('s1');
    await known('s2');
    await takeEmailAddress(people, 's1', LEA, AT);
    await takeEmailAddress(people, 's2', LEA, AT);
    expect(await ownerOf(LEA)).toBe('s1');
    expect(await reachOf('s2')).toEqual(['web']);
  });

  test('goes over to who confirms it once its owner has another', async () => {
    await known('s1');
    await known('s2');
    await takeEmailAddress(people, 's1', LEA, AT);
    await change('s1', { email: 'lea@autre.org' });
    await takeEmailAddress(people, 's2', LEA, AT);
    expect(await ownerOf(LEA)).toBe('s2');
    expect(await reachOf('s1')).toEqual(['web']);
    expect(await reachOf('s2')).toEqual(['email', 'web']);
  });
});

describe('who reads mail to an address', () => {
  test('is its owner, who agreed to e-mail', async () => {
    await known('s1');
    expect(await readerOf(people, LEA)).toBe('nobody');
    await takeEmailAddress(people, 's1', LEA, AT);
    expect(await readerOf(people, LEA)).toMatchObject({ _id: 's1' });
  });

  test('is nobody once it is another, not confirmed any more, or its owner is being erased', async () => {
    await known('s1');
    await takeEmailAddress(people, 's1', LEA, AT);
    await change('s1', { email: 'lea@autre.org' });
    expect(await readerOf(people, LEA)).toBe('nobody');
    const record = await people.supporters.get('s1');
    if (record === undefined) throw new Error('The owner is gone.');
    const { email_confirmed_at: _, ...unconfirmed } = record;
    await people.supporters.save({ ...unconfirmed, email: LEA });
    expect(await readerOf(people, LEA)).toBe('nobody');
    await change('s1', { email_confirmed_at: AT, erasing: AT });
    expect(await readerOf(people, LEA)).toBe('nobody');
  });

  test('is silenced when no consent that names e-mail holds', async () => {
    await known('s1');
    await takeEmailAddress(people, 's1', LEA, AT);
    const [yes] = AGREED;
    if (yes === undefined) throw new Error('Nothing was agreed to.');
    const { channel: _, ...everywhere } = yes;
    for (const consents of [[], [everywhere], [yes, { ...yes, given: false }]]) {
      await change('s1', { consents });
      expect(await readerOf(people, LEA)).toBe('silenced');
    }
  });
});
