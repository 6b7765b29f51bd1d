import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';
import express from 'express';
import type { Server } from 'node:http';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { buildAssets } from '../site/build-assets.js';
import { launchChromium } from './chromium.js';
import { listenLocally, openStage, type Stage } from './stage.js';

// A browser, on a machine that runs other tests beside.
jest.setTimeout(120_000);

let assets: Awaited<ReturnType<typeof buildAssets>>;
let browser: Browser;
let stage: Stage;
let host: { server: Server; url: string };
let context: BrowserContext;
let asked: string[];

/** Rules such as other sites have, which must not reach the chat. */
const ROUGH = 'button,div,textarea{font-size:60px!important;background:red!important;margin:50px}';

beforeAll(async () => {
  assets = await buildAssets();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await assets?.remove();
});

beforeEach(async () => {
  stage = await openStage(assets.dir, {
    opening: (locale) => [{ text: locale === 'fr' ? 'Bonjour !' : 'Hello!' }],
    reply: ({ text }) => [{ text: `Reçu : ${text}` }],
  });
  const app = express();
  app.get('/rough.css', (_request, response) => void response.type('css').send(ROUGH));
  app.get('/', (_request, response) => {
    // A strict site: no inline style, and of the chat only what it must have.
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'self'; script-src ${stage.url}; connect-src ${stage.url} ${stage.url.replace('http', 'ws')}`,
    );
    response.send(
      `<!doctype html><html lang="en"><head><title>Shop</title><link rel="stylesheet" href="/rough.css"></head>` +
        `<body><h1>A shop</h1><script src="${stage.url}/embed.js" data-lang="fr" async></script></body></html>`,
    );
  });
  host = await listenLocally(app);
});

afterEach(async () => {
  await context?.close();
  await stage.close();
  host.server.closeAllConnections();
  await new Promise((resolve) => host.server.close(resolve));
});

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(host.url);
  return page;
}

const launcher = (page: Page) => page.getByRole('button', { name: 'Ouvrir la conversation' });
const panel = (page: Page) => page.getByRole('dialog', { name: 'Valbrume en commun' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Votre message' });

describe('embed.js on another site', () => {
  test('fetches the chat only when it is opened, and talks', async () => {
    const page = await open({ viewport: { width: 1200, height: 800 } });
    await launcher(page).waitFor();
    expect(asked.filter((url) => url.startsWith(stage.url))).toEqual([`${stage.url}/embed.js`]);
    await launcher(page).click();
    await panel(page).getByText('Bonjour !').waitFor();
    await field(page).fill('salut');
    await page.keyboard.press('Enter');
    await panel(page).getByText('Reçu : salut').waitFor();
    expect(await context.cookies()).toEqual([]);
  });

  test('moves the focus into the chat, back out with Escape, and keeps the conversation', async () => {
    const page = await open({ viewport: { width: 1200, height: 800 } });
    await launcher(page).focus();
    await page.keyboard.press('Enter');
    await panel(page).getByText('Bonjour !').waitFor();
    await page.keyboard.type('abc');
    expect(await field(page).inputValue()).toBe('abc');
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    await panel(page).waitFor();
    await page.keyboard.press('Enter');
    await panel(page).getByText('Reçu : abc').waitFor();
    await panel(page).getByRole('button', { name: 'Fermer la conversation' }).click();
    await panel(page).waitFor({ state: 'hidden' });
    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('Reçu : abc').waitFor();
    expect(stage.fake.seen.openings).toBe(1);
  });

  test('closes its menu with Escape, and the chat with the next', async () => {
    const page = await open({ viewport: { width: 1200, height: 800 } });
    await launcher(page).click();
    await panel(page).getByText('Bonjour !').waitFor();
    await panel(page).getByRole('button', { name: 'Options de la conversation' }).click();
    const forget = panel(page).getByRole('button', { name: /^Oublier cette conversation/ });
    await forget.waitFor();
    await page.keyboard.press('Escape');
    await forget.waitFor({ state: 'detached' });
    expect(await panel(page).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'hidden' });
  });

  test('is not touched by the styles of the site', async () => {
    const page = await open({ viewport: { width: 1200, height: 800 } });
    await launcher(page).click();
    await panel(page).getByText('Bonjour !').waitFor();
    const send = panel(page).getByRole('button', { name: 'Envoyer' });
    expect(await send.boundingBox()).toMatchObject({ width: 44, height: 44 });
    expect(await field(page).boundingBox()).toMatchObject({ height: 44 });
    await field(page).press('Escape');
    await page.mouse.move(0, 0);
    expect(await launcher(page).boundingBox()).toMatchObject({ width: 60, height: 60 });
  });

  test('takes the whole window of a phone and gives it back', async () => {
    const page = await open({ viewport: { width: 390, height: 700 }, hasTouch: true });
    await launcher(page).tap();
    await panel(page).getByText('Bonjour !').waitFor();
    expect(await panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 700 });
    expect(await panel(page).getAttribute('aria-modal')).toBe('true');
    await panel(page).getByRole('button', { name: 'Fermer la conversation' }).tap();
    await launcher(page).waitFor();
    await page.getByRole('heading', { name: 'A shop' }).waitFor();
  });

  test('can be opened later when the chat could not be fetched', async () => {
    const page = await open();
    await launcher(page).waitFor();
    await context.setOffline(true);
    await launcher(page).click();
    await context.setOffline(false);
    await launcher(page).click();
    await panel(page).getByText('Bonjour !').waitFor();
  });
});
