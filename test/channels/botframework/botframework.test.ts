import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ConfigurationBotFrameworkAuthentication, type Activity } from 'botbuilder';
import type { Message, Question } from '../../../src/channels/channel.js';
import { CONVERSATION, inDirectLine, inTeams } from './activities.js';
import { APP_ID, DIRECT_LINE, TEAMS, TENANT, type Forgery } from './microsoft.js';
import {
  startBotFramework,
  until,
  WORDS,
  type RunningBotFramework,
} from './running-botframework.js';
import { freely } from '../freely.js';

const TEAMS_ADDRESS = 'msteams|a%3A1pL6i0oY3C0K8oAj8';
const LINE_ADDRESS = 'directline|HPFDqjzHCnq-fr';

let bot: RunningBotFramework;
beforeEach(async () => {
  bot = await startBotFramework();
});
afterEach(async () => {
  await bot.close();
});

const bring = (activity: { readonly [key: string]: unknown }, forgery?: Forgery): Promise<number> =>
  bot.microsoft.bring(bot.door, activity, forgery);

let ids = 0;
function say(text: string, question?: Question): Message {
  const id = `1.${(ids += 1)}`;
  const words = { id, at: 0, type: 'text', text, language: 'fr' } as const;
  return question === undefined ? words : { ...words, question };
}

const asked = (labels: readonly string[], more: Partial<Question> = {}): Question => ({
  turn: 4,
  answer: 'choice',
  options: labels.map((label, index) => ({ value: `v${index}`, label })),
  ...more,
});

describe('whoever is not the Bot Service', () => {
  const FORGERIES: readonly (readonly [string, Forgery])[] = [
    ['signed by another key', { signed: 'by another key' }],
    ['not signed at all', { signed: 'not at all' }],
    ['that has expired', { expiresIn: -600 }],
    ['for another bot', { audience: 'b1b2b3b4-0000-4000-8000-000000000000' }],
    ['without a bot', { claims: { aud: undefined } }],
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['of the app itself, as the emulator has it', emulator()],
    ['of another bot that calls us as its skill', skill()],
    ['for another connector', { serviceUrl: 'https://evil.example/' }],
    ['that names no connector', { claims: { serviceurl: undefined } }],
  ];

  test.each(FORGERIES)('is refused with a token %s, and nothing comes in', async (_, forgery) => {
    expect([401, 403]).toContain(await bring(inTeams(), forgery));
    expect(bot.inbounds).toEqual([]);
    expect([...bot.references]).toEqual([]);
    expect(await bring(inTeams())).toBe(200);
  });

  test.each([
    ['no token', {}],
    ['another kind of token', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['no sense', { authorization: 'Bearer nonsense' }],
    ['nonsense in three parts', { authorization: 'Bearer a.b.c' }],
  ])('is refused with %s', async (_, headers) => {
    const response = await fetch(bot.door, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(inTeams()),
    });
    expect([401, 403]).toContain(response.status);
    expect(bot.inbounds).toEqual([]);
  });

  test('cannot lead our token elsewhere with an activity that says so', async () => {
    const evil = 'https://evil.trafficmanager.net/';
    const forged = inTeams({ serviceUrl: evil });
    expect([401, 403]).toContain(await bring(forged, { serviceUrl: TEAMS }));
    // Nor over a connection that others can read, nor where nothing is to be compared.
    for (const serviceUrl of ['http://smba.trafficmanager.net/fr/', '', 'urn:x', undefined]) {
      expect(await bring(inTeams({ serviceUrl }))).toBe(400);
    }
    expect(await bot.opened.channel.send(TEAMS_ADDRESS, say('Bonjour'), freely)).toEqual({
      type: 'failed',
      reason: 'unreachable',
    });
    expect(bot.microsoft.shownToken).toEqual([]);
  });

  test('is not told apart while Microsoft’s keys cannot be had, and comes again', async () => {
    const token = bot.microsoft.token(TEAMS);
    await jest.isolateModulesAsync(async () => {
      const fresh = await import('./running-botframework.js');
      const other = await fresh.startBotFramework();
      other.microsoft.up = false;
      const status = await postTo(other.door, token);
      await other.close();
      expect(status).toBe(503);
      expect(other.inbounds).toEqual([]);
    });
  });

  test('gets no answer to a body that is too large', async () => {
    expect(await bring(inTeams({ text: 'x'.repeat(400_000) }))).toBe(413);
  });
});

describe('somebody on a network of the Bot Service', () => {
  test('is brought by Microsoft’s own client library', async () => {
    const credentials = {
      isValidAppId: async () => true,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        async signRequest<R extends { headers: { set(name: string, value: string): void } }>(
          request: R,
        ): Promise<R> {
          request.headers.set('authorization', `Bearer ${bot.microsoft.token(TEAMS)}`);
          return request;
        },
      }),
    };
    const client = new ConfigurationBotFrameworkAuthentication(
      { MicrosoftAppId: APP_ID },
      credentials,
    ).createBotFrameworkClient();
    const activity = inTeams() as unknown as Activity;
    const posted = await client.postActivity(
      APP_ID,
      APP_ID,
      bot.door,
      TEAMS,
      CONVERSATION,
      activity,
    );
    expect(posted.status).toBe(200);
    expect(bot.inbounds).toMatchObject([
      { address: TEAMS_ADDRESS, input: { type: 'said', text: 'Bonjour' } },
    ]);
  });

  test('is answered where the latest message came from', async () => {
    await bring(inTeams());
    await bring(inDirectLine());
    expect(await bot.opened.channel.send(LINE_ADDRESS, say('Salut'), freely)).toMatchObject({
      type: 'sent',
    });
    expect(bot.microsoft.shown('HPFDqjzHCnq-fr')).toMatchObject([
      {
        text: 'Salut',
        activity: {
          channelId: 'directline',
          from: { id: 'portevoix@QnN1' },
          recipient: { id: 'dl_3f2c' },
          textFormat: 'plain',
        },
      },
    ]);
    expect(bot.references.get(TEAMS_ADDRESS)?.serviceUrl).toBe(TEAMS);
    expect(bot.references.get(LINE_ADDRESS)?.serviceUrl).toBe(DIRECT_LINE);
    // No name of anybody is kept for that.
    expect(JSON.stringify([...bot.references])).not.toContain('Léa');
  });

  test('reads a message once whose answer was cut off: who sends decides what becomes of it', async () => {
    await bring(inTeams());
    bot.microsoft.faults.push('cut');
    expect(await bot.opened.channel.send(TEAMS_ADDRESS, say('Bonjour'), freely)).toMatchObject({
      reason: 'in_doubt',
    });
    expect(bot.microsoft.shown(CONVERSATION)).toHaveLength(1);
    bot.microsoft.faults.push({ status: 503 }, { status: 429, retryAfter: '1' });
    await bot.opened.channel.send(TEAMS_ADDRESS, say('Bonjour'), freely);
    expect(bot.microsoft.shown(CONVERSATION)).toHaveLength(1);
    expect(bot.microsoft.faults).toHaveLength(1);
  });

  test('is in doubt, and written to once, where the connector is slow', async () => {
    const hasty = await startBotFramework({ answerWithinMs: 1_000 });
    await hasty.microsoft.bring(hasty.door, inTeams());
    hasty.microsoft.faults.push('slow');
    expect(await hasty.opened.channel.send(TEAMS_ADDRESS, say('Bonjour'), freely)).toEqual({
      type: 'failed',
      reason: 'in_doubt',
    });
    expect(hasty.microsoft.shown(CONVERSATION)).toHaveLength(1);
    await hasty.close();
  });

  test('sees that an answer is being prepared', async () => {
    await bring(inTeams());
    bot.opened.channel.showTyping(TEAMS_ADDRESS);
    await until(() => bot.microsoft.typing.length > 0);
    expect(bot.microsoft.typing).toEqual([CONVERSATION]);
  });

  test('can be reached again once they add the bot, and not once they remove it', async () => {
    const BOT = inTeams()['recipient'];
    await bring(inTeams({ type: 'installationUpdate', action: 'add' }));
    await bring(inTeams({ type: 'conversationUpdate', membersAdded: [BOT] }));
    await bring(inTeams({ type: 'installationUpdate', action: 'remove-upgrade' }));
    await bring(inTeams({ type: 'installationUpdate', action: 'remove' }));
    await bring(inTeams({ type: 'conversationUpdate', membersRemoved: [BOT] }));
    expect(bot.inbounds.map(({ input }) => input)).toEqual([{ type: 'opened' }]);
    const [yes, no] = [`${TEAMS_ADDRESS} reachable true`, `${TEAMS_ADDRESS} reachable false`];
    expect(bot.noted).toEqual([yes, yes, no, no]);
  });

  test('is told once in a group that the assistant speaks to people only', async () => {
    const conversation = { id: '19:253b@thread.skype', isGroup: true, conversationType: 'channel' };
    for (const id of ['1', '2']) expect(await bring(inTeams({ conversation, id }))).toBe(200);
    await until(() => bot.microsoft.shown(conversation.id).length > 0);
    await bring(inTeams({ conversation, id: '3' }));
    expect(bot.microsoft.shown(conversation.id).map(({ text }) => text)).toEqual([WORDS.group]);
    expect(bot.inbounds).toEqual([]);
    expect([...bot.references]).toEqual([]);
  });

  test('sends files, which are fetched with our token from the connector alone', async () => {
    const attachments = [`${TEAMS}v3/attachments/1`, 'https://c.sharepoint.com/dl?x=1'];
    bot.microsoft.files.set(`${TEAMS}v3/attachments/1`, 'the picture');
    bot.microsoft.files.set('https://c.sharepoint.com/dl', 'the file');
    for (const [index, contentUrl] of attachments.entries()) {
      const file = { contentType: 'image/png', contentUrl };
      await bring(inTeams({ id: `f${index}`, text: '', attachments: [file] }));
    }
    const fetched = await Promise.all(
      bot.inbounds.map(async ({ input }) => {
        const id = input.type === 'sent' ? (input.id ?? '') : '';
        const file = await bot.opened.channel.fetchFile?.(id, 100);
        if (file === 'too_large') return [file];
        return [Buffer.from(file?.bytes ?? []).toString(), file?.contentType];
      }),
    );
    expect(fetched).toEqual([
      ['the picture', 'image/png'],
      ['the file', 'image/png'],
    ]);
    expect(bot.microsoft.shownToken).toEqual(['smba.trafficmanager.net/fr/v3/attachments/1']);
    for (const id of ['own http://127.0.0.1/', 'x', `own ${TEAMS}v3/attachments/gone`]) {
      expect(await bot.opened.channel.fetchFile?.(id, 100)).toBeUndefined();
    }
  });

  test('has only what they send kept: a token is never sent on to where a file leads', async () => {
    const elsewhere = createServer((_request, response) => response.end('secret'));
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    for (const contentUrl of [`http://127.0.0.1:${port}/`, 'https://x@c.sharepoint.com/', 'x']) {
      const file = { contentType: 'application/pdf', contentUrl };
      await bring(inDirectLine({ id: contentUrl, text: '', attachments: [file] }));
    }
    expect(bot.inbounds.map(({ input }) => input)).toEqual(
      Array.from({ length: 3 }, () => ({ type: 'sent', media: 'file' })),
    );
    elsewhere.close();
  });
});

describe('choices', () => {
  const shownIn = async (channelId: string, question: Question) => {
    const conversation = { id: `with ${channelId}` };
    const address = `${channelId}|${encodeURIComponent(conversation.id)}`;
    expect(await bring(inDirectLine({ channelId, conversation }))).toBe(200);
    await bot.opened.channel.send(address, say('Quand ?', question), freely);
    const [shown] = bot.microsoft.shown(conversation.id).slice(-1);
    return shown;
  };

  test('stand on a card in Teams, and bring the answer with its turn', async () => {
    const shown = await shownIn('msteams', asked(['Samedi', 'Dimanche'], { skip: 'Plus tard' }));
    expect(shown?.choices).toEqual(['Samedi', 'Dimanche', 'Plus tard']);
    expect(shown?.activity).toMatchObject({
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.hero',
          content: {
            buttons: [
              { type: 'messageBack', value: { turn: 4, choose: 'v0' }, displayText: 'Samedi' },
              { value: { turn: 4, choose: 'v1' } },
              { value: { turn: 4, choose: '~skip' } },
            ],
          },
        },
      ],
    });
  });

  test('are suggested in Messenger, where pressing one is writing it', async () => {
    const shown = await shownIn('facebook', asked(['Samedi', 'Dimanche']));
    expect(shown?.activity).toMatchObject({
      text: 'Quand ?',
      suggestedActions: {
        actions: [
          { type: 'imBack', title: 'Samedi', value: 'Samedi' },
          { type: 'imBack', title: 'Dimanche', value: 'Dimanche' },
        ],
      },
    });
  });

  const many = Array.from({ length: 14 }, (_, index) => `Créneau ${index}`);
  test('of a yes and a no are not numbered: who agrees says so', async () => {
    const shown = await shownIn('sms', asked(['Oui', 'Non'], { answer: 'yes_no' }));
    expect(shown?.text).toBe('Quand ?\n\n- Oui\n- Non');
  });

  test.each([
    ['several may be chosen', 'directline', asked(['a', 'b'], { multiple: { min: 1, max: 2 } })],
    ['the network has no buttons', 'sms', asked(['Samedi', 'Dimanche'])],
    ['a label is too long', 'facebook', asked(['Samedi', 'Dimanche toute la journée'])],
    ['there are too many', 'facebook', asked(many)],
    ['there are too many for Teams', 'msteams', asked(many.slice(0, 7))],
    ['two look the same', 'directline', asked(['Samedi', 'Samedi'])],
  ])('are numbered in the text where %s', async (_, channelId, question) => {
    const shown = await shownIn(channelId, question);
    const [first] = question.options;
    expect(shown?.activity['suggestedActions']).toBeUndefined();
    expect(shown?.activity['attachments']).toBeUndefined();
    expect(shown?.text).toContain(`Quand ?\n\n1. ${first?.label}\n2. `);
    expect(shown?.text.endsWith(question.multiple ? WORDS.numbers : WORDS.number)).toBe(true);
  });

  test('that are many go out in pieces, each once, whatever fails between them', async () => {
    await bring(inDirectLine({ channelId: 'sms' }));
    const long = asked(Array.from({ length: 40 }, (_, index) => `${index} ${'é'.repeat(80)}`));
    const message = say('Quand ?', long);
    const address = 'sms|HPFDqjzHCnq-fr';
    const { channel } = bot.opened;
    await channel.send(address, message, freely);
    const whole = bot.microsoft.shown('HPFDqjzHCnq-fr').map(({ text }) => text);
    expect(whole.length).toBeGreaterThan(2);
    expect(Math.max(...whole.map((text) => text.length))).toBeLessThanOrEqual(2_000);
    const again: Message = { ...message, id: 'again' };
    const onNext = bot.microsoft.shown('HPFDqjzHCnq-fr').length;
    bot.microsoft.onShown((_, { text }) => {
      if (text === whole[1]) bot.microsoft.faults.push({ status: 429, retryAfter: '0' });
    });
    expect(await channel.send(address, again, freely)).toMatchObject({ reason: 'throttled' });
    expect(await channel.send(address, again, freely)).toMatchObject({ type: 'sent' });
    expect(
      bot.microsoft
        .shown('HPFDqjzHCnq-fr')
        .slice(onNext)
        .map(({ text }) => text),
    ).toEqual(whole);
  });
});

describe('the operator', () => {
  test('is told that Microsoft does not know the app, and when it does', async () => {
    const wrong = await startBotFramework({ appId: 'b1b2b3b4-0000-4000-8000-000000000000' });
    await until(() => wrong.told.length > 0);
    expect(wrong.opened.notReady?.()).toMatch(/^botframework: .*BOT_FRAMEWORK_APP_PASSWORD/);
    expect(wrong.told.join()).not.toContain('AADSTS');
    await wrong.close();
    expect(bot.opened.notReady?.()).toBeUndefined();
    expect(bot.told).toEqual([expect.stringContaining('botframework: at work')]);
  });
});

/** A token as anybody has who knows the app's password. */
function emulator(): Forgery {
  return {
    issuer: `https://sts.windows.net/${TENANT}/`,
    claims: { ver: '1.0', appid: APP_ID, tid: TENANT },
  };
}

/** A token as another bot of the same cloud has for us. */
function skill(): Forgery {
  return {
    issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
    claims: { ver: '1.0', appid: 'b1b2b3b4-0000-4000-8000-000000000000' },
  };
}

async function postTo(door: string, token: string): Promise<number> {
  const response = await fetch(door, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(inTeams()),
  });
  return response.status;
}
