import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { createSite } from '../../../src/site/server/site.js';
import { buildAssets } from '../build-assets.js';
import { SAMPLE } from '../sample-campaign.js';

let assets: Awaited<ReturnType<typeof buildAssets>>;
beforeAll(async () => {
  assets = await buildAssets();
});
afterAll(() => assets.remove());

let server: Server;
let url: string;
/** How often the copy was read, and how long a client has to wait. */
let reads: number;
let waitMs: number;
beforeEach(async () => {
  reads = 0;
  waitMs = 0;
  const app = express();
  app.use(
    createSite({
      campaign: () => SAMPLE,
      assetsDir: assets.dir,
      holdOff: () => waitMs,
      privacy: {
        isGood: async (token) => token === 'good.one',
        async read(token) {
          reads += 1;
          if (token !== 'good.one') return undefined;
          return (async function* pieces() {
            yield '{"profile": ';
            yield '{"email": "lea@exemple.org"}}';
          })();
        },
        word: (language, key) => `${language}:${key}`,
      },
    }),
  );
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  url = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('the page that a link to one’s data opens', () => {
  test('downloads nothing when a program looks at the link, and shows a button', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(`${url}/privacy/good.one?lang=fr`, { method });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer.headers.get('content-disposition')).toBeNull();
      const page = await answer.text();
      if (method === 'HEAD') expect(page).toBe('');
      else expect(page).toMatch(/<form method="post">[^]*fr:download[^]*<\/form>/);
      expect(page).not.toContain('lea@exemple.org');
    }
    expect(reads).toBe(0);
  });

  test('downloads the copy when its button is pressed', async () => {
    const answer = await fetch(`${url}/privacy/good.one`, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="my-data.json"');
    expect(await answer.json()).toEqual({ profile: { email: 'lea@exemple.org' } });
  });

  test('is kept by nobody, and found by no search engine', async () => {
    for (const method of ['GET', 'POST']) {
      for (const token of ['good.one', 'bad.one']) {
        const { headers } = await fetch(`${url}/privacy/${token}`, { method });
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
      }
    }
  });

  test('says kindly, in the language of the link, that it is no good any more', async () => {
    for (const [language, method] of [
      ['fr', 'GET'],
      ['en', 'GET'],
      ['fr', 'POST'],
    ] as const) {
      const answer = await fetch(`${url}/privacy/bad.one?lang=${language}`, {
        method,
        headers: { 'accept-language': 'en' },
      });
      expect(answer.status).toBe(410);
      const page = await answer.text();
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).toContain(`${language}:expired_hint`);
      expect(page).not.toContain('<form');
    }
  });

  test('takes whatever stands in the link', async () => {
    for (const token of ['%00', '..%2F..', 'a'.repeat(5_000), '%E0%A4%A', '<script>']) {
      for (const method of ['GET', 'POST']) {
        const answer = await fetch(`${url}/privacy/${token}`, { method });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(await answer.text()).not.toContain('<script>');
      }
    }
  });

  test('is refused for a while to whoever opens too many', async () => {
    waitMs = 12_300;
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${url}/privacy/good.one?lang=fr`, { method });
      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe('13');
      expect(await answer.text()).toContain('Trop de demandes d’un coup');
    }
    expect(reads).toBe(0);
    expect((await fetch(`${url}/?lang=fr`)).status).toBe(200);
  });
});
