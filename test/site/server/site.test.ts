import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import type { Campaign } from '../../../src/engine/campaign.js';
import type { PrivacyFacts } from '../../../src/site/server/privacy-facts.js';
import { createSite } from '../../../src/site/server/site.js';
import { buildAssets } from '../build-assets.js';
import { SAMPLE } from '../sample-campaign.js';

let assets: Awaited<ReturnType<typeof buildAssets>>;
let server: Server;
let campaign: Campaign = SAMPLE;

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer };

/** Asks as a browser does; unlike `fetch` it leaves the encoding alone. */
function get(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  const at = server.address();
  const port = typeof at === 'object' ? at?.port : undefined;
  return new Promise((resolve, reject) => {
    request({ port, path: address, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: response.headers, body: Buffer.concat(chunks) });
      });
    })
      .on('error', reject)
      .end();
  });
}

const FACE = `${'ab'.repeat(16)}.png`;
const FACTS: PrivacyFacts = {
  purposes: [],
  basics: [{ path: 'language', isOptional: true }],
  basicRecords: [],
  channels: ['web'],
  processors: [],
  keepConversationsDays: 365,
  keepProfilesDays: 1_095,
  chatRights: true,
};

const html = { accept: 'text/html,application/xhtml+xml' };

beforeAll(async () => {
  assets = await buildAssets();
  const app = express();
  app.use(
    createSite({
      campaign: () => campaign,
      assetsDir: assets.dir,
      picture: async (name) =>
        name === FACE ? { type: 'image/png', bytes: Buffer.from('the bytes') } : undefined,
      privacyFacts: () => FACTS,
    }),
  );
  app.use((_request, response) => void response.status(404).json({ error: 'elsewhere' }));
  await new Promise<void>((resolve) => (server = app.listen(0, '127.0.0.1', () => resolve())));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await assets.remove();
});

/** Address of the widget, as the page names it. */
async function widgetAddress(): Promise<string> {
  const { body } = await get('/');
  return /src="(\/site\/widget-[\w-]+\.js)"/.exec(body.toString())?.[1] ?? '';
}

describe('the site', () => {
  test('speaks the language of the browser unless the address says otherwise', async () => {
    const french = await get('/', { ...html, 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' });
    expect(french.headers['content-language']).toBe('fr');
    const asked = await get('/?lang=en', { ...html, 'accept-language': 'fr' });
    expect(asked.body.toString()).toContain('<html lang="en">');
    expect(asked.headers['vary']).toMatch(/Accept-Language/);
    expect((await get('/?lang=en&lang=fr')).status).toBe(200);
  });

  test('sets no cookie and allows only its own script, its style and its conversation', async () => {
    const { headers, body } = await get('/', html);
    expect(headers['set-cookie']).toBeUndefined();
    const style = /<style>(.*?)<\/style>/s.exec(body.toString())?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body.toString()).not.toMatch(/\sstyle="/);
  });

  test('weighs less than 60 kB with the chat, packed as every browser takes it', async () => {
    const weights = await Promise.all(
      ['/', await widgetAddress()].map(async (address) => {
        const { headers, body } = await get(address, { ...html, 'accept-encoding': 'gzip' });
        expect(headers['content-encoding']).toBe('gzip');
        return body.length;
      }),
    );
    const [page = 0, widget = 0] = weights;
    expect(page).toBeGreaterThan(1_000);
    expect(widget).toBeGreaterThan(1_000);
    expect(page + widget).toBeLessThan(60_000);
  });

  test('asks for nothing but what comes from here', async () => {
    for (const address of ['/', '/privacy']) {
      const page = (await get(address, html)).body.toString();
      const asked = [...page.matchAll(/(?:src|href|action|data-\w+)="([^"]*)"/g)].map(
        ([, to]) => to ?? '',
      );
      expect(asked.length).toBeGreaterThan(3);
      expect(asked.filter((to) => /^(?:https?:)?\/\//.test(to))).toEqual([]);
      expect(page).not.toMatch(/@import|url\(/);
    }
  });

  test('has its privacy notice in each language, which no limit on links holds up', async () => {
    const french = await get('/privacy', { ...html, 'accept-language': 'fr' });
    expect(french.status).toBe(200);
    expect(french.body.toString()).toContain('<h1>Vos données</h1>');
    const english = await get('/privacy?lang=en', html);
    expect(english.body.toString()).toContain('<h1>Your data</h1>');
    const { etag } = english.headers;
    const again = await get('/privacy?lang=en', { ...html, 'if-none-match': String(etag) });
    expect(again.status).toBe(304);
    expect((await get('/', html)).body.toString()).toContain('href="/privacy?lang=');
  });

  test('sends everything packed, and nothing to those who have it', async () => {
    for (const address of ['/', '/embed.js', await widgetAddress()]) {
      const plain = await get(address);
      const br = await get(address, { 'accept-encoding': 'gzip, deflate, br' });
      const gzip = await get(address, { 'accept-encoding': 'gzip' });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(br.headers['content-encoding']).toBe('br');
      expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
      expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
      const etag = String(br.headers['etag']);
      const again = await get(address, { 'accept-encoding': 'br', 'if-none-match': etag });
      expect(again.status).toBe(304);
      expect(again.body).toHaveLength(0);
    }
  });

  test('lets the widget be kept for ever and fetched by other sites', async () => {
    const { headers } = await get(await widgetAddress());
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toMatch(/^text\/javascript/);
    expect(headers['access-control-allow-origin']).toBe('*');
    const embed = await get('/embed.js');
    expect(embed.headers['cache-control']).toBe('public, max-age=300');
  });

  test('keeps the widget, style included, under 30 kB and the launcher under 5 kB', async () => {
    const packed = { 'accept-encoding': 'gzip' };
    expect((await get(await widgetAddress(), packed)).body.length).toBeLessThan(30_000);
    expect((await get('/embed.js', packed)).body.length).toBeLessThan(5_000);
  });

  test('gives embed.js the campaign as it stands, whatever its name has in it', async () => {
    campaign = { ...SAMPLE, name: '</script>"\u2028' };
    const { body } = await get('/embed.js');
    campaign = SAMPLE;
    const text = body.toString();
    expect(text).not.toContain('</script>');
    const settings = /^\{const PORTEVOIX=(\{.*?\});/.exec(text)?.[1] ?? '';
    expect(JSON.parse(settings)).toEqual({
      widget: await widgetAddress(),
      name: '</script>"\u2028',
      ...SAMPLE.site.colours,
    });
  });

  test('answers pages that do not exist in its own manner, and leaves the rest to others', async () => {
    const page = await get('/nowhere/at/all?lang=fr', html);
    expect(page.status).toBe(404);
    expect(page.body.toString()).toContain('Cette page n’existe pas');
    expect((await get('/nowhere')).body.toString()).toBe('{"error":"elsewhere"}');
    expect((await get('/site/assets.json')).status).toBe(404);
  });

  test('serves the campaign’s picture for good under its name, and runs nothing in it', async () => {
    expect((await get('/')).body.toString()).not.toContain('<img');
    campaign = {
      ...SAMPLE,
      site: { ...SAMPLE.site, picture: FACE, pictureText: { fr: 'Sur le pont' } },
    };
    const page = (await get('/?lang=fr')).body.toString();
    expect(page).toContain(`src="/site/picture/${FACE}" alt="Sur le pont"`);
    const shown = await get(`/site/picture/${FACE}`);
    expect(shown.headers['content-type']).toBe('image/png');
    expect(shown.headers['cache-control']).toContain('immutable');
    expect(shown.headers['x-content-type-options']).toBe('nosniff');
    expect(shown.headers['content-security-policy']).toContain('sandbox');
    expect(shown.body.toString()).toBe('the bytes');
    const again = await get(`/site/picture/${FACE}`, {
      'if-none-match': String(shown.headers['etag']),
    });
    expect(again.status).toBe(304);
    expect((await get('/site/picture/another.png')).status).toBe(404);
    expect((await get('/site/picture/..%2f..%2fetc%2fpasswd')).status).toBe(404);
    campaign = SAMPLE;
  });
});
