import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findPhones } from '../../src/engine/answers/phone.js';
import { openAddresses, type Addresses } from '../../src/supporters/addresses.js';
import { findSupporters } from '../../src/supporters/find-supporters.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../src/supporters/supporters.js';
import { openHere } from '../store/support.js';

const at = new Date('2030-01-01T12:00:00Z');

let close: () => Promise<void>;
let supporters: Supporters;
let addresses: Addresses;
beforeEach(async () => {
  const { store, close: end } = await openHere();
  close = end;
  supporters = openSupporters(store.connection);
  addresses = openAddresses(store.connection, supporters);
  await supporters.table.createIndexes();
  await meet('s1', { email: 'Lea@exemple.org', phone: '+33612345678' });
  await meet('s2', { email: 'lea@exemple.org' });
  await meet('s3', { email: 'leaXexemple.org@exemple.org' });
});
afterEach(() => close());

async function meet(id: string, known: Partial<SupporterRecord>): Promise<void> {
  const record = newSupporter(id, 'fr', { channel: 'web', address: `c-${id}` }, at);
  await supporters.save({ ...record, ...known });
  await addresses.claim('web', `c-${id}`, id, at);
}

async function find(named: string): Promise<string[]> {
  const readPhone = (text: string) => findPhones(text, 'fr')[0]?.value;
  const found = await findSupporters(named, supporters, addresses, readPhone);
  return found.map(({ _id }) => _id).sort();
}

describe('finding supporters', () => {
  test('by an address on a channel, or by their id', async () => {
    expect(await find('web:c-s2')).toEqual(['s2']);
    expect(await find('id:s3')).toEqual(['s3']);
    expect(await find('web:nobody')).toEqual([]);
    expect(await find('id:nobody')).toEqual([]);
  });

  test('by an e-mail whatever its capitals, and all who gave it', async () => {
    expect(await find(' LEA@Exemple.ORG ')).toEqual(['s1', 's2']);
  });

  test('by exactly that e-mail, whatever signs are in it', async () => {
    expect(await find('lea.exemple.org@exemple.org')).toEqual([]);
    expect(await find('.*@exemple.org')).toEqual([]);
    expect(await find('(@')).toEqual([]);
  });

  test('by a phone number as people write it', async () => {
    for (const written of ['+33612345678', '06 12 34 56 78', '+33 (0)6.12.34.56.78']) {
      expect(await find(written)).toEqual(['s1']);
    }
    expect(await find('06 99 99 99 99')).toEqual([]);
    await addresses.claim('whatsapp', '+33612345678', 's3', at);
    expect(await find('06 12 34 56 78')).toEqual(['s1', 's3']);
    expect(await find('whatsapp:+33612345678')).toEqual(['s3']);
  });
});
