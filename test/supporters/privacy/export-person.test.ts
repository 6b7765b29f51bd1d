import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  openRightsCampaign,
  until,
  type Process,
  type RightsCampaign,
} from '../../conversation/rights-campaign.js';

const DAY = 86_400_000;

let campaign: RightsCampaign;
let process: Process;
beforeEach(async () => {
  campaign = await openRightsCampaign();
  campaign.others.push({
    name: 'shifts',
    exportOf: async () => [{ on: '2030-02-01' }],
    erase: async () => undefined,
  });
  process = campaign.start();
});
afterEach(() => campaign.close());

type Copy = {
  readonly exported_at: string;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly answers_under_way: readonly unknown[];
  readonly mails: readonly unknown[];
  readonly shifts: unknown;
  readonly files: readonly unknown[];
  readonly conversation: readonly { readonly by: string; readonly what: unknown }[];
};

async function askForLink(address = 'c1'): Promise<URL> {
  await until(async () => (await campaign.recordOf(address)).outbox.length === 0);
  const { url } = await process.exportLinks.ask({
    supporter: (await campaign.recordOf(address))._id,
  });
  return new URL(url);
}

function tokenOf({ pathname }: URL): string {
  return pathname.replace('/privacy/', '');
}

async function copyOf(link: URL): Promise<Copy | undefined> {
  const pieces = await process.exportLinks.read(tokenOf(link));
  if (pieces === undefined) return undefined;
  let text = '';
  for await (const piece of pieces) text += piece;
  return JSON.parse(text) as Copy;
}

describe('the copy of somebody’s data', () => {
  test('has the files they sent, whole', async () => {
    await campaign.say(process, 'bonjour');
    await campaign.sendPhoto(process);
    const copy = await copyOf(await askForLink());
    expect(copy?.files).toEqual([
      {
        id: expect.stringMatching(/^[\da-f]{16}$/),
        at: new Date(campaign.now).toISOString(),
        channel: 'web',
        media: 'photo',
        name: 'rue.png',
        content_type: 'image/png',
        size: 9,
        base64: Buffer.from('\x89PNG\r\n\x1a\n.', 'latin1').toString('base64'),
      },
    ]);
  });

  test('has everything that is known, and both sides of the conversation', async () => {
    await campaign.say(process, 'bonjour');
    await campaign.choose(process, 'yes');
    await campaign.say(process, 'lea@exemple.org');
    await campaign.say(process, '06 12 34 56 78');
    await campaign.say(process, 'le nid-de-poule de la rue Haute');
    await campaign.say(process, 'une personne');
    await campaign.say(process, 'vous êtes là ?');
    await campaign.say(process, 'mes données');
    const { _id } = await campaign.recordOf();
    const copy = await copyOf(await askForLink());
    expect(copy?.exported_at).toBe(new Date(campaign.now).toISOString());
    const at = new Date(campaign.now).toISOString();
    expect(copy?.profile).toEqual({
      id: _id,
      email: 'lea@exemple.org',
      phone: '+33612345678',
      language: 'fr',
      names: {},
      preferences: {},
      tags: [],
      fields: { remark: 'le nid-de-poule de la rue Haute' },
      addresses: [{ channel: 'web', address: 'c1', reachable: true }],
      consents: [
        {
          purpose: 'engagement',
          given: true,
          wording: 'Acceptez-vous que nous gardions vos réponses ?',
          version: expect.any(String),
          language: 'fr',
          source: 'welcome.agree',
          at,
        },
      ],
      created_at: at,
      last_written_from: { channel: 'web', address: 'c1' },
      last_heard_at: at,
      waits_for_the_team_since: at,
      reason_for_the_team: 'asked',
    });
    expect(copy?.answers_under_way).toEqual([{ flow: 'rights', step: 'wish', answers: {} }]);
    expect(copy?.mails).toEqual([
      { at, state: 'sent' },
      { at, state: 'sent' },
    ]);
    expect(copy?.shifts).toEqual([{ on: '2030-02-01' }]);
    expect(copy?.conversation.slice(0, 6)).toEqual([
      { at, channel: 'web', by: 'supporter', what: { said: 'bonjour' } },
      {
        at,
        channel: 'web',
        by: 'assistant',
        what: { said: 'Bonjour ! Je suis l’assistant automatique de Demain Saint-Martin.' },
      },
      {
        at,
        channel: 'web',
        by: 'assistant',
        what: { said: 'Acceptez-vous que nous gardions vos réponses ?' },
      },
      { at, channel: 'web', by: 'supporter', what: { chose: ['yes'] } },
      {
        at,
        channel: 'web',
        by: 'assistant',
        what: { said: 'Quelle est votre adresse e-mail ?' },
      },
      { at, channel: 'web', by: 'supporter', what: { said: 'lea@exemple.org' } },
    ]);
    const heard = copy?.conversation.filter(({ by }) => by === 'supporter');
    expect(heard?.map(({ what }) => what).slice(-3)).toEqual([
      { said: 'une personne' },
      { said: 'vous êtes là ?' },
      { said: 'mes données' },
    ]);
  });

  test('has what was answered in a conversation that expired', async () => {
    await campaign.say(process, 'bonjour');
    const record = await campaign.recordOf();
    const frame = { flow: 'shift', version: 'v', step: 'time', answers: { day: 'Saturday' } };
    await process.write(record._id, undefined, (known) => ({
      record: {
        ...known,
        session: { ...known.session, expired: [{ ...frame, vars: { round: 2 } }] },
      },
      answer: undefined,
    }));
    const copy = await copyOf(await askForLink());
    expect(copy?.answers_under_way).toContainEqual({
      flow: 'shift',
      step: 'time',
      answers: { day: 'Saturday' },
      kept: { round: 2 },
    });
  });

  test('has nothing of anybody else', async () => {
    await campaign.say(process, 'bonjour', 'c2');
    await campaign.say(process, 'oui', 'c2');
    await campaign.say(process, 'tom@exemple.org', 'c2');
    await campaign.say(process, 'bonjour');
    expect(JSON.stringify(await copyOf(await askForLink()))).not.toContain('tom@exemple.org');
  });

  test('has every consent, also those the profile has no room for any more', async () => {
    await campaign.say(process, 'bonjour');
    await campaign.say(process, 'oui');
    for (let round = 0; round < 25; round += 1) {
      campaign.now += 60_000;
      await campaign.say(process, 'STOP');
      campaign.now += 60_000;
      await campaign.say(process, 'bonjour');
      await campaign.say(process, 'oui');
    }
    const record = await campaign.recordOf();
    expect(record.consents).toHaveLength(40);
    const copy = await copyOf(await askForLink());
    const consents = copy?.profile['consents'] as { given: boolean; wording: string; at: string }[];
    expect(consents).toHaveLength(51);
    expect(consents.map(({ given }) => given)).toEqual(
      Array.from({ length: 51 }, (_, index) => index % 2 === 0),
    );
    expect(consents[1]).toMatchObject({ wording: 'STOP', source: 'stop', version: 'rule' });
    expect(consents.map(({ at }) => at)).toEqual(consents.map(({ at }) => at).sort());
  });
});

describe('the link to the copy', () => {
  test('is given in the chat, in the person’s language', async () => {
    await campaign.say(process, 'bonjour');
    await campaign.say(process, 'mes données');
    await campaign.choose(process, 'copy');
    await campaign.hear('Votre copie vous attend ici : https://campaign.example/privacy/');
    await campaign.say(process, 'langue');
    await campaign.say(process, 'English');
    expect((await askForLink()).searchParams.get('lang')).toBe('en');
  });

  test('is good for a day', async () => {
    await campaign.say(process, 'bonjour');
    const link = await askForLink();
    campaign.now += DAY - 1;
    expect(await process.exportLinks.isGood(tokenOf(link))).toBe(true);
    campaign.now += 1;
    expect(await process.exportLinks.isGood(tokenOf(link))).toBe(false);
    expect(await copyOf(link)).toBeUndefined();
  });

  test('ends with the erasure, from the moment it begins', async () => {
    await campaign.say(process, 'bonjour');
    const link = await askForLink();
    const { _id } = await campaign.recordOf();
    await process.write(_id, undefined, (record) => ({
      record: { ...record, erasing: new Date(campaign.now) },
      answer: undefined,
    }));
    expect(await process.exportLinks.isGood(tokenOf(link))).toBe(false);
    expect(await copyOf(link)).toBeUndefined();
    await process.erase(_id);
    expect(await process.exportLinks.isGood(tokenOf(link))).toBe(false);
    // The same person comes back as a stranger: the old link opens nothing of theirs.
    await campaign.say(process, 'bonjour');
    expect(await copyOf(link)).toBeUndefined();
  });
});
