import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/log.js';
import { channelHost } from '../../src/program/channel-host.js';
import { createMerging } from '../../src/supporters/merge/merge-supporters.js';
import { viewSupporter } from '../../src/supporters/profile.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { openRightsCampaign, until, type Process, type RightsCampaign } from './rights-campaign.js';

const CONFIRMED = { fr: 'Nous ne vous écrirons plus.', en: 'We will not write to you again.' };

let campaign: RightsCampaign;
let process: Process;
beforeEach(async () => {
  campaign = await openRightsCampaign();
  process = campaign.start();
});
afterEach(() => campaign.close());

let inputs = 0;
/** Somebody writes there, on a device in that language; resolves once nothing is left to be sent. */
async function say(
  text: string,
  channel: string,
  address: string,
  locale = 'fr',
): Promise<SupporterRecord> {
  inputs += 1;
  await process.receive({
    channel,
    address,
    id: `m${inputs}`,
    at: (campaign.now += 1_000),
    locale,
    input: { type: 'said', text },
  });
  await until(async () => (await ownerOf(channel, address)).outbox.length === 0);
  return ownerOf(channel, address);
}

async function ownerOf(channel: string, address: string): Promise<SupporterRecord> {
  const { addresses, supporters } = campaign.people;
  const row = await addresses.find(channel, address);
  const record = row === undefined ? undefined : await supporters.get(row.supporter);
  if (record === undefined) throw new Error('Nobody is known there.');
  return record;
}

/** Somebody who agreed to everything on the page, and is in Telegram too. */
async function meet(name: string, locale = 'fr'): Promise<void> {
  await say('bonjour', 'web', `${name}-web`, locale);
  const { _id } = await say('oui', 'web', `${name}-web`, locale);
  const { addresses } = campaign.people;
  await addresses.claim('telegram', `${name}-telegram`, _id, new Date(campaign.now));
  await addresses.setReachable('telegram', `${name}-telegram`, true);
  const proof = { wording: 'w', version: 'v', language: 'fr', source: 'welcome.news' };
  const news = { purpose: 'newsletter', channel: 'email', given: true, ...proof } as const;
  await process.write(_id, undefined, (record) => ({
    record: { ...record, consents: [...record.consents, { ...news, at: new Date(campaign.now) }] },
    answer: undefined,
  }));
}

const textsAt = async (address: string): Promise<readonly string[]> =>
  (await campaign.shown(address)).map(({ text }) => text);

describe('somebody who blocks us in Telegram', () => {
  test('is silenced there only, until they come back', async () => {
    await meet('lea');
    const host = channelHost('telegram', {
      conversation: process,
      addresses: campaign.people.addresses,
      heed: async () => undefined,
      moved: async () => undefined,
      metrics: { countStatus: () => undefined },
      log: createLog('silent'),
      now: () => campaign.now,
    });
    await host.reachable('lea-telegram', false);
    const { addresses } = campaign.people;
    expect((await addresses.find('telegram', 'lea-telegram'))?.reachable).toBe(false);
    expect((await addresses.find('web', 'lea-web'))?.reachable).toBe(true);

    const record = await say('lea@exemple.org', 'web', 'lea-web');
    expect(record).toMatchObject({ email: 'lea@exemple.org', reachable_on: ['web'] });
    expect(viewSupporter(record).consents).toEqual({ engagement: true, newsletter: true });
    expect((await textsAt('lea-web')).at(-1)).toMatch(/téléphone/i);
    expect(await textsAt('lea-telegram')).toEqual([]);

    await host.reachable('lea-telegram', true);
    expect(await ownerOf('web', 'lea-web')).toMatchObject({ reachable_on: ['telegram', 'web'] });
  });
});

describe('STOP on any channel', () => {
  test('in every language at once silences all of them, with one confirmation in their own', async () => {
    const words = ['STOP', 'Désabonnez-moi', 'unsubscribe'];
    for (const locale of ['fr', 'en'] as const) {
      for (const [index, word] of words.entries()) {
        const name = `${locale}${index}`;
        const channel = index % 2 === 0 ? 'telegram' : 'web';
        await meet(name, locale);
        const record = await say(word, channel, `${name}-${channel}`, locale);
        expect([word, viewSupporter(record).consents]).toEqual([
          word,
          { engagement: false, newsletter: false },
        ]);
        const shown = [
          ...(await textsAt(`${name}-web`)),
          ...(await textsAt(`${name}-telegram`)),
        ].filter((text) => Object.values(CONFIRMED).includes(text));
        expect([word, shown]).toEqual([word, [CONFIRMED[locale]]]);
        expect((await textsAt(`${name}-${channel}`)).at(-1)).toBe(CONFIRMED[locale]);
      }
    }
  });

  test('silences all that two agreed to who were merged into one, with one confirmation', async () => {
    await meet('lea');
    await meet('tom');
    const [lea, tom] = [await ownerOf('web', 'lea-web'), await ownerOf('web', 'tom-web')];
    const merging = createMerging({ ...campaign.people, now: () => campaign.now });
    const { type } = await merging.merge(lea._id, tom._id, { type: 'staff' });
    expect(type).toBe('done');
    await say('STOP', 'telegram', 'tom-telegram');
    const places = ['lea-web', 'lea-telegram', 'tom-web', 'tom-telegram'];
    const heard: string[] = [];
    for (const place of places) {
      const [, channel = ''] = place.split('-');
      const record = await ownerOf(channel, place);
      expect(record._id).toBe(lea._id);
      expect(viewSupporter(record).consents).toEqual({ engagement: false, newsletter: false });
      if ((await textsAt(place)).includes(CONFIRMED.fr)) heard.push(place);
    }
    expect(heard).toEqual(['tom-telegram']);
  });
});
