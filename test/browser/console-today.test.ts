import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openTables } from '../../src/program/open-tables.js';
import { openStore } from '../../src/store/connection.js';
import { openLeases } from '../../src/store/leases.js';
import type { ProcessRow } from '../../src/store/processes.js';
import { launch, type Launched } from '../program/launch.js';
import { gift, met, visit } from '../staff/figures.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, lookAtAll, picture } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

const WORKER = 'another process';
/** Read again at every start. */
const settings: Record<string, string> = { RATE_LIMITS: 'off' };

let program: Launched;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  program = await launch(settings);
  browser = await launchChromium();
  context = await firstAdministrator(program, browser);
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
});

const card = (name: RegExp) => page.locator('.figure-card').filter({ hasText: name });

test('an empty campaign leads to its first steps, and its figures move as people come', async () => {
  await page.goto(`${program.url}/staff`);
  await page.getByText('Pour commencer').waitFor();
  await card(/^Personnes0/).waitFor();
  await picture(page, 'today-empty');
  await page.getByRole('link', { name: 'Inviter votre équipe' }).click();
  await page.waitForURL('**/staff/team');
  await page.goBack();

  const visitor = await context.newPage();
  await visitor.goto(program.url);
  await visitor.getByRole('textbox').fill('Bonjour');
  await visitor.getByRole('textbox').press('Enter');
  // Nobody reloads the page.
  await card(/^Personnes1\+1/).waitFor({ timeout: 60_000 });
  await visitor.close();

  await card(/^Portes/).click();
  await page.getByRole('heading', { name: 'Visites à une porte' }).waitFor();
  await page.getByText('Voir en tableau').click();
  await page.getByRole('button', { name: '7 jours' }).click();
  const rows = page.locator('.as-table tbody tr');
  await rows.nth(7).waitFor({ state: 'detached' });
  expect(await rows.count()).toBe(7);
});

test('a channel that is not at work is an alert, which leads to its cure, in whichever process it is', async () => {
  await page.goto(`${program.url}/staff/whatsapp`);
  await page.getByText('WhatsApp est éteint.').waitFor();
  await page.getByText('Meta interdit WhatsApp').waitFor();

  // From the next start on it is on, and another process has the session, with a code to scan.
  await program.kill('SIGTERM');
  await seed();
  settings['WHATSAPP_TRANSPORT'] = 'web';
  settings['WHATSAPP_I_ACCEPT_THE_POLICY'] = 'yes';
  await program.restart();
  await page.goto(`${program.url}/staff`);
  await page.getByRole('link', { name: /WhatsApp ne fonctionne pas/ }).click();
  await page.getByRole('img', { name: 'Code à scanner avec WhatsApp' }).waitFor();
  await picture(page, 'whatsapp-waits');
  const found = [
    ...(await lookAtAll(page, '/whatsapp', (on) => on.locator('.qr').waitFor(), 'whatsapp')),
  ];
  await tell('ready');
  await page.goto(`${program.url}/staff/whatsapp`);
  await page.getByText('Relié. Il n’y a rien à scanner.').waitFor();

  await page.getByRole('link', { name: 'Canaux et réglages' }).first().click();
  const whatsapp = page.getByRole('article', { name: 'WhatsApp' });
  await whatsapp.getByText('En marche').waitFor();
  await page.getByText('another-host').waitFor();
  const site = page.getByRole('article', { name: 'Site' });
  await site.getByRole('button', { name: 'M’envoyer un essai' }).click();
  await page.getByText('L’assistant ne vous connaît pas sur ce canal').waitFor();
  found.push(
    ...(await lookAtAll(page, '/channels', (on) => on.locator('.system').waitFor(), 'channels')),
    ...(await lookAtAll(page, '', (on) => on.locator('.chart').waitFor(), 'today')),
  );
  expect(found).toEqual([]);
});

/** A little of a campaign, and another process that has WhatsApp. */
async function seed(): Promise<void> {
  await withTables(async (tables, leases) => {
    const now = Date.now();
    const at = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();
    await tables.people.supporters.table.insertAll(
      Array.from({ length: 40 }, (_, n) =>
        met(`person-${n}`, at(n * 5), {
          territory: 'metropole',
          department: n % 3 === 0 ? '33' : '75',
          reachable_on: ['web'],
        }),
      ),
    );
    await tables.donations.donations.insertAll([
      gift('one', 'person-1', 5_050, at(2), { gateway: 'sandbox' }),
    ]);
    await tables.canvass.visits.table.insertAll(
      Array.from({ length: 30 }, (_, n) =>
        visit(`v${n}`, at(n * 3), n % 2 === 0 ? 'canvassed' : 'not_home', { act: `v${n}` }),
      ),
    );
    await leases.remove({ _id: 'whatsapp web' });
    await leases.insert({
      _id: 'whatsapp web',
      owner: WORKER,
      until: new Date(now + 3_600_000),
    });
    await tables.processes.tell(other('waiting'));
  });
}

/** The other process tells how it does now. */
async function tell(state: 'waiting' | 'ready'): Promise<void> {
  await withTables((tables) => tables.processes.tell(other(state)));
}

function other(state: 'waiting' | 'ready'): ProcessRow {
  return {
    _id: WORKER,
    host: 'another-host.of-the-campaign.example',
    pid: 4_242,
    role: 'worker',
    version: '0.1.0',
    node: '20',
    memory_bytes: 2e8,
    started_at: new Date(),
    // It tells no more of itself, and is there all the while that the test takes.
    at: new Date(Date.now() + 600_000),
    channels: [{ channel: 'whatsapp', state, failed: 0, sent: 3, waiting: 12, under_way: 1 }],
    ...(state === 'waiting' ? { code: '2@a-code-that-nobody-scans,as,long,as,they,are' } : {}),
  };
}

async function withTables(
  work: (
    tables: ReturnType<typeof openTables>,
    leases: ReturnType<typeof openLeases>['table'],
  ) => Promise<unknown>,
): Promise<void> {
  const store = await openStore({ dataDir: program.dataDir, lasting: false });
  try {
    const now = (): number => Date.now();
    await work(
      openTables(store.connection, 'a secret', now),
      openLeases(store.connection, now).table,
    );
  } finally {
    await store.close();
  }
}
