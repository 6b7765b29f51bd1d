import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createSigner } from '../../src/sign.js';
import type { Store } from '../../src/store/connection.js';
import { createEmailConfirmation } from '../../src/supporters/confirm-email.js';
import { openMails } from '../../src/supporters/mails.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { openHere } from '../store/support.js';

const DAY = 86_400_000;
let store: Store;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ store, close } = await openHere());
});
afterEach(async () => close());

test('keeps the instant of the first confirmation, however often the link is followed', async () => {
  let clock = Date.UTC(2030, 0, 1);
  const fresh = newSupporter('s1', 'fr', { channel: 'web', address: 'c1' }, new Date(clock));
  let record: SupporterRecord = { ...fresh, email: 'lea@exemple.org' };
  const mails: string[] = [];
  const confirmation = createEmailConfirmation({
    mails: openMails(store.connection),
    signer: createSigner('a secret of the test', 'confirmation links'),
    publicUrl: 'https://campaign.example',
    campaign: () => 'Campaign',
    words: () => ({
      arguments: ['link'],
      render: ({ link }) => (typeof link === 'string' ? link : ''),
    }),
    get: async () => record,
    change: async (_supporter, change) => {
      record = change(record);
    },
    send: async ({ text }) => {
      mails.push(text);
      return { type: 'sent' };
    },
    taken: async () => undefined,
    now: () => clock,
  });
  await confirmation.ask({ supporter: 's1', key: 's1:1.1' });
  const token = mails[0]?.split('/').at(-1) ?? '';
  expect(await confirmation.confirm(token)).toBe(true);
  clock += DAY;
  expect(await confirmation.confirm(token)).toBe(true);
  expect(record.email_confirmed_at).toEqual(new Date(Date.UTC(2030, 0, 1)));
});

test('writes to one address three times a day at most, whoever names it', async () => {
  let clock = Date.UTC(2030, 0, 1);
  const sent: string[] = [];
  const confirmation = createEmailConfirmation({
    mails: openMails(store.connection),
    signer: createSigner('a secret of the test', 'confirmation links'),
    publicUrl: 'https://campaign.example',
    campaign: () => 'Campaign',
    words: () => ({
      arguments: ['link'],
      render: ({ link }) => (typeof link === 'string' ? link : ''),
    }),
    get: async (id) => ({
      ...newSupporter(id, 'fr', { channel: 'web', address: id }, new Date(clock)),
      email: id === 'other' ? 'tom@exemple.org' : 'lea@exemple.org',
    }),
    change: async () => undefined,
    send: async ({ to }) => {
      sent.push(to);
      return { type: 'sent' };
    },
    taken: async () => undefined,
    now: () => clock,
  });
  for (let index = 0; index < 6; index += 1) {
    await confirmation.ask({ supporter: `s${index}`, key: `s${index}:1.1` });
  }
  expect(sent).toHaveLength(3);
  await confirmation.ask({ supporter: 'other', key: 'other:1.1' });
  expect(sent.at(-1)).toBe('tom@exemple.org');
  clock += DAY + 1;
  await confirmation.ask({ supporter: 's9', key: 's9:1.1' });
  expect(sent).toHaveLength(5);
});
