import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';

const PHONE = { width: 390, height: 844 };

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(120_000);

let program: Launched;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  program = await launch();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await program?.remove();
});

afterEach(() => context?.close());

async function open(locale: string): Promise<Page> {
  context = await browser.newContext({ viewport: PHONE, locale, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(program.url);
  return page;
}

const log = (page: Page) => page.getByRole('log');
const heard = (page: Page, text: string) => log(page).getByText(text).first().waitFor();

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

/** What the supporter has said, as the page shows it. */
async function said(page: Page): Promise<string[]> {
  const bubbles = await log(page).locator('.mine .bubble > [lang]').allInnerTexts();
  return bubbles.map((text) => text.trim());
}

describe('a supporter on a phone', () => {
  test('gives a wrong address, mends it, chooses topics by button and reaches the end', async () => {
    const page = await open('fr-FR');
    await heard(page, 'assistant automatique de Valbrume en commun');
    await press(page, 'Oui');
    await heard(page, 'À quelle adresse e-mail');
    await say(page, 'lea.chez.exemple');
    await heard(page, 'Je ne reconnais pas cette adresse');
    await say(page, 'lea@exemple.fr');
    await heard(page, 'code postal');
    await say(page, '35000');
    await heard(page, 'Quels sujets');
    await page.getByRole('checkbox', { name: 'La rivière' }).click();
    await page.getByRole('checkbox', { name: 'La santé' }).click();
    await press(page, 'Valider');
    await heard(page, 'recevoir nos nouvelles par e-mail');
    await press(page, 'Non');
    await heard(page, 'c’est noté');
    expect(await said(page)).toEqual([
      'Oui',
      'lea.chez.exemple',
      'lea@exemple.fr',
      '35000',
      'La rivière, La santé',
      'Non',
    ]);
  });

  test('reloads in the middle and goes on where the question was', async () => {
    const page = await open('fr-FR');
    await press(page, 'Oui');
    await heard(page, 'À quelle adresse e-mail');
    await page.reload();
    await heard(page, 'À quelle adresse e-mail');
    await press(page, 'Plus tard');
    await heard(page, 'code postal');
    expect(await said(page)).toEqual(['Oui', 'Plus tard']);
    expect(await log(page).getByText('À quelle adresse e-mail').count()).toBe(1);
  });

  test('loses the network, writes on, and everything arrives once', async () => {
    const page = await open('fr-FR');
    await press(page, 'Oui');
    await heard(page, 'À quelle adresse e-mail');
    await context.setOffline(true);
    await page.getByRole('status').getByText('Hors ligne').waitFor();
    await say(page, 'lea@exemple.fr');
    await page.getByText('Pas encore envoyé').waitFor();
    await context.setOffline(false);
    await heard(page, 'code postal');
    expect(await said(page)).toEqual(['Oui', 'lea@exemple.fr']);
    expect(await log(page).getByText('code postal').count()).toBe(1);
  });

  test('is spoken to in English when the browser asks for it', async () => {
    const page = await open('en-GB');
    await page.getByRole('heading', { name: 'Valbrume, let’s make it together' }).waitFor();
    await heard(page, 'automatic');
    await press(page, 'Yes');
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('textbox', { name: 'Your message' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});
