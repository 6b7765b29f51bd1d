import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { makePng } from '../conversation/publish/site/pictures.js';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, lookAtAll, picture, violations, SIZES } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

const root = join(__dirname, '..', '..');
let program: Launched;
let browser: Browser;
let context: BrowserContext;
let visitors: BrowserContext;
let flows: string;
beforeAll(async () => {
  flows = mkdtempSync(join(tmpdir(), 'portevoix-site-'));
  cpSync(join(root, 'flows'), flows, { recursive: true });
  program = await launch({ FLOWS_DIR: flows, LOCALES_DIR: join(root, 'locales') });
  browser = await launchChromium();
  context = await firstAdministrator(program, browser);
  visitors = await browser.newContext({
    viewport: SIZES.phone,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
  rmSync(flows, { recursive: true, force: true });
});

test('staff change a priority in both languages, look at it, publish it, and a visitor sees it', async () => {
  const page = await context.newPage();
  await page.goto(`${program.url}/staff/site`);
  await page.getByRole('heading', { name: 'Page de la campagne' }).waitFor();
  const first = page.getByRole('listitem', { name: 'Priorité 1' });
  await first.getByLabel('Titre (français)').fill('La Brume à vélo');
  await first.getByLabel('Titre (anglais)').fill('');
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'La Brume à vélo' }).waitFor();
  // What is missing is said before anything is published.
  await page.getByRole('button', { name: 'Publier…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Priorité 1, Titre (anglais)').waitFor();
  await expect(
    dialog.getByRole('button', { name: 'Publier maintenant' }).isDisabled(),
  ).resolves.toBe(true);
  await page.keyboard.press('Escape');
  await first.getByText('À écrire dans cette langue.').waitFor();
  await first.getByLabel('Titre (anglais)').fill('The river by bicycle');
  await page.getByLabel('Langue').selectOption('en');
  await frame.getByRole('heading', { name: 'The river by bicycle' }).waitFor();
  await page.getByLabel('Choisir une image').setInputFiles({
    name: 'bridge.png',
    mimeType: 'image/png',
    buffer: makePng(400, 300, [['tEXt', 'SECRET']]),
  });
  await page.getByLabel('Ce qu’elle montre, pour qui ne la voit pas (français)').fill('Le pont');
  await page.getByLabel('Ce qu’elle montre, pour qui ne la voit pas (anglais)').fill('The bridge');
  await page.getByText('Enregistré', { exact: true }).waitFor();
  // Until it is published, visitors see what they saw.
  const visitor = await visitors.newPage();
  await visitor.goto(program.url);
  await visitor.getByRole('heading', { name: 'A clean river' }).waitFor();
  await page.getByRole('button', { name: 'Publier…' }).click();
  await dialog.getByText('The river by bicycle').waitFor();
  await picture(page, 'site-publish');
  await dialog.getByLabel('Pourquoi (facultatif)').fill('Le vélo d’abord');
  await dialog.getByRole('button', { name: 'Publier maintenant' }).click();
  await page.getByText('La page est publiée.').waitFor();

  await visitor.reload();
  await visitor.getByRole('heading', { name: 'The river by bicycle' }).waitFor();
  const shown = visitor.getByRole('img', { name: 'The bridge' });
  const bytes = await visitors.request.get(new URL(await source(shown), program.url).href);
  expect(bytes.headers()['content-type']).toBe('image/webp');
  expect((await bytes.body()).toString('latin1')).not.toContain('SECRET');
  expect(await violations(visitor)).toEqual([]);

  // Put back, it is as it was.
  await page.getByRole('button', { name: 'Historique' }).click();
  await dialog.getByText('Le vélo d’abord').waitFor();
  await dialog.getByRole('button', { name: 'Remettre en ligne' }).click();
  await dialog.getByRole('button', { name: 'Remettre en ligne' }).first().click();
  await dialog.waitFor({ state: 'hidden' });
  await visitor.reload();
  await visitor.getByRole('heading', { name: 'A clean river' }).waitFor();

  const found = await lookAtAll(
    page,
    '/site',
    async (at) => at.locator('.site-item').first().waitFor(),
    'site',
  );
  expect(found).toEqual([]);
});

test('a visitor reads what is kept of them, in light and dark, on a phone and at a desk', async () => {
  const asked: string[] = [];
  const visitor = await visitors.newPage();
  visitor.on('request', (request) => asked.push(new URL(request.url()).origin));
  await visitor.goto(program.url);
  await visitor.getByRole('link', { name: 'Your data' }).click();
  await visitor.getByRole('heading', { name: 'Your data' }).waitFor();
  await visitor.getByText('bonjour@valbrume.example', { exact: true }).waitFor();
  await visitor.getByText('What you like to do').waitFor();
  await visitor.getByRole('heading', { name: 'Election day' }).waitFor();
  for (const [name, size, colorScheme] of [
    ['phone', SIZES.phone, 'dark'],
    ['desk', SIZES.desk, 'light'],
  ] as const) {
    await visitor.setViewportSize(size);
    await visitor.emulateMedia({ colorScheme });
    expect(await violations(visitor)).toEqual([]);
    await expect(
      visitor.evaluate('document.documentElement.scrollWidth <= window.innerWidth'),
    ).resolves.toBe(true);
    await picture(visitor, `privacy-${name}`);
  }
  await visitor.getByRole('link', { name: 'Français' }).click();
  await visitor.getByRole('heading', { name: 'Vos données' }).waitFor();
  expect(new Set(asked)).toEqual(new Set([program.url]));
});

async function source(image: ReturnType<Page['locator']>): Promise<string> {
  return (await image.getAttribute('src')) ?? '';
}
