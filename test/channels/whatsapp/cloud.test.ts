import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Message, Question, Receipt } from '../../../src/channels/channel.js';
import { APP_SECRET, TOKEN } from './graph-api.js';
import { startCloud, TEMPLATE, until, VERIFY_TOKEN, type RunningCloud } from './running-cloud.js';
import { change, MESSAGE } from './webhooks.js';
import { freely } from '../freely.js';

const WHO = '33612345678';
const ADDRESS = `+${WHO}`;
const DAY_MS = 86_400_000;

let cloud: RunningCloud;
afterEach(() => cloud.close());

let ids = 0;
function text(words: string, parts: { question?: Question; bulk?: true } = {}): Message {
  return { id: `1.${(ids += 1)}`, at: 0, type: 'text', text: words, language: 'fr', ...parts };
}

function question(labels: readonly string[]): Question {
  const options = labels.map((label, index) => ({ value: `v${index}`, label }));
  return { turn: 4, answer: 'choice', options };
}

/** Starts it, with somebody who has just written. */
async function start(options: Parameters<typeof startCloud>[0] = {}): Promise<void> {
  cloud = await startCloud(options);
  cloud.api.say(WHO, 'Bonjour');
  await until(() => cloud.api.pending() === 0);
}

const send = (message: Message) => cloud.opened.channel.send(ADDRESS, message, freely);
const last = () => cloud.api.shown(WHO).at(-1);

describe('choosing on WhatsApp', () => {
  test('one of three is a tap on a button', async () => {
    await start();
    await send(text('Lequel ?', { question: question(['Rivière', 'Santé', 'École']) }));
    expect(last()).toMatchObject({ kind: 'button', text: 'Lequel ?' });
    cloud.api.tap(WHO, 'Santé');
    await until(() => cloud.inbounds.length === 2);
    expect(cloud.inbounds[1]).toMatchObject({
      address: ADDRESS,
      input: { type: 'chose', turn: 4, values: ['v1'] },
    });
  });

  test('one of ten is a row of a list', async () => {
    await start();
    const labels = Array.from({ length: 10 }, (_, index) => `Choix ${index}`);
    await send(text('Lequel ?', { question: question(labels) }));
    expect(last()).toMatchObject({ kind: 'list', choices: labels.map((label) => ({ label })) });
    cloud.api.tap(WHO, 'Choix 9');
    await until(() => cloud.inbounds.length === 2);
    expect(cloud.inbounds[1]).toMatchObject({ input: { type: 'chose', values: ['v9'] } });
  });

  test('a question too long for its buttons comes after what is said before it', async () => {
    await start();
    const said = 'é'.repeat(1_500);
    await send(text(`${said}\n\nLequel ?`, { question: question(['Oui', 'Non']) }));
    expect(cloud.api.shown(WHO)).toMatchObject([
      { kind: 'text', text: said },
      { kind: 'button', text: 'Lequel ?' },
    ]);
  });

  test('what went out of a message in two parts does not go out again', async () => {
    await start();
    const message = text(`${'é'.repeat(1_500)}\n\nLequel ?`, {
      question: question(['Oui', 'Non']),
    });
    const { next } = Object.assign(cloud.api.faults, { next: [] as { status: number }[] });
    cloud.api.onShown(() => {
      if (next.length === 0 && cloud.api.shown(WHO).length === 1) next.push({ status: 502 });
    });
    expect(await send(message)).toMatchObject({ type: 'failed', reason: 'in_doubt' });
    expect(await send(message)).toMatchObject({ type: 'sent' });
    expect(cloud.api.shown(WHO).map(({ kind }) => kind)).toEqual(['text', 'button']);
  });

  test('a place is asked for with a button that sends it', async () => {
    await start();
    const where: Question = { turn: 2, answer: 'location', options: [], skip: 'Plus tard' };
    await send(text('Où êtes-vous ?', { question: where }));
    expect(last()).toMatchObject({
      kind: 'location_request_message',
      text: 'Où êtes-vous ?\n\n(Plus tard)',
    });
  });
});

describe('the window of a day', () => {
  test('closed, lets nothing out without a template', async () => {
    await start();
    expect(await send(text('Bonsoir'))).toMatchObject({ type: 'sent' });
    cloud.clock.skipMs = DAY_MS;
    expect(await send(text('Bonsoir'))).toEqual({ type: 'failed', reason: 'rejected' });
    expect(await send(text('Bonsoir'))).toEqual({ type: 'failed', reason: 'rejected' });
    expect(cloud.api.shown(WHO)).toHaveLength(1);
    expect(cloud.told.filter((line) => line.includes('WHATSAPP_TEMPLATE'))).toHaveLength(1);
  });

  test('is closed to whoever never wrote', async () => {
    await start();
    expect(await cloud.opened.channel.send('+33699999999', text('Bonsoir'), freely)).toEqual({
      type: 'failed',
      reason: 'rejected',
    });
  });

  test('closed, lets the approved template out, in the language of the message and on one line', async () => {
    await start({ hasTemplate: true });
    cloud.api.templates.push(
      { name: TEMPLATE, language: 'en_US', status: 'APPROVED', body: 'News: {{1}}' },
      { name: TEMPLATE, language: 'fr', status: 'APPROVED', body: 'Des nouvelles : {{1}}' },
    );
    cloud.clock.skipMs = DAY_MS;
    const asked = text('Venez samedi.\n\nVous venez ?', { question: question(['Oui', 'Non']) });
    expect(await send(asked)).toMatchObject({ type: 'sent' });
    expect(last()).toMatchObject({
      kind: 'template',
      text: 'Venez samedi. — Vous venez ? — 1. Oui · 2. Non — Répondez par un numéro.',
    });
    const sent = cloud.api.calls.find((call) => call['type'] === 'template');
    expect(sent).toMatchObject({ template: { name: TEMPLATE, language: { code: 'fr' } } });
  });

  test.each(['PAUSED', 'REJECTED', 'PENDING'])(
    'closed, lets no template out that is %s',
    async (status) => {
      await start({ hasTemplate: true });
      cloud.api.templates.push({ name: TEMPLATE, language: 'fr', status, body: '{{1}}' });
      cloud.clock.skipMs = DAY_MS;
      expect(await send(text('Bonsoir'))).toEqual({ type: 'failed', reason: 'misconfigured' });
      expect(cloud.api.shown(WHO)).toEqual([]);
    },
  );

  test('lets a template out once Meta tells that it is approved', async () => {
    await start({ hasTemplate: true });
    const template = { name: TEMPLATE, language: 'fr', status: 'PENDING', body: '{{1}}' };
    cloud.api.templates.push(template);
    cloud.clock.skipMs = DAY_MS;
    expect(await send(text('Bonsoir'))).toMatchObject({ reason: 'misconfigured' });
    template.status = 'APPROVED';
    const update = { message_template_name: TEMPLATE, message_template_language: 'fr' };
    cloud.api.tell({ event: 'APPROVED', ...update }, 'message_template_status_update');
    await until(() => cloud.api.pending() === 0);
    expect(await send(text('Bonsoir'))).toMatchObject({ type: 'sent' });
  });

  test('that WhatsApp knows to be closed is believed from then on', async () => {
    await start({ hasTemplate: true });
    const template = { name: TEMPLATE, language: 'fr', status: 'APPROVED', body: '{{1}}' };
    cloud.api.templates.push(template);
    cloud.clock.skipMs = 3_600_001;
    cloud.api.faults.next = [{ status: 400, code: 131_047 }];
    expect(await send(text('Bonsoir'))).toMatchObject({ reason: 'rejected' });
    expect(await send(text('Bonsoir'))).toMatchObject({ type: 'sent' });
    expect(last()).toMatchObject({ kind: 'template' });
  });

  test('opens again with the next message', async () => {
    await start();
    cloud.clock.skipMs = 3 * DAY_MS;
    expect(await send(text('Bonsoir'))).toMatchObject({ reason: 'rejected' });
    const timestamp = String(Math.floor((Date.now() + cloud.clock.skipMs) / 1_000));
    cloud.api.push(WHO, { type: 'text', text: { body: 'Encore moi' }, timestamp });
    await until(() => cloud.inbounds.length === 2);
    expect(await send(text('Bonsoir'))).toMatchObject({ type: 'sent' });
  });
});

describe('what becomes of a message', () => {
  async function told(status: object): Promise<void> {
    const known = { id: 'wamid.out1', timestamp: '1', recipient_id: WHO };
    cloud.api.tell({ statuses: [{ ...known, ...status }] });
    await until(() => cloud.api.pending() === 0);
  }

  test('is told as WhatsApp tells it', async () => {
    await start();
    await send(text('Bonsoir'));
    await until(() => cloud.noted.length === 4);
    expect([...cloud.noted].sort()).toEqual([
      `${ADDRESS} delivered`,
      `${ADDRESS} reachable true`,
      `${ADDRESS} read`,
      `${ADDRESS} sent`,
    ]);
  });

  test.each([
    [131_026, [`${ADDRESS} reachable false`, `${ADDRESS} failed unreachable`]],
    [131_050, [`${ADDRESS} reachable false`, `${ADDRESS} opted out`, `${ADDRESS} failed blocked`]],
    [131_049, [`${ADDRESS} failed rejected`]],
    [131_047, [`${ADDRESS} failed rejected`]],
    [undefined, [`${ADDRESS} failed rejected`]],
  ])('counts when it fails later with the code %p', async (code, noted) => {
    await start();
    await told({ status: 'failed', ...(code === undefined ? {} : { errors: [{ code }] }) });
    expect(cloud.noted.slice(1)).toEqual(noted);
  });

  test('freezes bulk messages for a day when WhatsApp saw spam, and not replies', async () => {
    await start({ hasTemplate: true });
    await told({ status: 'failed', errors: [{ code: 131_048 }] });
    expect(cloud.told.join('\n')).toContain('restricted this number for spam');
    expect(await send(text('À tous', { bulk: true }))).toMatchObject({ reason: 'misconfigured' });
    expect(await send(text('À vous'))).toMatchObject({ type: 'sent' });
    const template = { name: TEMPLATE, language: 'fr', status: 'APPROVED', body: '{{1}}' };
    cloud.api.templates.push(template);
    cloud.clock.skipMs = DAY_MS + 60_000;
    expect(await send(text('À tous', { bulk: true }))).toMatchObject({ type: 'sent' });
  });

  test('to somebody who stopped marketing messages is an opt-out', async () => {
    await start();
    const wish = { category: 'marketing_messages', detail: 'x', timestamp: 1, wa_id: WHO };
    for (const value of ['resume', 'stop']) {
      cloud.api.tell({ user_preferences: [{ ...wish, value }] }, 'user_preferences');
    }
    await until(() => cloud.api.pending() === 0);
    expect(cloud.noted.slice(1)).toEqual([`${ADDRESS} opted out`]);
  });

  test('to a number that somebody gave up is for nobody', async () => {
    await start();
    const system = { type: 'user_changed_number', wa_id: '33700000000' };
    cloud.api.push(WHO, { type: 'system', system });
    await until(() => cloud.api.pending() === 0);
    expect(cloud.noted.slice(1)).toEqual([`${ADDRESS} reachable false`]);
  });
});

describe('the rate to one person', () => {
  test('is a burst of 45, and then waits', async () => {
    await start({ faults: { pair: { burst: 45, everyMs: 6_000 } } });
    for (let sent = 0; sent < 45; sent += 1) {
      expect(await send(text(`${sent}`))).toMatchObject({ type: 'sent' });
    }
    const calls = cloud.api.calls.length;
    const late = await send(text('one more'));
    expect(late).toMatchObject({ type: 'failed', reason: 'throttled' });
    expect(late.type === 'failed' ? late.retryAfterMs : 0).toBeLessThanOrEqual(6_000);
    expect(cloud.api.calls).toHaveLength(calls);
  });
});

describe('the door of WhatsApp', () => {
  function post(body: string, signature: string | undefined): Promise<Response> {
    const headers = signature === undefined ? {} : { 'x-hub-signature-256': signature };
    return fetch(cloud.url, { method: 'POST', headers, body });
  }
  const sign = (body: string, secret = APP_SECRET): string =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  test('proves itself to Meta with the operator’s words, and to nobody else', async () => {
    await start();
    const ask = (token: string, mode = 'subscribe') =>
      fetch(`${cloud.url}?hub.mode=${mode}&hub.challenge=1158201444&hub.verify_token=${token}`);
    const proven = await ask(VERIFY_TOKEN);
    expect([proven.status, await proven.text()]).toEqual([200, '1158201444']);
    expect((await ask('another')).status).toBe(401);
    expect((await ask(VERIFY_TOKEN, 'else')).status).toBe(401);
    expect((await fetch(cloud.url)).status).toBe(401);
  });

  test('opens to what is signed over the very bytes', async () => {
    await start();
    const body = `${JSON.stringify(change({ messages: [MESSAGE] }))}\n `;
    expect((await post(body, sign(body))).status).toBe(200);
    expect(cloud.inbounds).toHaveLength(2);
  });

  test.each([
    ['without a signature', () => undefined],
    ['signed with another secret', (body: string) => sign(body, 'x')],
    ['signed for another body', (body: string) => sign(`${body} `)],
    ['with half a signature', (body: string) => sign(body).slice(0, 40)],
  ])('stays shut to what comes %s', async (_, signature) => {
    await start();
    const body = JSON.stringify(change({ messages: [MESSAGE] }));
    expect((await post(body, signature(body))).status).toBe(401);
    expect(cloud.inbounds).toHaveLength(1);
  });

  test('takes signed nonsense, lest it comes for days', async () => {
    await start();
    for (const body of ['', '{', '[]', '"x"', '{"object":"page","entry":[]}']) {
      expect((await post(body, sign(body))).status).toBe(200);
    }
  });

  test('takes the sound parts of a webhook and leaves the others', async () => {
    await start();
    const parts = [{ type: 'text' }, null, MESSAGE, { ...MESSAGE, timestamp: 'soon' }];
    const body = JSON.stringify(change({ messages: parts, statuses: ['x', { id: 1 }] }));
    expect((await post(body, sign(body))).status).toBe(200);
    expect(cloud.inbounds.slice(1)).toMatchObject([{ id: MESSAGE.id }]);
  });

  test('is asked again by Meta while a supporter has too much waiting', async () => {
    let tries = 0;
    const receive = async (): Promise<Receipt> => ((tries += 1) < 3 ? 'busy' : 'taken');
    await start({ receive });
    expect(tries).toBe(3);
  });
});

describe('around conversations', () => {
  test('what was taken is shown as read, and an answer as being written', async () => {
    await start();
    await until(() => cloud.api.read.length === 1);
    cloud.opened.channel.showTyping(ADDRESS);
    await until(() => cloud.api.read.length === 2);
    expect(cloud.api.calls.at(-1)).toMatchObject({
      message_id: cloud.inbounds[0]?.id,
      typing_indicator: { type: 'text' },
    });
  });

  test('somebody without a number is answered by the id', async () => {
    await start();
    const id = 'FR.13491208655302741918';
    cloud.api.say(id, 'Bonjour');
    await until(() => cloud.inbounds.length === 2);
    expect(await cloud.opened.channel.send(id, text('Bonsoir'), freely)).toMatchObject({
      type: 'sent',
    });
    expect(cloud.api.shown(id)).toMatchObject([{ text: 'Bonsoir' }]);
  });

  test('a file is fetched by its id, and the token goes to Meta only', async () => {
    await start();
    const { fetchFile } = cloud.opened.channel;
    expect(await fetchFile?.('photo', 2_000_000)).toEqual({
      bytes: new Uint8Array([1, 2, 3]),
      contentType: 'image/jpeg',
    });
    expect(await fetchFile?.('photo', 2)).toBe('too_large');
    expect(await fetchFile?.('strange', 2_000_000)).toBeUndefined();
    expect(await fetchFile?.('gone', 2_000_000)).toBeUndefined();
  });

  test('a token that Meta does not know is told of, and never shown', async () => {
    await start();
    cloud.api.faults.next = [{ status: 401, code: 190 }];
    await send(text('Bonsoir'));
    const told = cloud.told.join('\n');
    expect(told).toContain('WHATSAPP_ACCESS_TOKEN');
    expect(told).not.toContain(TOKEN);
  });

  test('Meta’s news of the account is told', async () => {
    await start();
    cloud.api.tell({ event: 'ACCOUNT_RESTRICTION' }, 'account_update');
    await until(() => cloud.api.pending() === 0);
    expect(cloud.told.join('\n')).toContain('account_update ACCOUNT_RESTRICTION');
  });
});
