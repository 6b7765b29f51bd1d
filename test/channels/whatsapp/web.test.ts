import { afterEach, describe, expect, test } from '@jest/globals';
import type { Message } from '../../../src/channels/channel.js';
import { NoBrowser } from '../../../src/channels/whatsapp/web.js';
import { until } from './running-cloud.js';
import { pretendWeb, startWeb, type RunningWeb } from './running-web.js';
import { freely } from '../freely.js';

const CHAT = '33612345678@c.us';
const ADDRESS = '+33612345678';
const HELLO: Message = { id: '1.1', at: 0, type: 'text', text: 'Bonjour', language: 'fr' };

let web: RunningWeb;
afterEach(() => web.opened.close());

async function start(options: Parameters<typeof startWeb>[0] = {}): Promise<void> {
  web = await startWeb(options);
  await until(() => web.opened.notReady?.() === undefined);
}

describe('logging in', () => {
  test('shows a code to scan, and says so until it is scanned', async () => {
    web = await startWeb({ web: pretendWeb(false) });
    await until(() => web.code() !== undefined);
    expect(web.code()).toBe('2@code');
    expect(web.opened.login?.()).toEqual({ type: 'waiting', code: '2@code' });
    expect(web.opened.notReady?.()).toContain('portevoix whatsapp');
    expect(await web.opened.channel.send(ADDRESS, HELLO, freely)).toMatchObject({
      type: 'failed',
      reason: 'throttled',
    });
    web.web.browsers[0]?.events.ready();
    expect(web.code()).toBeUndefined();
    expect(web.opened.login?.()).toEqual({ type: 'connected' });
    expect(web.opened.notReady?.()).toBeUndefined();
    expect(await web.opened.channel.send(ADDRESS, HELLO, freely)).toMatchObject({ type: 'sent' });
  });

  test('stands by while another process has the session', async () => {
    web = await startWeb({ web: pretendWeb(false), hold: async () => false });
    await until(() => web.opened.login?.().type === 'standby');
    expect(web.web.browsers).toEqual([]);
  });

  test('says that the phone ended the session, until there is a new code', async () => {
    let holds = true;
    web = await startWeb({ web: pretendWeb(false), hold: async () => holds });
    await until(() => web.web.browsers.length === 1);
    web.web.browsers[0]?.events.ready();
    // Another process has the session from here on, so that no new code comes.
    holds = false;
    web.web.browsers[0]?.events.down('LOGOUT');
    await until(() => web.opened.login?.().type === 'logged_out');
    expect(web.code()).toBeUndefined();
    await until(() => web.opened.login?.().type === 'standby');
  });

  test('says how to get a browser where there is none', async () => {
    const createClient = async () => Promise.reject(new NoBrowser('no Chromium was found'));
    web = await startWeb({ createClient });
    await until(() => web.opened.notReady?.()?.includes('no Chromium') === true);
  });
});

describe('a browser that goes down', () => {
  test.each([
    ['LOGOUT', 'logged out on the phone'],
    ['CONFLICT', 'another browser took over'],
    ['BROWSER_GONE', 'the browser ended'],
  ])('by %s is closed, told of and opened again', async (reason, told) => {
    await start();
    web.web.browsers[0]?.events.down(reason);
    await until(() => web.web.browsers.length === 2 && web.opened.notReady?.() === undefined);
    expect(web.web.browsers[0]?.isClosed).toBe(true);
    expect(web.told.join('\n')).toContain(told);
    expect(await web.opened.channel.send(ADDRESS, HELLO, freely)).toMatchObject({ type: 'sent' });
  });

  test('leaves what came meanwhile to be read afterwards, and nothing twice', async () => {
    await start();
    web.web.say(CHAT, 'un');
    await until(() => web.inbounds.length === 1);
    web.web.browsers[0]?.events.down('BROWSER_GONE');
    await until(() => web.web.browsers[0]?.isClosed === true);
    web.web.say(CHAT, 'deux');
    await until(() => web.inbounds.length === 2);
    expect(web.inbounds.map(({ input }) => input)).toEqual([
      { type: 'said', text: 'un' },
      { type: 'said', text: 'deux' },
    ]);
  });

  test('that does not open is tried again, each time later', async () => {
    const pretended = pretendWeb();
    pretended.nextOpen.push(new Error('net::ERR'), new Error('net::ERR'), new Error('net::ERR'));
    web = await startWeb({ web: pretended });
    await until(() => web.opened.notReady?.() === undefined);
    expect(pretended.browsers.map(({ isClosed }) => isClosed)).toEqual([true, true, true, false]);
  });
});

describe('the session', () => {
  test('is left to the process that has it', async () => {
    let isMine = false;
    web = await startWeb({ hold: async () => isMine });
    await until(() => web.opened.notReady?.() === undefined);
    expect(web.web.browsers).toEqual([]);
    isMine = true;
    await until(() => web.web.browsers.length === 1);
    isMine = false;
    await until(() => web.web.browsers[0]?.isClosed === true);
  });

  test('ends with the program', async () => {
    await start();
    await web.opened.close();
    expect(web.web.browsers.map(({ isClosed }) => isClosed)).toEqual([true]);
  });
});

describe('messages', () => {
  test('tell how far they got', async () => {
    await start();
    for (const ack of [0, 1, 2, 3, 4, -1]) web.web.browsers[0]?.events.ack(CHAT, 'out1', ack);
    web.web.browsers[0]?.events.ack('120363000000000000@g.us', 'out1', 1);
    expect(web.noted).toEqual(
      ['sent', 'delivered', 'read', 'read', 'failed'].map((state) => `${ADDRESS} out1 ${state}`),
    );
  });

  test('to an address of the Cloud API alone reach nobody', async () => {
    await start();
    expect(await web.opened.channel.send('FR.1349', HELLO, freely)).toMatchObject({
      reason: 'unreachable',
    });
  });

  test('of one person are taken in order, and again while there is too much waiting', async () => {
    let busy = 2;
    await start({ receive: async () => (busy-- > 0 ? 'busy' : 'taken') });
    const first = web.web.say(CHAT, 'un');
    const last = web.web.say(CHAT, 'deux');
    await until(() => web.web.isSeen(first) && web.web.isSeen(last) && web.inbounds.length === 4);
    expect(web.inbounds.map(({ input }) => input.type === 'said' && input.text)).toEqual([
      'un',
      'un',
      'un',
      'deux',
    ]);
  });
});
