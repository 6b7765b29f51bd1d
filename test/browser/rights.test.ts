import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';

const PHONE = { width: 390, height: 844 };
/** Where pictures go, for people to look at: `PICTURES=/tmp/pictures npx jest test/browser/rights`. */
const PICTURES = process.env['PICTURES'];

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

const log = (page: Page) => page.getByRole('log');
const heard = (page: Page, text: string) => log(page).getByText(text).last().waitFor();

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` });
}

test('a supporter fetches a copy of their data, then has all of it erased, and is a stranger', async () => {
  context = await browser.newContext({
    viewport: PHONE,
    locale: 'fr-FR',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  await page.goto(program.url);
  await press(page, 'Oui');
  await heard(page, 'À quelle adresse e-mail');
  await say(page, 'lea@exemple.fr');
  await heard(page, 'code postal');

  await say(page, 'mes données');
  await press(page, 'Les voir');
  await heard(page, 'Voici tout ce que nous savons de vous');
  await picture(page, 'link');
  const [copy] = await Promise.all([
    context.waitForEvent('page'),
    log(page)
      .getByRole('link', { name: /privacy/ })
      .click(),
  ]);
  await copy.getByRole('heading', { name: 'Votre copie est prête' }).waitFor();
  await picture(copy, 'copy');
  const [download] = await Promise.all([
    copy.waitForEvent('download'),
    copy.getByRole('button', { name: 'Télécharger mon fichier' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('my-data.json');
  const file = JSON.parse(await readFile(await download.path(), 'utf8')) as {
    profile: { email: string };
    conversation: { what: unknown }[];
  };
  expect(file.profile.email).toBe('lea@exemple.fr');
  expect(file.conversation.map(({ what }) => what)).toContainEqual({ said: 'mes données' });

  await say(page, 'mes données');
  await press(page, 'Tout effacer');
  await heard(page, 'écrivez le mot EFFACER');
  await picture(page, 'sure');
  await say(page, 'EFFACER');
  await heard(page, 'C’est entendu, j’efface tout maintenant.');
  // Nothing is asked of somebody who goes.
  expect(await log(page).locator('.theirs .bubble').last().innerText()).toContain('au revoir');
  await picture(page, 'erased');

  // The link opens nothing any more once the erasure is under way, and says so kindly.
  await copy.getByRole('button', { name: 'Télécharger mon fichier' }).click();
  await copy.getByRole('heading', { name: 'Ce lien n’est plus valable' }).waitFor();
  await picture(copy, 'expired');

  // What is written at once waits until everything is gone, and is then a stranger's first word.
  await say(page, 'bonjour');
  const greetings = log(page).getByText('assistant automatique de Valbrume en commun');
  await greetings.nth(1).waitFor();
  await press(page, 'Oui');
  await log(page).getByText('À quelle adresse e-mail').nth(1).waitFor();
  await picture(page, 'stranger');
});
