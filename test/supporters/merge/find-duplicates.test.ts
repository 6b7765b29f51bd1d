import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findDuplicates } from '../../../src/supporters/merge/find-duplicates.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../../src/supporters/supporters.js';
import { openHere } from '../../store/support.js';

let supporters: Supporters;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  supporters = openSupporters(opened.store.connection);
});
afterEach(() => close());

let minutes = 0;
async function known(id: string, about: Partial<SupporterRecord>): Promise<void> {
  const at = new Date(Date.UTC(2030, 0, 1, 12, (minutes += 1)));
  const fresh = newSupporter(id, 'fr', { channel: 'web', address: id }, at);
  await supporters.save({ ...fresh, ...about });
}

describe('who may be known twice', () => {
  test('are those who confirmed one e-mail or gave one number, the longest known first', async () => {
    const email_confirmed_at = new Date('2030-01-02');
    await known('b', { email: 'Lea@exemple.org', email_confirmed_at, phone: '+33612345678' });
    await known('a', { email: 'lea@exemple.org', email_confirmed_at });
    await known('typed', { email: 'lea@exemple.org', phone: '+33612345679' });
    await known('c', { phone: '+33612345678' });
    await known('erased', { phone: '+33612345678', erasing: new Date() });
    await known('nobody', {});
    await known('nothing', {});
    expect(await findDuplicates(supporters)).toEqual([
      { by: 'email', supporters: ['b', 'a'] },
      { by: 'phone', supporters: ['b', 'c'] },
    ]);
  });
});
