import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSigner } from '../../src/sign.js';
import { mayWrite } from '../../src/supporters/consents-in-force.js';
import {
  newSupporter,
  type ConsentRecord,
  type SupporterRecord,
} from '../../src/supporters/record.js';
import { openSupporters, type Supporters } from '../../src/supporters/supporters.js';
import { createUnsubscribe, type Unsubscribe } from '../../src/supporters/unsubscribe.js';
import { openHere } from '../store/support.js';

const NOW = Date.UTC(2030, 0, 1, 12);
const YES: ConsentRecord = {
  purpose: 'newsletter',
  channel: 'email',
  given: true,
  wording: 'Par e-mail ?',
  version: 'v1',
  language: 'fr',
  source: 'welcome.news',
  at: new Date(NOW - 1_000),
};

let supporters: Supporters;
let unsubscribe: Unsubscribe;
let now: number;
let close: () => Promise<void>;
beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  now = NOW;
  supporters = openSupporters(opened.store.connection);
  unsubscribe = createUnsubscribe({
    supporters,
    signer: createSigner('a secret', 'unsubscribe'),
    publicUrl: 'https://campaign.example',
    async change(id, change) {
      const record = await supporters.get(id);
      if (record !== undefined) await supporters.save(change(record));
    },
    now: () => now,
  });
});
afterEach(() => close());

async function known(
  id: string,
  email: string,
  consents: readonly ConsentRecord[] = [YES],
): Promise<void> {
  const fresh = newSupporter(id, 'fr', { channel: 'web', address: id }, new Date(NOW));
  await supporters.save({ ...fresh, email, consents });
}

async function consentsOf(id: string): Promise<SupporterRecord['consents']> {
  return (await supporters.get(id))?.consents ?? [];
}

const tokenFor = (email: string): string =>
  new URL(unsubscribe.url(email, 'fr')).pathname.split('/').at(-1) ?? '';

describe('a link to get no more e-mails', () => {
  test('withdraws, with proof, what was agreed to by e-mail, and nothing else', async () => {
    const engaged: ConsentRecord = { ...YES, purpose: 'engagement' };
    const { channel: _, ...everywhere } = engaged;
    await known('s1', 'lea@exemple.org', [everywhere, YES]);
    expect(await unsubscribe.silence(tokenFor('lea@exemple.org'))).toBe(true);
    const consents = await consentsOf('s1');
    expect(consents.slice(2)).toEqual([
      {
        purpose: 'engagement',
        channel: 'email',
        given: false,
        wording: '',
        version: 'link',
        source: 'unsubscribe',
        language: 'fr',
        at: new Date(NOW),
      },
      expect.objectContaining({ purpose: 'newsletter', channel: 'email', given: false }),
    ]);
    expect(mayWrite(consents, 'engagement', 'email')).toBe(false);
    expect(mayWrite(consents, 'engagement', 'telegram')).toBe(true);
  });

  test('changes nothing more when it is used again', async () => {
    await known('s1', 'lea@exemple.org');
    await unsubscribe.silence(tokenFor('lea@exemple.org'));
    const once = await consentsOf('s1');
    now += 1_000;
    await unsubscribe.silence(tokenFor('lea@exemple.org'));
    expect(await consentsOf('s1')).toEqual(once);
  });

  test('silences every profile with that address, and none with another', async () => {
    await known('s1', 'lea@exemple.org');
    await known('s2', 'lea@exemple.org');
    await known('s3', 'tom@exemple.org');
    await unsubscribe.silence(tokenFor('lea@exemple.org'));
    expect(await consentsOf('s1')).toHaveLength(2);
    expect(await consentsOf('s2')).toHaveLength(2);
    expect(await consentsOf('s3')).toEqual([YES]);
  });

  test('does nothing when it is forged, or bent to another address', async () => {
    await known('s1', 'lea@exemple.org');
    const [, signature = ''] = tokenFor('tom@exemple.org').split('.');
    const [body = ''] = tokenFor('lea@exemple.org').split('.');
    for (const forged of [`${body}.${signature}`, body, `${body}.`, 'x.y', '']) {
      expect(unsubscribe.isGood(forged)).toBe(false);
      expect(await unsubscribe.silence(forged)).toBe(false);
    }
    expect(await consentsOf('s1')).toEqual([YES]);
  });

  test('works for as long as an old mail may be found', async () => {
    await known('s1', 'lea@exemple.org');
    const token = tokenFor('lea@exemple.org');
    now += 2 * 365 * 86_400_000;
    expect(unsubscribe.isGood(token)).toBe(true);
    expect(await unsubscribe.silence(token)).toBe(true);
    expect(await consentsOf('s1')).toHaveLength(2);
  });
});
