import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';
import { WRONG_ONLY } from './open-console.js';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** Where pictures go, for people to look at: `PICTURES=/tmp/pictures npx jest test/browser/console`. */
const PICTURES = process.env['PICTURES'];
/** Pages that are looked at in both languages and brightnesses; `:id` is a supporter's. */
const PATHS = [
  '',
  '/inbox',
  '/inbox/:id',
  '/supporters',
  '/supporters/:id',
  '/duplicates',
  '/team',
  '/audit',
  '/account',
  '/nowhere',
];

const IS_TOO_WIDE = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

let program: Launched;
let browser: Browser;
let staff: BrowserContext;
let desk: Page;
let visitor: Page;
beforeAll(async () => {
  program = await launch({ RATE_LIMITS: 'off' });
  browser = await launchChromium();
  staff = await browser.newContext({
    viewport: DESK,
    locale: 'fr-FR',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  desk = await staff.newPage();
  const phone = await browser.newContext({ viewport: PHONE, locale: 'fr-FR' });
  visitor = await phone.newPage();
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
});

const heard = (text: string) => visitor.getByRole('log').getByText(text).last().waitFor();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

async function say(text: string): Promise<void> {
  await visitor.getByRole('textbox').fill(text);
  await visitor.getByRole('textbox').press('Enter');
}

/** What axe finds wrong with a page, as it says it. */
async function findFaults(page: Page): Promise<string[]> {
  // Through the protocol: the page's own policy lets no such program in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${WRONG_ONLY})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

test('the link of the first start makes the first administrator, once', async () => {
  const link = /http\S+\/staff\/join#\S+/.exec(program.output())?.[0] ?? '';
  await desk.goto(link);
  await desk.getByRole('heading', { name: 'Bienvenue' }).waitFor();
  // The secret does not stay in the address.
  expect(desk.url()).toBe(`${program.url}/staff/join`);
  expect(await findFaults(desk)).toEqual([]);
  await desk.getByLabel('E-mail').fill('claire@exemple.fr');
  await desk.getByLabel('Votre nom').fill('Claire Martin');
  await desk.getByLabel('Mot de passe').fill('une rivière sous la neige');
  await press(desk, 'Entrer dans la console');
  await desk.getByRole('heading', { name: /Claire Martin/ }).waitFor();

  const other = await browser.newPage({ locale: 'fr-FR' });
  await other.goto(link);
  await other.getByRole('heading', { name: 'Ce lien ne sert plus' }).waitFor();
  await other.goto(`${program.url}/staff/supporters`);
  await other.getByLabel('E-mail').fill('claire@exemple.fr');
  await other.getByLabel('Mot de passe').fill('une rivière sous la neige');
  expect(await findFaults(other)).toEqual([]);
  await press(other, 'Se connecter');
  await other.getByRole('heading', { name: 'Personnes' }).waitFor();
  await other.close();
});

test('somebody of the team takes a conversation over, and gives it back', async () => {
  await visitor.goto(program.url);
  await visitor.getByRole('button', { name: 'Oui', exact: true }).click();
  await heard('À quelle adresse e-mail');
  await say('lea@exemple.fr');
  await heard('code postal');

  await desk.goto(`${program.url}/staff/inbox`);
  await press(desk, 'Toutes');
  await desk.getByRole('link', { name: /Quel est votre code postal/ }).click();
  await desk.getByRole('log').getByText('lea@exemple.fr').first().waitFor();
  await press(desk, 'Prendre la main');
  await desk.getByRole('button', { name: 'Rendre à l’assistant' }).waitFor();
  await desk.getByRole('textbox', { name: 'Réponse' }).fill('Bonjour Léa, ici Claire.');
  await press(desk, 'Envoyer');
  await heard('Bonjour Léa, ici Claire.');

  // What she writes now the assistant leaves alone, and the team sees it come.
  await say('Merci, à quelle heure est la réunion ?');
  await desk.getByRole('log').getByText('à quelle heure est la réunion').waitFor();
  await press(desk, 'Note interne');
  await desk.getByRole('textbox', { name: 'Note interne' }).fill('Vient à la réunion de jeudi');
  await press(desk, 'Ajouter la note');
  await desk.getByRole('log').getByText('Vient à la réunion de jeudi').waitFor();

  await press(desk, 'Rendre à l’assistant');
  await heard('C’est de nouveau moi');
  await desk.getByRole('button', { name: 'Prendre la main' }).waitFor();
  await visitor.getByRole('log').getByText('code postal').nth(1).waitFor();
});

test('every page is sound for axe, in both languages and brightnesses, wide and narrow', async () => {
  const { id } = await readJson(desk, '/supporters', ({ items }) => items[0]);
  const faults: string[] = [];
  for (const [language, theme, viewport] of [
    ['fr', 'light', DESK],
    ['en', 'dark', PHONE],
  ] as const) {
    await staff.addCookies([
      { name: 'portevoix_language', value: language, url: `${program.url}/staff` },
      { name: 'portevoix_theme', value: theme, url: `${program.url}/staff` },
    ]);
    await desk.setViewportSize(viewport);
    for (const path of PATHS) {
      await desk.goto(`${program.url}/staff${path.replace(':id', id)}`);
      await desk.locator('main h1, .empty').first().waitFor({ state: 'attached' });
      await desk.locator('[aria-busy="true"], .skeleton').first().waitFor({ state: 'detached' });
      const name = `${path.replaceAll(/[/:]/g, '-')}-${language}-${theme}`;
      if (PICTURES !== undefined) await desk.screenshot({ path: `${PICTURES}/console${name}.png` });
      const isTooWide = await desk.evaluate<boolean>(IS_TOO_WIDE);
      if (isTooWide) faults.push(`${name} is wider than the screen`);
      for (const fault of await findFaults(desk)) faults.push(`${name} ${fault}`);
    }
  }
  expect(faults).toEqual([]);
});

test('somebody is found, corrected, exported and erased for good, on a phone', async () => {
  await desk.setViewportSize(PHONE);
  await staff.addCookies([
    { name: 'portevoix_language', value: 'fr', url: `${program.url}/staff` },
  ]);
  await desk.goto(`${program.url}/staff`);
  await desk.getByRole('navigation', { name: 'Pages principales' }).getByText('Personnes').click();
  await desk.getByRole('searchbox').fill('LEA@ex');
  await desk.getByRole('link', { name: /lea@exemple\.fr/ }).click();
  await press(desk, 'Modifier');
  await desk.getByLabel('Prénom').fill('Léa');
  await desk.getByLabel('Étiquettes').fill('réunion!');
  await press(desk, 'Enregistrer');
  await desk.getByText('Des lettres minuscules').waitFor();
  await desk.getByLabel('Étiquettes').fill('reunion');
  await press(desk, 'Enregistrer');
  await desk.getByRole('heading', { name: 'Léa', level: 1 }).waitFor();

  const [download] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('link', { name: 'Exporter' }).click(),
  ]);
  const file = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(file.profile).toMatchObject({ email: 'lea@exemple.fr', tags: ['reunion'] });
  expect(file.notes_of_the_team).toMatchObject([{ text: 'Vient à la réunion de jeudi' }]);

  await press(desk, 'Effacer');
  const erase = desk.getByRole('button', { name: 'Effacer pour toujours' });
  expect(await erase.isDisabled()).toBe(true);
  await desk.getByLabel('Écrivez EFFACER pour continuer').fill('effacer');
  await erase.click();
  await desk.getByText('Tout est effacé.').waitFor();
  expect(await readJson(desk, '/supporters', ({ items }) => items)).toEqual([]);

  const looks: { action: string; supporter?: string }[] = await readJson(
    desk,
    '/audit?limit=200',
    ({ items }) => items,
  );
  const actions = looks.map(({ action }) => action);
  for (const action of ['viewSupporter', 'editSupporter', 'exportSupporter', 'eraseSupporter']) {
    expect(actions).toContain(action);
  }
  // That it was done stays; of whom it was about, nothing.
  const about = looks.flatMap(({ supporter }) => supporter ?? []);
  expect(new Set(about)).toEqual(new Set(['erased']));
});

/** What a reading route answers to whoever is signed in there. */
async function readJson(
  page: Page,
  path: string,
  // Tests look into what they expect.
  // oxlint-disable-next-line typescript/no-explicit-any
  pick: (body: any) => any,
  // oxlint-disable-next-line typescript/no-explicit-any
): Promise<any> {
  const answer = await page.request.get(`${program.url}/staff/api${path}`);
  expect(answer.status()).toBe(200);
  return pick(await answer.json());
}
