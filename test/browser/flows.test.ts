import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launch, type Launched } from '../program/launch.js';
import { launchChromium } from './chromium.js';
import { firstAdministrator, WRONG_ONLY } from './open-console.js';

// A browser and the program, on a machine that runs other tests beside.
jest.setTimeout(180_000);

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let program: Launched;
let browser: Browser;
let staff: BrowserContext;
let page: Page;

beforeAll(async () => {
  program = await launch();
  browser = await launchChromium();
  staff = await firstAdministrator(program, browser);
  page = await staff.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${program.url}/staff`);
  await page.getByRole('link', { name: 'Parcours' }).first().waitFor();
});

afterAll(async () => {
  await browser?.close();
  await program?.remove();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const step = (name: string) => page.locator(`.react-flow__node[data-id="${name}"]`);
const question = (language: string) =>
  page.getByRole('textbox', { name: `Question, ${language}`, exact: true });

/** Somebody on the site who has been asked whether answers may be kept. */
async function arrive(): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', reducedMotion: 'reduce' });
  const site = await context.newPage();
  await site.goto(program.url);
  await site.getByRole('button', { name: 'Oui', exact: true }).waitFor();
  return site;
}

async function agreeAndHear(site: Page, words: string): Promise<void> {
  await site.getByRole('button', { name: 'Oui', exact: true }).click();
  await site.getByRole('log').getByText(words).first().waitFor();
}

/** What axe-core finds on the page; nothing is as it should be. */
async function faults(): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate<readonly string[]>(
    `axe.run('main, dialog[open]', ${WRONG_ONLY}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
  );
}

describe('an editor in the console', () => {
  test('changes a question, sees the problem, tries, records and publishes it', async () => {
    const before = await arrive();
    await page.getByRole('link', { name: 'Parcours' }).first().click();
    await page.getByRole('link', { name: 'First contact' }).waitFor();
    expect(await faults()).toEqual([]);
    await page.getByRole('link', { name: 'First contact' }).click();
    await step('email').click();

    await question('français').fill('{nobody}, quel est votre e-mail ?');
    await page.getByText('nomme {nobody}').first().waitFor();
    await button('1 erreur').waitFor();
    expect(await step('email').getByText('1 erreur').count()).toBe(1);
    await question('français').fill('Où vous écrire ?');
    await question('anglais').fill('Where can we write to you?');
    await button('Aucune erreur').waitFor();

    await button('Essayer').click();
    const trial = page.getByRole('region', { name: 'Essai' });
    await trial.getByRole('button', { name: 'Oui', exact: true }).click();
    await trial.getByText('Où vous écrire ?').waitFor();
    await page.locator('.react-flow__node[data-id="email"] .is-standing').waitFor();
    await button('Garder comme test').click();
    await page.getByLabel('Ce que montre cet essai').fill('Asks where to write');
    await page.getByRole('dialog').getByRole('button', { name: 'Garder comme test' }).click();
    await page.getByText('flows/tests/welcome.asks-where-to-write.yaml').waitFor();
    expect(await faults()).toEqual([]);

    await button('Publier').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText("+   ask: 'Where can we write to you?'").waitFor();
    await dialog.getByText('Qui est où').waitFor();
    await dialog.getByRole('row', { name: /agree/ }).getByText('gardent leur version').waitFor();
    expect(await faults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Publier maintenant' }).click();
    await page.getByText('Publié.').waitFor();

    const after = await arrive();
    await agreeAndHear(after, 'Où vous écrire ?');
    await agreeAndHear(before, 'À quelle adresse e-mail');
    await before.context().close();
    await after.context().close();
  });

  test('adds a step by keyboard, joins and deletes it, and takes everything back', async () => {
    await page.goto(`${program.url}/staff/flows/help`);
    // Only what is in view is drawn, so that the text tells whether all is as it was.
    const written = async (): Promise<string> => {
      await button('Texte').click();
      await page.getByText('purpose').first().waitFor();
      const text = await page.locator('.cm-content').innerText();
      await button('Schéma').click();
      return text;
    };
    const was = await written();
    const first = 'can_do';
    await step(first).focus();
    await page.keyboard.press('Enter');
    await button('Ajouter une étape').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await step('question').waitFor();
    await page.getByRole('textbox', { name: 'Nom de l’étape' }).fill('topic');
    await page.keyboard.press('Enter');
    await step('topic').waitFor();
    await page.getByLabel('Type de réponse').selectOption('yes_no');
    await page.getByLabel(/va à$/).last().selectOption(first);
    const joined = await written();
    expect(joined).toContain('- collect: topic');
    expect(joined).toContain(`next: ${first}`);
    expect(await faults()).toEqual([]);
    await step('topic').click();
    await step('topic').focus();
    await page.keyboard.press('Delete');
    await step('topic').waitFor({ state: 'detached' });
    while (await button('Annuler').isEnabled()) await page.keyboard.press('Control+z');
    expect(await written()).toBe(was);
    await page.getByText('Brouillon enregistré').waitFor();
  });

  test('joins the work of two at once, and lets choose where both wrote the same words', async () => {
    const others = await staff.newPage();
    for (const one of [page, others]) {
      await one.goto(`${program.url}/staff/flows/volunteer`);
      await one.locator('.react-flow__node').first().waitFor();
    }
    const write = async (one: Page, of: string, words: string): Promise<void> => {
      await one.locator(`.react-flow__node[data-id="${of}"]`).click();
      await one.getByRole('textbox', { name: /^(?:Question|Message), français$/ }).fill(words);
    };
    const [first = '', second = ''] = await page
      .locator('.react-flow__node')
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-id') ?? ''));
    await write(page, first, 'Mes mots');
    await page.getByText('Brouillon enregistré').waitFor();
    await write(others, second, 'Les siens');
    await others.getByText('a été joint au vôtre').waitFor();
    await others.locator(`[data-id="${first}"]`).getByText('Mes mots').waitFor();
    await others.getByText('Brouillon enregistré').waitFor();
    await write(page, second, 'Les miens');
    await page.getByRole('alert').getByText('les mêmes lignes').waitFor();
    await button('Prendre le sien').click();
    await step(second).getByText('Les siens').waitFor();
    await page.keyboard.press('Control+z');
    await step(second).getByText('Les miens').waitFor();
    await page.getByText('Brouillon enregistré').waitFor();
    await others.close();
  });

  test('works at the width of a phone and in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${program.url}/staff/flows/welcome`);
    await step('hello').click();
    await page.getByRole('textbox', { name: 'Message, français' }).waitFor();
    expect(await faults()).toEqual([]);
    const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate<number>(over)).toBeLessThanOrEqual(0);
  });
});
