import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { deliveryId, openDeliveries } from '../../src/outreach/messages/deliveries.js';
import { stepMessage } from '../../src/outreach/sequences/sequences.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { startBotApi, TOKEN, type BotApi } from '../channels/telegram/bot-api.js';
import { supporter } from '../outreach/messages/sample.js';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, lookAtAll, picture } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

const root = join(__dirname, '..', '..');
const HOUR_MS = 3_600_000;
let api: BotApi;
let program: Launched;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  api = await startBotApi();
  program = await launch({
    FLOWS_DIR: join(root, 'flows'),
    LOCALES_DIR: join(root, 'locales'),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    TELEGRAM_CHANNEL: '@valbrume',
    X_API_ROOT: api.url,
    X_API_KEY: 'a'.repeat(20),
    X_API_SECRET: 'b'.repeat(20),
    X_ACCESS_TOKEN: 'c'.repeat(20),
    X_ACCESS_SECRET: 'd'.repeat(20),
  });
  browser = await launchChromium();
  context = await firstAdministrator(program, browser);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
  await api?.close();
});

test('a post is cut to what a network takes, held against the calendar, scheduled and cancelled', async () => {
  await page.goto(`${program.url}/staff/posts`);
  await page.getByText('Rien n’est prévu').waitFor();
  await page.getByRole('button', { name: 'Régler Bluesky' }).click();
  await page.getByRole('dialog').getByText('BLUESKY_APP_PASSWORD').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).last().click();

  await page.getByRole('button', { name: 'Nouvelle publication' }).click();
  const long = 'Rendez-vous au marché samedi. '.repeat(10);
  await page.getByRole('textbox', { name: 'Texte' }).fill(`${long}https://valbrume.example/marche`);
  // Counted as X counts: a link is 23, whatever its length.
  await page.locator('.room-over', { hasText: '323 / 280' }).waitFor();
  await page.getByRole('button', { name: 'Un autre texte sur X' }).click();
  await page.getByRole('textbox', { name: 'Texte sur X' }).fill('Samedi, tous au marché\u202F!');
  await page.locator('.room-over').waitFor({ state: 'detached' });
  await page.getByLabel('Nom', { exact: true }).fill('Marché de samedi');

  // On the day of the vote the law wants silence, and the form says so before anybody schedules it.
  await page.getByLabel('Moment').selectOption('before');
  await page.getByLabel('Jours avant').fill('0');
  await page.getByText('À cette heure, la loi veut le silence électoral.').waitFor();
  await page.getByRole('button', { name: 'Programmer quand même' }).waitFor();
  await picture(page, 'post-written');
  await page.getByLabel('Moment').selectOption('instant');
  await page.getByLabel('Date et heure').fill('2040-03-03T10:00');
  await page.getByText('Elle part').waitFor();
  await page.getByRole('button', { name: 'Programmer', exact: true }).click();

  await page.getByRole('heading', { name: 'Marché de samedi' }).waitFor();
  await expect(page.getByText('Prévue', { exact: true }).count()).resolves.toBe(2);
  await page.getByText('Samedi, tous au marché').waitFor();
  await page.getByRole('button', { name: 'Annuler la publication' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler la publication' }).click();
  await page.getByText('Annulée', { exact: true }).nth(1).waitFor();
  await page.getByRole('link', { name: 'Publications' }).first().click();
  await page.getByRole('button', { name: 'Passées' }).click();
  await page.getByRole('link', { name: 'Marché de samedi' }).waitFor();
});

test('a sequence is written and begun, shows who stands where, and lets somebody go', async () => {
  await page.goto(`${program.url}/staff/sequences`);
  await page.getByRole('button', { name: 'Nouvelle séquence' }).click();
  await page.getByLabel('Nom', { exact: true }).fill('Bienvenue');
  const step = (number: number) => page.getByRole('region', { name: `Étape ${number}` });
  await step(1).getByLabel('Mots en français').fill('Bienvenue\u202F! Merci d’être là.');
  await page.getByRole('button', { name: 'Commencer…' }).click();
  // What is missing is said beside its field.
  await step(1).getByText('À remplir.').first().waitFor();
  await step(1).getByLabel('Mots en anglais').fill('Welcome! Thank you for being here.');
  await page.getByRole('button', { name: 'Ajouter une étape' }).click();
  await step(2).getByLabel('Mots en français').fill('Samedi, on tracte au marché.');
  await step(2).getByLabel('Mots en anglais').fill('On Saturday we are at the market.');
  await page.locator('.message-bubble', { hasText: 'we are at the market' }).waitFor();
  await picture(page, 'sequence-written');
  await page.getByRole('button', { name: 'Commencer…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Commencer' }).click();
  await page.getByRole('heading', { name: 'Bienvenue', exact: true }).waitFor();
  await page.getByText('Personne encore').first().waitFor();

  await seed(page.url().split('/').at(-1) ?? '');
  await page.reload();
  await page.getByText('1 a répondu').waitFor();
  await page.getByRole('button', { name: 'Retirer Ana0 Martin' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
  await page.getByText('La personne est retirée.').waitFor();
  await page.getByText(/1 retirée par l’équipe/).waitFor();
  await page.getByRole('button', { name: 'Suspendre' }).click();
  await page.getByText('Suspendue', { exact: true }).waitFor();
});

test('pages of posts and sequences are fit for everybody, in both languages and themes', async () => {
  const answer = await context.request.get(`${program.url}/staff/api/sequences`);
  const [sequence] = (await answer.json()).items;
  const see = (selector: string) => (on: Page) => on.locator(selector).first().waitFor();
  const found = [
    ...(await lookAtAll(page, '/posts', see('.network-card'), 'posts')),
    ...(await lookAtAll(page, '/posts/new', see('.room'), 'post-new')),
    ...(await lookAtAll(page, '/sequences/new', see('.step-form'), 'sequence-new')),
    ...(await lookAtAll(page, `/sequences/${sequence?.id}`, see('.person-row'), 'sequence')),
  ];
  expect(found).toEqual([]);
});

/** People for whom it began: one is in it, one is at its end, one answered. */
async function seed(sequence: string): Promise<void> {
  const store = await openStore({
    dataDir: program.dataDir,
    mongodbUri: undefined,
    lasting: false,
  });
  const people = openPeople(store.connection, 'a secret');
  await people.supporters.table.insertAll(
    [0, 1, 2].map((n) =>
      supporter(`person-${n}`, ['telegram'], { first_name: `Ana${n}`, last_name: 'Martin' }),
    ),
  );
  const past = new Date(Date.now() - HOUR_MS);
  const sent = { state: 'sent', at: past } as const;
  const planned = { state: 'planned', at: new Date(Date.now() + 48 * HOUR_MS) } as const;
  const answered = { state: 'skipped', at: past, reason: 'left_answered' } as const;
  const ways = [
    [sent, planned],
    [sent, sent],
    [sent, answered],
  ] as const;
  await openDeliveries(store.connection).table.insertAll(
    ways.flatMap((steps, n) =>
      steps.map((one, step) => {
        const message = stepMessage(sequence, step);
        const who = `person-${n}`;
        return {
          _id: deliveryId(message, who),
          message,
          supporter: who,
          channel: 'telegram',
          ...one,
        };
      }),
    ),
  );
  await store.close();
}
