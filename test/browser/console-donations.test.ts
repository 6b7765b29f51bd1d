import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { DonationRow } from '../../src/donations/book/donation.js';
import { openDonations } from '../../src/donations/book/donations.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { supporter } from '../outreach/messages/sample.js';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, lookAtAll, picture, SIZES } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

let program: Launched;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  program = await launch();
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
async function choose(on: Page, question: string, option: string): Promise<void> {
  await heard(on, question);
  await on.getByRole('button', { name: option, exact: true }).last().click();
}

test('a donation made in the chat is seen as it comes, returned in part with the agent’s word, and exported', async () => {
  await page.goto(`${program.url}/staff/donations`);
  await page.getByRole('heading', { name: 'Dons', exact: true }).waitFor();
  await page.getByText('Mode essai').waitFor();

  const visitor = await browser.newContext({ viewport: SIZES.phone, locale: 'fr-FR' });
  const chat = await visitor.newPage();
  await chat.goto(program.url);
  await heard(chat, 'assistant automatique');
  await chat.getByRole('textbox').fill('/don');
  await chat.getByRole('textbox').press('Enter');
  await choose(chat, 'garder vos réponses et les transmettre', 'Oui');
  await choose(chat, 'nationalité française, ou habitez-vous', 'Oui');
  await choose(chat, 'propre argent', 'Oui');
  await heard(chat, 'Combien souhaitez-vous donner');
  await chat.getByRole('textbox').fill('40');
  await chat.getByRole('textbox').press('Enter');
  const link = chat.getByRole('log').getByRole('link', { name: /\/give\// });
  const url = (await link.getAttribute('href')) ?? '';
  // Nobody touched the console meanwhile: it stands there before it is paid.
  const line = page.locator('.donation-table tbody tr').first();
  await line.getByText('En cours').waitFor();

  await chat.goto(url);
  await chat.getByLabel('Prénom').fill('Gwenaëlle-Maximilienne');
  await chat.getByLabel('Nom', { exact: true }).fill('de La Tour du Pin-Chambly');
  await chat.getByLabel('Nationalité', { exact: true }).selectOption({ label: 'France' });
  await chat.getByLabel('Numéro et rue').fill('3 place du Lavoir');
  await chat.getByLabel('Code postal').fill('35000');
  await chat.getByLabel('Ville').fill('Rennes');
  await chat.getByLabel(/^J’atteste/).check();
  await chat.getByRole('button', { name: /^Continuer/ }).click();
  await chat.getByRole('button', { name: 'Payer 40 € (essai)' }).click();
  await chat.getByRole('heading', { name: 'Votre don est bien arrivé' }).waitFor();
  await line.getByText('Payé', { exact: true }).waitFor();
  await picture(page, 'donations-live');

  await line.getByRole('link').click();
  await page.getByRole('heading', { name: 'Don de 40 €' }).waitFor();
  await page.getByText('3 place du Lavoir').waitFor();
  await page.getByText('40 € sur 4 600 €').waitFor();
  await page.getByRole('button', { name: 'Rembourser…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Montant à rendre').fill('50');
  await dialog.getByText(/^Au plus 40/).waitFor();
  await dialog.getByLabel('Montant à rendre').fill('15,50');
  const go = dialog.getByRole('button', { name: 'Rembourser 15,50 €' });
  expect(await go.isDisabled()).toBe(true);
  await dialog.getByLabel('Le mandataire a autorisé').check();
  await picture(page, 'donation-refund');
  await go.click();
  await page.getByText('Remboursement fait.').waitFor();
  await page
    .getByText(/autorisé par Association de financement/)
    .first()
    .waitFor();
  await page.getByText('24,50 € sur 4 600 €').waitFor();

  await page.getByRole('link', { name: 'Dons', exact: true }).first().click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exporter (CSV)' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  expect(csv).toMatch(
    /,4000,EUR,card,de La Tour du Pin-Chambly,Gwenaëlle-Maximilienne,FR,3 place du Lavoir,35000,Rennes,FR,/,
  );
  expect(csv).toContain(',1550,Association de financement de Maëlle Corvisier,0,2450,');
  await visitor.close();
});

test('pages of donations are fit for everybody, in both languages and themes', async () => {
  const found = [
    ...(await lookAtAll(page, '/donations', ready('tbody tr'), 'donations')),
    ...(await lookAtAll(page, '/donations/anomalies', ready('.anomaly'), 'anomalies')),
    ...(await lookAtAll(page, '/donations/pledges', ready('tbody tr'), 'pledges')),
    ...(await lookAtAll(page, `/donations/${OVER}`, ready('.donation-steps'), 'donation')),
  ];
  expect(found).toEqual([]);
});

const ready = (selector: string) => (on: Page) => on.locator(selector).first().waitFor();

const OVER = '7c31e0a9-5d00-4000-8000-000000000001';
const DAY_MS = 86_400_000;

/** Gifts of the last weeks by some people, one of whom gave too much, and two pledges. */
async function seed(): Promise<void> {
  const { connection, close } = await openStore({
    dataDir: program.dataDir,
    mongodbUri: undefined,
    lasting: false,
  });
  const people = openPeople(connection, 'a secret');
  const { donations, pledges } = openDonations(connection);
  await people.supporters.table.insertAll(
    Array.from({ length: 9 }, (_one, n) =>
      supporter(`person-${n}`, ['telegram'], { first_name: 'Ana', last_name: `Martin ${n}` }),
    ),
  );
  const gift = (n: number, more: Partial<DonationRow> = {}): DonationRow => {
    const at = new Date(Date.now() - ((n * 7) % 26) * DAY_MS - n * 3_600_000);
    return {
      _id: `${((n + 1) * 0x2545f491).toString(16).slice(-8)}-9e37-4000-8000-${String(n).padStart(12, '0')}`,
      key: `seed ${n}`,
      supporter: `person-${n % 9}`,
      election: 'trial fr 2032-03-14',
      ceiling_cents: 460_000,
      state: 'paid',
      cents: (1 + ((n * 13) % 9)) * 1_000,
      currency: 'EUR',
      gateway: 'sandbox',
      until: at,
      declared: { eligible: true, own_money: true, at },
      begun: 1,
      payment: `seed_${n}`,
      method: 'card',
      paid_cents: (1 + ((n * 13) % 9)) * 1_000,
      paid_at: at,
      donor: {
        first_name: 'Ana',
        last_name: `Martin ${n % 9}`,
        nationality: 'FR',
        street: '8 rue des Carmes',
        postal_code: '35000',
        city: 'Rennes',
        country: 'FR',
      },
      refunds: [],
      disputes: [],
      reach: { channel: n % 3 === 0 ? 'telegram' : 'web', address: 'a' },
      language: 'fr',
      at,
      ...more,
    };
  };
  await donations.insertAll([
    ...Array.from({ length: 24 }, (_one, n) => gift(n)),
    gift(30, {
      _id: OVER,
      cents: 450_000,
      paid_cents: 470_000,
      late: true,
      refunds: [
        { id: 'r', cents: 500, state: 'failed', by: 'Agent', at: new Date(Date.now() - DAY_MS) },
      ],
    }),
  ]);
  const due = new Date(Date.now() + 5 * DAY_MS);
  for (const n of [0, 1]) {
    await pledges.insert({
      _id: `p${n}`,
      key: `p${n}`,
      supporter: `person-${n}`,
      revision: 1,
      election: 'trial fr 2032-03-14',
      cents: 2_000,
      monthly: n === 0,
      day_of_month: due.getUTCDate(),
      state: 'active',
      on: due.toISOString().slice(0, 10),
      due,
      reminded: n,
      language: 'fr',
      reach: { channel: 'web', address: 'a' },
      at: new Date(),
    });
  }
  await close();
}
