import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import type { Signup } from '../../src/volunteers/shift.js';
import { openVolunteers } from '../../src/volunteers/volunteers.js';
import { launch, type Launched } from '../program/launch.js';
import { sampleShift, volunteer } from '../volunteers/sample.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, lookAtAll, picture, SIZES } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

let program: Launched;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  program = await launch({ RATE_LIMITS: 'off' });
  await seed();
  browser = await launchChromium();
  context = await firstAdministrator(program, browser);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
});

const heard = (on: Page, text: string) => on.getByRole('log').getByText(text).first().waitFor();

/** Somebody who comes to the site on a phone, and asks for shifts. */
async function askForShifts(): Promise<Page> {
  const visitor = await browser.newContext({ viewport: SIZES.phone, locale: 'fr-FR' });
  const chat = await visitor.newPage();
  await chat.goto(program.url);
  await heard(chat, 'assistant automatique');
  await chat.getByRole('textbox').fill('créneaux');
  await chat.getByRole('textbox').press('Enter');
  await heard(chat, 'garder votre choix');
  await chat.getByRole('button', { name: 'Oui', exact: true }).last().click();
  await heard(chat, 'Lequel vous irait');
  return chat;
}

test('a shift that staff make is filled from the chat and by hand, seen as it happens, and called off', async () => {
  await page.goto(`${program.url}/staff/volunteers`);
  await page.getByRole('link', { name: 'Nouveau créneau' }).first().click();
  await page.getByRole('heading', { name: 'Nouveau créneau' }).waitFor();
  await page.getByRole('button', { name: 'Ouvrir le créneau' }).click();
  await page.getByText('Il reste quelque chose à corriger.').waitFor();
  await page.getByText('À remplir.').first().waitFor();
  await page.getByLabel('Titre en français').fill('Réunion de quartier');
  await page.getByLabel('Titre en anglais').fill('Neighbourhood meeting');
  await page.getByLabel('Tâche').selectOption('meetings');
  await page.getByLabel('Début').fill(`${dayIn(1)}T18:00`);
  await expect(page.getByLabel('Fin').inputValue()).resolves.toBe(`${dayIn(1)}T20:00`);
  await page.getByLabel('Fin').fill(`${dayIn(1)}T17:00`);
  await page.getByText('La fin vient après le début').waitFor();
  await page.getByLabel('Fin').fill(`${dayIn(1)}T20:30`);
  await page.getByLabel('Lieu déjà utilisé').selectOption({ index: 1 });
  await page.getByLabel('Places').fill('2');
  await page.getByText('La fin vient après le début').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Ouvrir le créneau' }).click();
  await page.getByText('Créneau ouvert aux inscriptions.').waitFor();
  await page.getByText('Personne n’est encore inscrit').waitFor();
  await page.getByText('2 places libres').waitFor();
  const shift = new URL(page.url()).pathname;

  // Nobody touches the console meanwhile.
  const chat = await askForShifts();
  await chat.getByRole('button', { name: /Réunion de quartier/ }).click();
  await heard(chat, 'C’est réservé');
  await page.getByText('1 place libre').waitFor();
  await page.getByText('Inscrit', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Placer quelqu’un' }).click();
  const dialog = page.getByRole('dialog');
  const find = async (name: string): Promise<void> => {
    await dialog.getByRole('searchbox').fill(name);
    await dialog.getByRole('button', { name: new RegExp(name) }).click();
  };
  await find('Noé Refuse');
  await dialog.getByText('n’a pas accepté d’être bénévole').waitFor();
  await find('Ana Martin');
  await page.getByText('Ana Martin a une place.').waitFor();
  await page.getByText('Complet', { exact: true }).waitFor();
  const late = await askForShifts();
  await late.getByRole('button', { name: /Réunion de quartier/ }).click();
  await heard(late, 'liste d’attente');
  await page.getByRole('heading', { name: 'Liste d’attente 1' }).waitFor();
  await picture(page, 'shift-live');

  // Who waits gets the place that is given back, and is told so in the chat.
  await page.getByRole('button', { name: 'Retirer Ana Martin' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
  await page.getByText('Ana Martin n’est plus sur ce créneau.').waitFor();
  await page.getByRole('heading', { name: 'Inscrits 2' }).waitFor();
  await page.getByRole('heading', { name: 'Désistés 1' }).waitFor();

  await page.goto(`${program.url}/staff/volunteers?view=list`);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exporter (CSV)' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  expect(csv).toMatch(/Réunion de quartier,meetings,.*Ana Martin,declined/);

  await page.goto(`${program.url}${shift}`);
  await page.getByRole('button', { name: 'Annuler le créneau' }).click();
  await page.getByRole('dialog').getByText('2 personnes').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler le créneau' }).click();
  await page.getByText('Annulé', { exact: true }).waitFor();
  for (const one of [chat, late]) await one.context().close();
});

test('who came is noted, and who asks for a part is approved', async () => {
  await page.goto(`${program.url}/staff/volunteers/shifts/${NOW_ON}`);
  await page.getByRole('button', { name: 'Noter que Zoé Le Goff est venu' }).click();
  await page.getByText('noté par l’équipe').waitFor();
  await page.goto(`${program.url}/staff/volunteers/hours`);
  await page.getByRole('row', { name: /Zoé Le Goff 1 3 h/ }).waitFor();
  await page.getByRole('link', { name: /^Demandes/ }).click();
  await page.getByRole('button', { name: /^Approuver Ana Martin/ }).click();
  await page.getByText('la personne va être prévenue').waitFor();
  await page.getByRole('button', { name: /^Approuver Ana Martin/ }).waitFor({ state: 'detached' });
});

test('pages of volunteers are fit for everybody, in both languages and themes', async () => {
  const found = [
    ...(await lookAtAll(page, '/volunteers', ready('.shift-card'), 'shifts')),
    ...(await lookAtAll(page, '/volunteers?view=list', ready('.shift-row'), 'shift-list')),
    ...(await lookAtAll(page, `/volunteers/shifts/${NOW_ON}`, ready('.signup'), 'shift')),
    ...(await lookAtAll(page, `/volunteers/new?from=${NOW_ON}`, ready('.shift-form'), 'shift-new')),
    ...(await lookAtAll(page, '/volunteers/hours', ready('tbody tr'), 'hours')),
    ...(await lookAtAll(page, '/volunteers/requests', ready('.row'), 'requests')),
  ];
  expect(found).toEqual([]);
});

const ready = (selector: string) => (on: Page) => on.locator(selector).first().waitFor();

const NOW_ON = 'porte-a-porte-des-carmes';
const HOUR_MS = 3_600_000;

/** A day from today on the campaign's clocks. */
function dayIn(days: number): string {
  const at = Date.now() + days * 24 * HOUR_MS;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(at);
}

/** Some volunteers, a shift that is on now, some of this week, and who asks for a part. */
async function seed(): Promise<void> {
  const { connection, close } = await openStore({
    dataDir: program.dataDir,
    mongodbUri: undefined,
    lasting: false,
  });
  const people = openPeople(connection, 'a secret');
  const { shifts, roles } = openVolunteers(connection);
  const named = (id: string, first: string, last: string, more = {}) => ({
    ...volunteer(id, { first_name: first, last_name: last, ...more }),
    search: [first, last].map((word) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()),
  });
  await people.supporters.table.insertAll([
    named('ana', 'Ana', 'Martin'),
    named('zoe', 'Zoé', 'Le Goff'),
    named('noe', 'Noé', 'Refuse', { consents: [], consents_now: [] }),
    named('gwen', 'Gwenaëlle-Maximilienne', 'de La Tour du Pin-Chambly'),
    ...Array.from({ length: 12 }, (_one, n) => named(`v${n}`, 'Paul', `Durand ${n}`)),
  ]);
  const signup = (n: number, supporter: string, state: Signup['state']): Signup => ({
    n,
    supporter,
    state,
    since: new Date(Date.now() - n * HOUR_MS),
    acts: [],
  });
  const began = Date.now() - HOUR_MS;
  await shifts.table.insert(
    sampleShift({
      _id: NOW_ON,
      title: { fr: 'Porte-à-porte des Carmes', en: 'Canvassing around the Carmes' },
      task: 'doors',
      starts: new Date(began),
      ends: new Date(began + 3 * HOUR_MS),
      capacity: 4,
      leader: 'ana',
      skills: ['speaking', 'first_aid'],
      languages: ['ar', 'pt'],
      serial: 9,
      signups: [
        signup(1, 'zoe', 'confirmed'),
        signup(2, 'gwen', 'completed'),
        signup(3, 'v0', 'scheduled'),
        signup(4, 'v1', 'completed'),
        signup(5, 'v2', 'invited'),
        signup(6, 'v3', 'invited'),
        signup(7, 'v4', 'declined'),
      ],
    }),
  );
  const monday = Date.parse(`${dayIn(-((new Date().getDay() + 6) % 7))}T00:00:00Z`);
  const week = [
    { title: 'Tracts au marché des Lices', task: 'leaflets', filled: 10 },
    { title: 'Appels du soir', task: 'calls', filled: 3 },
    { title: 'Réunion publique', task: 'meetings', filled: 6 },
    { title: 'Conduire au bureau de vote', task: 'lifts', filled: 1 },
    { title: 'Tracts à la gare', task: 'leaflets', filled: 0 },
  ] as const;
  for (const [index, { title, task, filled }] of week.entries()) {
    const starts = new Date(monday + (index * 30 + 9) * HOUR_MS);
    await shifts.table.insert(
      sampleShift({
        _id: `seed-${index}`,
        title: { fr: title, en: title },
        task,
        starts,
        ends: new Date(starts.getTime() + 3 * HOUR_MS),
        state: index === 4 ? 'cancelled' : 'open',
        serial: filled,
        signups: Array.from({ length: filled }, (_one, n) =>
          signup(n + 1, `v${n}`, n % 2 === 0 ? 'scheduled' : 'confirmed'),
        ),
      }),
    );
  }
  for (const [index, role] of (['canvasser', 'driver', 'poll_watcher'] as const).entries()) {
    const supporter = ['ana', 'gwen', 'zoe'][index] ?? '';
    await roles.insert({
      _id: `${role}:${supporter}`,
      supporter,
      role,
      state: 'asked',
      revision: 1,
      at: new Date(Date.now() - (index + 1) * 24 * HOUR_MS),
    });
  }
  await close();
}
