import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { importDoors } from '../../src/canvass/import/import-doors.js';
import { importResults } from '../../src/canvass/import/import-results.js';
import { openDoors } from '../../src/canvass/doors.js';
import { openResults } from '../../src/canvass/results.js';
import { openTurfs } from '../../src/canvass/turfs.js';
import { openVisits } from '../../src/canvass/visits.js';
import { openStore, type Store } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { withSearchWords } from '../../src/supporters/search-words.js';
import { openVolunteerRoles } from '../../src/volunteers/volunteer-roles.js';
import { supporter } from '../outreach/messages/sample.js';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, lookAtAll, picture } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

const root = join(__dirname, '..', '..');
const TOWN = join(root, 'samples', 'valbrume');
const at = new Date();
let program: Launched;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  program = await launch({
    FLOWS_DIR: join(root, 'flows'),
    LOCALES_DIR: join(root, 'locales'),
  });
  await withStore(async ({ connection }) => {
    await importDoors(openDoors(connection), join(TOWN, 'doors.csv'), { at });
    for (const file of ['results-turnout.csv', 'results-lists.csv']) {
      await importResults(openResults(connection), join(TOWN, file), { at });
    }
    const consents = { consents_now: ['canvassing=given'] };
    await openPeople(connection, 'a secret').supporters.table.insertAll(
      [
        supporter('lea', ['web'], { first_name: 'Léa', last_name: 'Morvan', ...consents }),
        supporter('noe', ['web'], { first_name: 'Noé', last_name: 'Le Goff', ...consents }),
      ].map(withSearchWords),
    );
    await openVolunteerRoles(connection).insert({
      _id: 'canvasser:noe',
      supporter: 'noe',
      role: 'canvasser',
      state: 'approved',
      revision: 1,
      at,
    });
  });
  browser = await launchChromium();
  context = await firstAdministrator(program, browser);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
});

test('an area is cut, previewed on the map, and a turf of it assigned and taken back', async () => {
  await page.goto(`${program.url}/staff`);
  await page.getByRole('link', { name: 'Porte-à-porte' }).click();
  const first = page.locator('.area-row').first();
  await first.getByText(/d’abstention, /).waitFor();
  expect(await page.locator('.area-row').count()).toBe(10);

  // On the map as in the list: the same area is chosen.
  const box = first.getByRole('checkbox');
  await box.focus();
  await page.keyboard.press('Space');
  await page.locator('.map-chosen').waitFor({ state: 'attached' });
  const panel = page.getByRole('region', { name: 'Découper en secteurs' });
  await panel.getByText(/^1 zone choisie/).waitFor();
  await panel.getByLabel('Portes par secteur').fill('2');
  await panel.getByText(/Ce nombre ne va pas/).waitFor();
  await panel.getByLabel('Portes par secteur').fill('80');
  const make = panel.getByRole('button', { name: /^Créer \d+ secteurs$/ });
  await make.waitFor();
  const planned = Number(/\d+/.exec((await make.textContent()) ?? '')?.[0]);
  expect(await page.locator('.map-planned').count()).toBe(planned);
  await picture(page, 'canvass-planned');
  await make.click();
  await page.getByText(`${planned} secteurs créés.`).waitFor();
  await page.locator('.turf-link').first().waitFor();
  expect(await page.locator('.turf-link').count()).toBe(planned);
  await page
    .locator(`.map-turf-free`)
    .nth(planned - 1)
    .waitFor({ state: 'attached' });

  await page.locator('.turf-link').first().click();
  await page.getByRole('heading', { name: 'Feuille de route' }).waitFor();
  await page.getByRole('button', { name: 'Confier', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Noé Le Goff').waitFor();
  await dialog.getByRole('searchbox').fill('morv');
  await dialog.getByRole('button', { name: 'Confier, Léa Morvan' }).click();
  await page.getByText('Le secteur est réservé à Léa Morvan.').waitFor();
  await page.getByText('réservé à Léa Morvan', { exact: true }).waitFor();
  const print = await page.getByRole('link', { name: 'Imprimer' }).getAttribute('href');
  const paper = await context.request.get(`${program.url}${print ?? ''}`);
  expect(await paper.text()).toContain('Aucun nom sur cette feuille');
  await page.getByRole('button', { name: 'Rendre libre' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rendre libre' }).click();
  await page.getByText('Le secteur est libre.').waitFor();

  // Around whatever lies in the middle of the map, by keyboard alone.
  await page.getByRole('link', { name: 'Retour à la carte' }).click();
  await page.getByRole('button', { name: 'Dessiner un périmètre' }).click();
  await page.getByRole('application').focus();
  for (const way of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
    await page.keyboard.press('Space');
    await page.keyboard.press(way);
    await page.keyboard.press(way);
  }
  await page.keyboard.press('Enter');
  await panel.getByText('Périmètre dessiné').waitFor();
  await panel.getByRole('button', { name: /^Créer \d+ secteur/ }).waitFor();
  await panel.getByRole('button', { name: 'Annuler' }).click();
});

test('an odd outing is seen, looked at and rolled back, and the figures follow', async () => {
  const reported = await reportInHaste();
  await page.getByRole('link', { name: 'Résultats' }).click();
  await page
    .locator('.figure dd', { hasText: new RegExp(`^${reported}$`) })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Bénévole' }).click();
  await page.getByRole('cell', { name: 'Léa Morvan' }).waitFor();
  await page.getByRole('link', { name: 'Tournées' }).click();
  await page.getByRole('button', { name: 'À regarder (1)' }).click();
  await page.getByText(/notées trop vite/).waitFor();
});

test('the pages are fit for everybody, in both languages and themes', async () => {
  const turf = await page.locator('.outing-turfs a').first().getAttribute('href');
  const found = [
    ...(await lookAtAll(
      page,
      '/canvass',
      async (on) => {
        await on.locator('.map-turf').first().waitFor({ state: 'attached' });
        await on.getByRole('checkbox').first().check();
        await on.locator('.map-planned').first().waitFor({ state: 'attached' });
      },
      'canvass',
    )),
    ...(await lookAtAll(
      page,
      (turf ?? '').replace(/^\/staff/, ''),
      (on) => on.locator('.walk-table tbody tr').first().waitFor(),
      'turf',
    )),
    ...(await lookAtAll(
      page,
      '/canvass/figures',
      (on) => on.locator('.figures-table tbody tr').first().waitFor(),
      'canvass-figures',
    )),
    ...(await lookAtAll(
      page,
      '/canvass/outings',
      (on) => on.locator('.outing').first().waitFor(),
      'outings',
    )),
  ];
  expect(found).toEqual([]);

  // Confirmed, the outing counts no more.
  await page.goto(`${program.url}/staff/canvass/outings`);
  await page.getByRole('button', { name: 'Annuler la tournée, Léa Morvan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/ne compteront/).waitFor();
  await dialog.getByRole('button', { name: 'Annuler la tournée', exact: true }).click();
  await page.getByText(/ne comptent plus/).waitFor();
  await page.getByText('Aucune tournée pour l’instant').waitFor();
});

/** Léa reports all doors of a turf, five seconds each; answers how many. */
async function reportInHaste(): Promise<number> {
  let count = 0;
  await withStore(async ({ connection }) => {
    const turfs = openTurfs(connection);
    const [turf] = await turfs.table.find({}, { sort: { rank: 1 }, limit: 1 });
    if (turf === undefined) throw new Error('Nothing was cut.');
    count = turf.doors.length;
    const begun = Date.now() - 3_600_000;
    await openVisits(connection).table.insertAll(
      turf.doors.map(({ door }, n) => ({
        _id: `haste:${door}`,
        door,
        turf: turf._id,
        canvasser: 'lea',
        result: n % 4 === 0 ? 'canvassed' : 'not_home',
        ...(n % 4 === 0 ? { support_level: 2 as const } : {}),
        at: new Date(begun + n * 5_000),
        received_at: new Date(begun + n * 5_000),
        outing: `lea:${turf._id}:${new Date(begun).toISOString().slice(0, 10)}`,
      })),
    );
    await turfs.table.replaceIf(
      { revision: turf.revision },
      {
        ...turf,
        doors: turf.doors.map((door) => ({ ...door, result: 'not_home' as const })),
        state: 'walked',
        canvassers: ['lea'],
        revision: turf.revision + 1,
      },
    );
  });
  return count;
}

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({
    dataDir: program.dataDir,
    mongodbUri: undefined,
    lasting: false,
  });
  await work(store);
  await store.close();
}
