import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Message } from '../../../src/channels/channel.js';
import { createWebClient } from '../../../src/channels/whatsapp/web-client.js';
import { findChromium } from '../../browser/chromium.js';
import { until } from './running-cloud.js';
import { startWeb, type RunningWeb } from './running-web.js';
import { WHATSAPP_PAGE } from './whatsapp-page.js';
import { freely } from '../freely.js';

const ADDRESS = '+33612345678';

let folder = '';
let web: RunningWeb | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portevoix-web-'));
  writeFileSync(join(folder, '2.3000.fake.html'), WHATSAPP_PAGE);
});
afterEach(async () => {
  await web?.opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The channel on the real client of whatsapp-web.js, in a real Chromium, on a pretended page. */
async function start(): Promise<{ readonly web: RunningWeb; readonly codes: readonly string[] }> {
  const codes: string[] = [];
  const { executablePath, env } = await findChromium();
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  web = await startWeb({
    createClient: (events) =>
      createWebClient(
        {
          dataDir: join(folder, 'session'),
          browser: { executablePath, env: { ...Object.fromEntries(inherited), ...env } },
          page: { version: '2.3000.fake', path: folder },
        },
        { ...events, qr: (code) => (codes.push(code), events.qr(code)) },
      ),
  });
  return { web, codes };
}

function text(words: string): Message {
  return { id: words, at: 0, type: 'text', text: words, language: 'fr' };
}

test('the real client logs in by a code, sends, hears, tells states, loses the session and finds it again', async () => {
  const { web: first, codes } = await start();
  await until(() => first.code() !== undefined);
  await until(() => first.opened.notReady?.() === undefined);
  expect(codes.map((code) => code.split(',')[0])).toEqual(['code-1', 'code-2']);
  expect(first.code()).toBeUndefined();

  const { channel } = first.opened;
  const words = 'L’équipe vous répond : 2 < 3 & *c’est* sûr !';
  const sent = await channel.send(ADDRESS, text(words), freely);
  expect(sent).toMatchObject({ type: 'sent' });
  const id = sent.type === 'sent' ? sent.id : undefined;
  await until(() => first.inbounds.length === 1 && first.noted.length === 2);
  expect(first.inbounds).toMatchObject([
    { address: ADDRESS, input: { type: 'said', text: `${words} (0)` } },
  ]);
  expect(first.noted).toEqual([`${ADDRESS} ${id} sent`, `${ADDRESS} ${id} delivered`]);
  channel.showTyping(ADDRESS);
  expect(await channel.send('+33990000000', text('Personne ?'), freely)).toEqual({
    type: 'failed',
    reason: 'unreachable',
  });

  // What was saved was shown as read, before the next message was answered.
  await channel.send(ADDRESS, text('vu ?'), freely);
  await until(() => first.inbounds.length === 2);
  expect(first.inbounds[1]).toMatchObject({ input: { text: 'vu ? (1)' } });

  // Another browser takes over: the session is opened again by itself, without a code.
  await channel.send(ADDRESS, text('conflit'), freely);
  await until(() => first.told.some((line) => line.includes('another browser took over')));
  await until(() => first.opened.notReady?.() === undefined);
  expect(codes).toHaveLength(2);
  // And what came meanwhile is read.
  await until(() => first.inbounds.length === 3);
  expect(first.inbounds[2]).toMatchObject({ input: { type: 'said', text: 'entre-temps' } });
}, 60_000);
