import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { startBotApi, TOKEN, type BotApi } from '../channels/telegram/bot-api.js';
import { supporter } from '../outreach/messages/sample.js';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, lookAtAll, picture, SIZES } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

const PEOPLE = 200;
const root = join(__dirname, '..', '..');
let api: BotApi;
let program: Launched;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let flows: string;
beforeAll(async () => {
  api = await startBotApi();
  flows = mkdtempSync(join(tmpdir(), 'portevoix-flows-'));
  cpSync(join(root, 'flows'), flows, { recursive: true });
  // The test runs at night too.
  appendFileSync(join(flows, 'campaign.yaml'), '\nquiet_hours: none\n');
  program = await launch({
    FLOWS_DIR: flows,
    LOCALES_DIR: join(root, 'locales'),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    // So slow that there is something left to cancel.
    TELEGRAM_RATE_PER_SECOND: '4',
  });
  await seed();
  browser = await launchChromium();
  context = await firstAdministrator(program, browser);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
  await api?.close();
  rmSync(flows, { recursive: true, force: true });
});

test('a reminder goes from its segment to a planned picture, to progress, and is cancelled', async () => {
  await page.goto(`${program.url}/staff/segments`);
  await page.getByRole('heading', { name: 'Segments', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Nouveau segment' }).click();
  await page.getByRole('textbox', { name: 'Nom' }).fill('Marché de Rennes');
  await page.getByText(`${PEOPLE}`, { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Condition' }).click();
  await page.getByRole('combobox', { name: 'Ce qu’on sait' }).selectOption('tags');
  await page.getByRole('combobox', { name: 'Valeur' }).fill('market');
  await page.locator('.reach-count strong', { hasText: '120' }).waitFor();
  await page.getByRole('button', { name: 'En montrer quelques-unes' }).click();
  await page
    .getByText(/^Ana\d+ Martin$/)
    .first()
    .waitFor();
  await picture(page, 'segment-written');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Segment enregistré.').waitFor();
  await page.waitForURL('**/segments/marche-de-rennes');

  await page.getByRole('link', { name: 'Messages' }).click();
  await page.getByRole('button', { name: 'Nouveau message' }).click();
  await page.getByLabel('Nom', { exact: true }).fill('Rappel du marché');
  await page.getByLabel('Objet').selectOption('vote');
  await page.getByLabel('Contenu').selectOption('neutral');
  await page.getByLabel('Mots en français').fill('On vote dimanche, {firstName}.');
  // What is wrong stands beside the field, and goes when it is put right.
  await page.getByText(/Une valeur peut manquer/).waitFor();
  await expect(page.getByRole('button', { name: 'Envoyer…' }).isDisabled()).resolves.toBe(true);
  await page.getByLabel('Mots en français').fill('On vote dimanche. ');
  await page.getByRole('button', { name: '{firstName}' }).first().click();
  await page.getByLabel('Mots en anglais').fill('Vote on Sunday.');
  await page.getByText('On vote dimanche. Camille').waitFor();
  await page.getByLabel('Segment').selectOption('marche-de-rennes');
  await page.getByText('dans ce segment en ce moment').waitFor();
  await page.getByLabel('Moment').selectOption('instant');
  await page.getByLabel('Date et heure').fill(inParis(Date.now() - 60_000));
  await page.getByRole('checkbox', { name: 'Utiliser e-mail' }).uncheck();
  await page.getByText('Enregistré', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Voir le plan d’envoi' }).click();
  await page.locator('.send').first().waitFor();
  await page.getByText('n’ont jamais accepté').waitFor();
  await picture(page, 'message-planned');

  // Reloaded, all of it is there.
  await page.reload();
  await expect(page.getByLabel('Nom', { exact: true }).inputValue()).resolves.toBe(
    'Rappel du marché',
  );
  await page.getByRole('button', { name: 'Envoyer…' }).click();
  await page.getByRole('dialog').getByText('110 personnes').waitFor();
  await page.getByRole('button', { name: 'Confirmer l’envoi' }).click();
  await page.getByText('C’est prévu').waitFor();
  await until(() => arrived() >= 4);
  await page.getByText(/^[1-9]\d* sur 110$/).waitFor();
  await page.setViewportSize(SIZES.phone);
  await picture(page, 'message-under-way');

  await page.getByRole('button', { name: 'Suspendre' }).click();
  await page.getByRole('button', { name: 'Reprendre' }).waitFor();
  await page.getByRole('button', { name: 'Annuler l’envoi' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler l’envoi' }).click();
  await page.getByText('Annulé', { exact: true }).waitFor();
  const before = arrived();
  // Nothing more leaves: far more than a second's sends would have, had it gone on.
  await page.reload();
  await page.getByText('Annulé', { exact: true }).waitFor();
  await page.getByText(/^\d+ sur \d+$/).waitFor();
  expect(arrived()).toBeLessThan(before + 4);
  expect(arrived()).toBeLessThan(110);
  await picture(page, 'message-cancelled');
  await page.setViewportSize(SIZES.desk);

  // What it was sent to is not forgotten while a draft uses it.
  await page.getByRole('button', { name: 'Dupliquer' }).click();
  await page.getByLabel('Nom', { exact: true }).waitFor();
  await page.goto(`${program.url}/staff/segments/marche-de-rennes`);
  await page.getByRole('button', { name: 'Supprimer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
  await page.getByText(/Un message ou un parcours l’utilise/).waitFor();
});

test('pages of segments and messages are fit for everybody, in both languages and themes', async () => {
  const { items } = await (await context.request.get(`${program.url}/staff/api/messages`)).json();
  const draft = items.find(({ state }: { state: string }) => state === 'draft');
  const sent = items.find(({ state }: { state: string }) => state === 'cancelled');
  const found = [
    ...(await lookAtAll(
      page,
      '/segments',
      (on) => on.locator('tbody tr').first().waitFor(),
      'segments',
    )),
    ...(await lookAtAll(
      page,
      '/segments/marche-de-rennes',
      (on) => on.locator('.reach-count').waitFor(),
      'segment',
    )),
    ...(await lookAtAll(
      page,
      '/messages',
      (on) => on.locator('tbody tr').first().waitFor(),
      'messages',
    )),
    ...(await lookAtAll(
      page,
      `/messages/${draft?.id}`,
      async (on) => {
        await on.locator('.message-bubble').first().waitFor();
        await on.getByRole('button', { name: /plan/ }).click();
        await on.locator('.plan-picture').waitFor();
      },
      'message',
    )),
    ...(await lookAtAll(
      page,
      `/messages/${sent?.id}`,
      (on) => on.locator('.progress').waitFor(),
      'sent',
    )),
  ];
  expect(found).toEqual([]);
});

/** People on Telegram, most of whom agreed to reminders; some of those have a tag. */
async function seed(): Promise<void> {
  const store = await openStore({
    dataDir: program.dataDir,
    mongodbUri: undefined,
    lasting: false,
  });
  const people = openPeople(store.connection, 'a secret');
  const records = Array.from({ length: PEOPLE }, (_, n) => ({
    ...supporter(`person-${n}`, ['telegram'], {
      first_name: `Ana${n}`,
      last_name: 'Martin',
      tags: n < 120 ? ['market'] : [],
      ...(n < 10 ? { consents: [], consents_now: [] } : {}),
    }),
  }));
  await people.supporters.table.insertAll(records);
  await people.addresses.table.insertAll(
    records.map(({ _id, created_at: created }, n) => ({
      _id: `telegram:${n + 1}`,
      supporter: _id,
      channel: 'telegram',
      address: `${n + 1}`,
      created_at: created,
      reachable: true,
    })),
  );
  await store.close();
}

function arrived(): number {
  return Array.from({ length: PEOPLE }, (_, n) => api.shown(`${n + 1}`).length).reduce(
    (sum, count) => sum + count,
    0,
  );
}

function inParis(at: number): string {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return clock.format(at).replace(' ', 'T');
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 50));
}
