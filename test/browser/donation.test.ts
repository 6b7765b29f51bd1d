import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launch, type Launched } from '../program/launch.js';
import { runCommand } from '../program/run-command.js';
import { launchChromium } from './chromium.js';

const PHONE = { width: 390, height: 844 };
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

jest.setTimeout(120_000);

let program: Launched;
let browser: Browser;

beforeAll(async () => {
  program = await launch();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await program?.remove();
});

const heard = (page: Page, text: string) => page.getByRole('log').getByText(text).first().waitFor();
async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

/** What a screen reader would stumble over. */
async function violations(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no script in but the site's.
  return page.evaluate(`(async () => {
    ${AXE};
    const { violations } = await axe.run(document);
    return violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' '));
  })()`);
}

test('a supporter gives 40 € from the chat on a phone, and the conversation thanks them by itself', async () => {
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'fr-FR',
    reducedMotion: 'reduce',
  });
  const chat = await context.newPage();
  await chat.goto(program.url);
  await heard(chat, 'assistant automatique');
  await say(chat, '/don');
  await heard(chat, 'garder vos réponses et les transmettre');
  await chat.getByRole('button', { name: 'Oui', exact: true }).click();
  await heard(chat, 'nationalité française, ou habitez-vous');
  await chat.getByRole('button', { name: 'Oui', exact: true }).click();
  await heard(chat, 'propre argent');
  await chat.getByRole('button', { name: 'Oui', exact: true }).click();
  await heard(chat, 'Combien souhaitez-vous donner');
  await chat.getByRole('button', { name: '20 €', exact: true }).waitFor();
  await say(chat, '40');
  const link = chat.getByRole('log').getByRole('link', { name: /\/give\// });
  await link.waitFor();

  const opening = context.waitForEvent('page');
  await link.click();
  const page = await opening;
  await page.getByRole('heading', { name: 'Donner 40 € à Maëlle Corvisier' }).waitFor();
  await page.getByText('Page d’essai').waitFor();
  await page.getByText('Article L. 52-8 du code électoral').waitFor();
  expect(await violations(page)).toEqual([]);
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width).toBe(PHONE.width);

  // Sent too early, it says what is missing, and forgets nothing.
  await page.getByLabel('Prénom').fill('Léa');
  await page.getByRole('button', { name: 'Continuer vers le paiement de 40 €' }).click();
  await page.getByRole('alert').getByText('Il reste 6 choses à compléter').waitFor();
  expect(await page.getByLabel('Prénom').inputValue()).toBe('Léa');
  expect(await violations(page)).toEqual([]);

  await page.getByLabel('Nom', { exact: true }).fill('Martin');
  await page.getByLabel('Nationalité', { exact: true }).selectOption({ label: 'France' });
  await page.getByLabel('Numéro et rue').fill('3 place du Lavoir');
  await page.getByLabel('Code postal').fill('35000');
  await page.getByLabel('Ville').fill('Rennes');
  await page.getByLabel(/^J’atteste/).check();
  await page.getByRole('button', { name: 'Continuer vers le paiement de 40 €' }).click();

  await page.getByRole('heading', { name: 'Payer 40 € (essai)' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Faire refuser le paiement' }).click();
  await page.getByRole('alert').getByText('rien n’a été prélevé').waitFor();
  await page.getByRole('button', { name: 'Payer 40 € (essai)' }).click();
  await page.getByRole('heading', { name: 'Votre don est bien arrivé' }).waitFor();

  // Nobody touched the chat meanwhile.
  await heard(chat, 'Votre don de 40 € est bien arrivé');
  await page.getByRole('link', { name: 'Revenir à la conversation' }).click();
  await heard(page, 'Votre don de 40 € est bien arrivé');
  await context.close();

  const csv = await runCommand(program.dataDir, ['export', 'donations'], {
    FLOWS_DIR: `${process.cwd()}/flows`,
  });
  const [head = '', gift = '', ...more] = csv.out.trim().split('\n');
  expect(more).toEqual([]);
  expect(head).toMatch(/^reference,paid_at,amount_cents,currency,method,last_name,first_name,/);
  expect(gift).toContain(
    ',4000,EUR,card,Martin,Léa,FR,3 place du Lavoir,35000,Rennes,FR,,,true,true,',
  );
  expect(gift).toContain('Maëlle Corvisier,Association de financement de Maëlle Corvisier');
  const [reference = ''] = gift.split(',');
  const shown = await runCommand(program.dataDir, ['donations', 'show', reference, '--json']);
  expect(JSON.parse(shown.out)).toMatchObject({
    state: 'paid',
    trial: true,
    ledger: [
      {
        kind: 'paid',
        lines: [
          { account: 'gateway', cents: 4_000 },
          { account: 'gifts', cents: -4_000 },
        ],
      },
    ],
  });
});
