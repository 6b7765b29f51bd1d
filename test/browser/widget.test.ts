import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  jest,
  test,
} from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { CardAction } from '../../src/channels/webchat/protocol.js';
import { buildAssets } from '../site/build-assets.js';
import type { Script, Spoken } from '../site/fake-direct-line.js';
import { launchChromium } from './chromium.js';
import { openStage, type Stage } from './stage.js';

const PHONE = { width: 390, height: 844 };

// A browser, on a machine that runs other tests beside.
jest.setTimeout(120_000);

let assets: Awaited<ReturnType<typeof buildAssets>>;
let browser: Browser;
let stage: Stage;
let context: BrowserContext;
let script: Script;
let faults: string[];

beforeAll(async () => {
  assets = await buildAssets();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await assets?.remove();
});

beforeEach(async () => {
  script = {
    opening: (locale) => [ask(1, locale === 'en' ? 'May I?' : 'Puis-je ?', ['Oui', 'Non'])],
    reply: ({ text, value }) => [{ text: `Reçu : ${text} ${JSON.stringify(value ?? null)}` }],
  };
  stage = await openStage(assets.dir, {
    opening: (locale) => script.opening(locale),
    reply: (posted) => script.reply(posted),
  });
  faults = [];
});

afterEach(async () => {
  await context?.close();
  await stage.close();
  expect(faults).toEqual([]);
});

async function open(options: BrowserContextOptions = {}, address = '/?lang=fr'): Promise<Page> {
  context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Refused and failed requests are what some of these tests are about.
    const isRequest = /^(Failed to load resource|WebSocket connection)/.test(message.text());
    if (message.type() === 'error' && !isRequest) faults.push(message.text());
  });
  await page.goto(stage.url + address);
  return page;
}

function ask(turn: number, text: string, labels: readonly string[], answer = 'choice'): Spoken {
  const actions = labels.map((label): CardAction => ({
    type: 'messageBack',
    title: label,
    text: label,
    displayText: label,
    value: `choose:${turn}:${label}`,
  }));
  const options = labels.map((label) => ({ value: label, label }));
  return {
    text,
    suggestedActions: { to: [], actions },
    channelData: { portevoix: { turn, answer, options } },
  };
}

function askSeveral(min: number, max: number): Spoken {
  const options = ['Climat', 'Santé', 'École'].map((label) => ({ value: label, label }));
  const multiple = { min, max };
  return {
    text: 'Quels sujets ?',
    channelData: {
      portevoix: { turn: 3, answer: 'choices', options, multiple, skip: 'Plus tard' },
    },
  };
}

/** Name of the element that has the keyboard, inside the chat or out. */
const FOCUSED = `(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
})()`;

const log = (page: Page) => page.getByRole('log', { name: 'Messages' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Votre message' });

async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Waits until a message is wholly in sight. */
function inViewOf(page: Page) {
  return (text: string) =>
    expectEventually(async () => {
      const [words, thread] = [log(page).getByText(text, { exact: true }), page.locator('.thread')];
      const [a, b] = [await words.boundingBox(), await thread.boundingBox()];
      return a !== null && b !== null && a.y >= b.y && a.y + a.height <= b.y + b.height;
    });
}

describe('a file', () => {
  const picture = (size = 2_000) => ({
    name: 'rue des Saules.png',
    mimeType: 'image/png',
    buffer: Buffer.alloc(size, 1),
  });
  const picker = (page: Page) => page.locator('input[type="file"]');

  test('is picked with a button that the keyboard reaches, and its name is shown', async () => {
    const page = await open();
    await log(page).getByText('Puis-je ?').waitFor();
    const attach = page.getByRole('button', { name: 'Joindre un fichier (2 Mo au plus)' });
    // Listened for well before the key: the browser has to be told first to let us choose.
    const chooser = page.waitForEvent('filechooser');
    await attach.focus();
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(picture());
    await log(page).getByText('rue des Saules.png').waitFor();
    await log(page).getByText('Reçu').waitFor();
    expect(await log(page).getByText('rue des Saules.png').count()).toBe(1);
    await page.reload();
    await log(page).getByText('rue des Saules.png').waitFor();
  });

  test('that is too large is refused before it leaves, and can be taken away', async () => {
    const page = await open();
    await log(page).getByText('Puis-je ?').waitFor();
    await picker(page).setInputFiles(picture(2 * 1024 * 1024 + 1));
    await log(page).getByText('Le fichier dépasse 2 Mo.').waitFor();
    await page.getByRole('button', { name: 'Retirer : rue des Saules.png' }).click();
    await log(page).getByText('rue des Saules.png').waitFor({ state: 'detached' });
  });

  test('that the server does not take is refused with the reason, or sent again', async () => {
    const page = await open();
    await log(page).getByText('Puis-je ?').waitFor();
    stage.fake.faults.uploads.push({ status: 415 }, { status: 502 });
    await picker(page).setInputFiles(picture());
    await log(page)
      .getByText(/Seuls les images/)
      .waitFor();
    await page.getByRole('button', { name: 'Retirer : rue des Saules.png' }).click();
    await picker(page).setInputFiles(picture());
    await log(page).getByText('Le fichier n’est pas parti.').waitFor();
    await page.getByRole('button', { name: 'Réessayer : rue des Saules.png' }).click();
    await log(page).getByText('Reçu').waitFor();
    expect(await log(page).getByText('rue des Saules.png').count()).toBe(1);
  });
});

describe('the chat on the page', () => {
  test('names its parts and its speakers for those who do not see them', async () => {
    const page = await open();
    await page.getByRole('region', { name: 'Conversation avec Valbrume en commun' }).waitFor();
    await page.getByRole('button', { name: 'Oui' }).click();
    await log(page).getByText('Reçu : Oui "choose:1:Oui"').waitFor();
    expect(await log(page).getAttribute('aria-live')).toBe('polite');
    const lines = await log(page).locator('.bubble').allInnerTexts();
    expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      'Assistant : Puis-je ?',
      'Vous : Oui',
      'Assistant : Reçu : Oui "choose:1:Oui"',
    ]);
    await page.getByText('Assistant automatique').waitFor();
    expect(await page.getByRole('button', { name: 'Oui' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Envoyer' }).isDisabled()).toBe(true);
  });

  test('can be used by keyboard alone', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Oui' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate<string>(FOCUSED);
    const tabTo = async (name: string) => {
      for (let steps = 0; (await focused()).trim() !== name; steps += 1) {
        if (steps > 12) throw new Error(`Tab never reaches "${name}".`);
        await page.keyboard.press('Tab');
      }
    };
    script = { ...script, reply: () => [askSeveral(1, 2)] };
    await tabTo('Oui');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Santé' }).waitFor();
    // The pressed button is gone; the next stop is what came in its place.
    expect(await focused()).toBe('Messages');
    await tabTo('Santé');
    await page.keyboard.press('Space');
    await page.getByRole('checkbox', { name: 'Santé', checked: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    script = { ...script, reply: () => [{ text: 'Noté.' }] };
    await page.getByRole('checkbox', { name: 'École', checked: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await log(page).getByText('Noté.').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('merci');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('à vous');
    await page.keyboard.press('Enter');
    await log(page).getByText('merci').waitFor();
    expect(stage.fake.heard()).toEqual(['Oui', 'Santé, École', 'merci\nà vous']);
  });

  test('keeps several choices within their bounds and sends them as one', async () => {
    script = { ...script, opening: () => [askSeveral(1, 2)] };
    const page = await open();
    const box = (name: string) => page.getByRole('checkbox', { name });
    const done = page.getByRole('button', { name: 'Valider' });
    await box('Climat').waitFor();
    expect(await done.isDisabled()).toBe(true);
    await box('École').click();
    await box('Climat').click();
    expect(await box('Santé').getAttribute('aria-disabled')).toBe('true');
    await box('Santé').click({ force: true });
    expect(await box('Santé').getAttribute('aria-checked')).toBe('false');
    await page.getByText('2 réponses au plus').waitFor();
    await done.click();
    await log(page).getByText('Reçu').waitFor();
    const [posted] = stage.fake.seen.posts;
    expect(posted).toMatchObject({
      text: 'Climat, École',
      value: { turn: 3, values: ['Climat', 'École'] },
    });
    expect(await box('Climat').count()).toBe(0);
  });

  test('lets a question with several choices be skipped', async () => {
    script = { ...script, opening: () => [askSeveral(1, 2)] };
    const page = await open();
    await page.getByRole('button', { name: 'Plus tard' }).click();
    await log(page).getByText('Reçu').waitFor();
    expect(stage.fake.seen.posts[0]?.value).toBe('choose:3:~skip');
  });

  test('shows words as words, whatever they look like', async () => {
    const nasty = '<img src=x onerror="document.title=1"> **gras** javascript:alert(1)';
    script = {
      ...script,
      opening: () => [{ text: `${nasty}\n\nVoir https://valbrume.example/a?b=1&c=2.` }],
    };
    const page = await open();
    await log(page).getByText('<img src=x').waitFor();
    expect(await log(page).locator('strong').allInnerTexts()).toEqual(['gras']);
    expect(await log(page).locator('img, script').count()).toBe(0);
    const link = log(page).getByRole('link');
    expect(await link.getAttribute('href')).toBe('https://valbrume.example/a?b=1&c=2');
    expect(await link.getAttribute('rel')).toContain('noopener');
    await say(page, nasty);
    await log(page).getByText('Reçu : <img').waitFor();
    expect(await page.title()).toContain('Valbrume');
  });

  test('tells the keyboard of the phone what is asked for', async () => {
    script = { ...script, opening: () => [ask(1, 'Quelle adresse ?', ['Plus tard'], 'email')] };
    const page = await open();
    await page.getByRole('button', { name: 'Plus tard' }).waitFor();
    expect(await field(page).getAttribute('inputmode')).toBe('email');
    expect(await field(page).getAttribute('autocomplete')).toBe('email');
  });

  test('marks the language of each message', async () => {
    script = { ...script, opening: () => [{ text: 'Good morning', locale: 'en' }] };
    const page = await open();
    await log(page).getByText('Good morning').waitFor();
    expect(await log(page).locator('[lang=en]').innerText()).toBe('Good morning');
  });

  test('shows the times when they are asked for', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Oui' }).waitFor();
    expect(await log(page).getByRole('time').count()).toBe(0);
    const options = page.getByRole('button', { name: 'Options de la conversation' });
    const toggle = page.getByRole('button', { name: 'Afficher l’heure des messages' });
    await options.click();
    await toggle.click();
    expect(await toggle.count()).toBe(0);
    await options.click();
    expect(await toggle.getAttribute('aria-pressed')).toBe('true');
    expect(await log(page).getByRole('time').innerText()).toMatch(/\d\d:\d\d/);
  });

  test('forgets the conversation on this device when it is asked to, twice', async () => {
    const page = await open();
    await say(page, 'mon secret');
    await log(page).getByText('Reçu : mon secret').waitFor();
    const options = page.getByRole('button', { name: 'Options de la conversation' });
    const forget = page.getByRole('button', {
      name: 'Oublier cette conversation sur cet appareil',
    });
    const question = page.getByRole('alertdialog', { name: /^Oublier cette conversation/ });
    await options.click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await question.waitFor();
    // The harmless answer is the one under the hand.
    expect(await page.evaluate<string>(FOCUSED)).toBe('Annuler');
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await page.evaluate<string>(FOCUSED)).toBe('Options de la conversation');
    await log(page).getByText('Reçu : mon secret').waitFor();
    await field(page).fill('un brouillon');
    await options.click();
    await forget.click();
    await question.getByRole('button', { name: 'Oublier' }).click();
    await log(page).getByText('mon secret').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Oui' }).waitFor();
    expect(await field(page).inputValue()).toBe('');
    const kept = await page.evaluate<string>('JSON.stringify(localStorage)');
    expect(kept).toContain('Puis-je');
    expect(kept).not.toContain('secret');
    expect(stage.fake.seen.openings).toBe(2);
  });

  test('lets go in every window of what one of them forgot', async () => {
    const page = await open();
    await say(page, 'mon secret');
    await log(page).getByText('Reçu : mon secret').waitFor();
    const other = await context.newPage();
    await other.goto(`${stage.url}/?lang=fr`);
    await log(other).getByText('Reçu : mon secret').waitFor();
    await page.getByRole('button', { name: 'Options de la conversation' }).click();
    await page.getByRole('button', { name: /^Oublier cette conversation/ }).click();
    await page.getByRole('button', { name: 'Oublier', exact: true }).click();
    await log(other).getByText('mon secret').first().waitFor({ state: 'detached' });
    await log(other).getByText('Puis-je').waitFor();
    const kept = await other.evaluate<string>('JSON.stringify(localStorage)');
    expect(kept).not.toContain('secret');
  });

  test('closes its menu at a press elsewhere', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Options de la conversation' }).click();
    const toggle = page.getByRole('button', { name: 'Afficher l’heure des messages' });
    await toggle.waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    await toggle.waitFor({ state: 'detached' });
  });

  test('stays at the end of the talk until the reader goes up, and tells what is new', async () => {
    script = {
      ...script,
      opening: () => Array.from({ length: 30 }, (_, index) => ({ text: `Ligne ${index}` })),
    };
    const page = await open();
    const isInView = inViewOf(page);
    await isInView('Ligne 29');
    await page.locator('.thread').hover();
    await page.mouse.wheel(0, -2000);
    await isInView('Ligne 0');
    stage.fake.say({ text: 'Du nouveau' });
    await page.getByRole('button', { name: 'Nouveaux messages' }).click();
    await isInView('Du nouveau');
    await page.getByRole('button', { name: 'Nouveaux messages' }).waitFor({ state: 'detached' });
    stage.fake.faults.posts.push({ status: 429, retryAfter: 600 });
    await say(page, 'un');
    await isInView('Réessayer : un');
  });

  test('shows a long answer from its beginning, and then on to its end', async () => {
    const page = await open();
    const isInView = inViewOf(page);
    await say(page, 'Pourquoi ?');
    for (let line = 0; line < 30; line += 1) stage.fake.say({ text: `Article ${line}` });
    await expectEventually(async () => (await log(page).getByText('Article 29').count()) === 1);
    await isInView('Article 0');
    await page.getByRole('button', { name: 'Nouveaux messages' }).click();
    await isInView('Article 29');
    await say(page, 'Merci');
    stage.fake.say({ text: 'De rien' });
    await isInView('De rien');
  });

  test('stays above the soft keyboard', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Oui' }).waitFor();
    await field(page).focus();
    // A keyboard that covers the lower part of the window, as browsers of phones tell it.
    await page.evaluate(`
      Object.defineProperty(visualViewport, 'height', { value: 420, configurable: true });
      visualViewport.dispatchEvent(new Event('resize'))`);
    const seat = page.locator('[data-portevoix-chat]');
    await expectEventually(async () => (await seat.boundingBox())?.height === 420);
    await page.evaluate(`
      delete visualViewport.height;
      visualViewport.dispatchEvent(new Event('resize'))`);
    await expectEventually(async () => ((await seat.boundingBox())?.height ?? 0) > 420);
  });

  test('fits the smallest phone, with buttons a thumb can hit', async () => {
    script = { ...script, opening: () => [{ text: 'a'.repeat(300) }, askSeveral(0, 3)] };
    const page = await open({ viewport: { width: 320, height: 568 }, hasTouch: true });
    await page.getByRole('checkbox', { name: 'École' }).tap();
    const sizes = '[document.documentElement.scrollWidth, document.documentElement.clientWidth]';
    const [needed, given] = await page.evaluate<[number, number]>(sizes);
    expect(needed).toBe(given);
    const buttons = page.getByRole('button').or(page.getByRole('checkbox'));
    for (const button of await buttons.all()) {
      const { width = 0, height = 0 } = (await button.boundingBox()) ?? {};
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
  });
});

describe('the chat on a bad network', () => {
  test('loses nothing and doubles nothing when the network goes and comes back', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Oui' }).waitFor();
    await context.setOffline(true);
    await page.getByRole('status').getByText('Hors ligne').waitFor();
    await say(page, 'un');
    await say(page, 'deux');
    stage.fake.say({ text: 'Pendant ce temps…' });
    await page.getByText('Pas encore envoyé').first().waitFor();
    expect(stage.fake.heard()).toEqual([]);
    await context.setOffline(false);
    await log(page).getByText('Reçu : deux').waitFor();
    await log(page).getByText('Pendant ce temps…').waitFor();
    await page.getByRole('status').getByText('Connexion rétablie').waitFor();
    expect(stage.fake.heard()).toEqual(['un', 'deux']);
    expect(await log(page).locator('.mine').count()).toBe(2);
    expect(await page.getByText('Pas encore envoyé').count()).toBe(0);
  });

  test('resumes after a reload, unsent words included', async () => {
    const page = await open();
    await say(page, 'avant');
    await log(page).getByText('Reçu : avant').waitFor();
    stage.fake.faults.posts.push(...Array.from({ length: 50 }, () => ({ status: 503 })));
    await say(page, 'pendant');
    await page.getByText('Pas encore envoyé').waitFor();
    stage.fake.faults.posts.length = 0;
    await page.reload();
    await log(page).getByText('Reçu : pendant').waitFor();
    expect(await log(page).locator('.mine .bubble').allInnerTexts()).toHaveLength(2);
    expect(stage.fake.heard()).toEqual(['avant', 'pendant']);
    expect(stage.fake.seen.openings).toBe(1);
  });

  test('goes on the next day in the same conversation', async () => {
    const page = await open();
    await say(page, 'hier');
    await log(page).getByText('Reçu : hier').waitFor();
    stage.fake.expire();
    stage.fake.say({ text: 'Dans la nuit…' });
    await page.reload();
    await log(page).getByText('Dans la nuit…').waitFor();
    await say(page, 'aujourd’hui');
    await log(page).getByText('Reçu : aujourd’hui').waitFor();
    expect(await log(page).locator('.mine .bubble').allInnerTexts()).toHaveLength(2);
    expect(await page.getByText('La conversation précédente a pris fin').count()).toBe(0);
    expect(stage.fake.seen).toMatchObject({ openings: 1, resumptions: 1 });
  });

  test('offers to try again what could not be sent', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Oui' }).waitFor();
    stage.fake.faults.posts.push({ status: 429, retryAfter: 600 }, { status: 413 });
    await say(page, 'patience');
    await page.getByText('Pas encore envoyé').waitFor();
    await page.getByRole('button', { name: 'Réessayer : patience' }).click();
    await page.getByText('Non envoyé').waitFor();
    await page.getByRole('button', { name: 'Réessayer : patience' }).click();
    await log(page).getByText('Reçu : patience').waitFor();
    expect(stage.fake.heard()).toEqual(['patience']);
  });

  test('begins anew, and says so, when the conversation is no longer known', async () => {
    const page = await open();
    await say(page, 'avant');
    await log(page).getByText('Reçu : avant').waitFor();
    stage.fake.end();
    await page.reload();
    await log(page).getByText('La conversation précédente a pris fin').waitFor();
    await page.getByRole('button', { name: 'Oui' }).click();
    await log(page).getByText('Reçu : Oui').waitFor();
    expect(await log(page).getByText('Reçu : avant').count()).toBe(1);
  });

  test('goes on by polling where sockets are forbidden', async () => {
    stage.fake.faults.sockets = true;
    const page = await open();
    await page.getByRole('button', { name: 'Oui' }).click();
    await log(page).getByText('Reçu : Oui').waitFor();
    expect(stage.fake.seen.polls).toBeGreaterThan(0);
  });

  test('says when an answer is being prepared', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Oui' }).waitFor();
    const dots = page.getByRole('img', { name: 'L’assistant écrit…' });
    await expectEventually(async () => {
      stage.fake.type();
      return (await dots.count()) === 1;
    });
    stage.fake.say({ text: 'Voilà.' });
    await log(page).getByText('Voilà.').waitFor();
    await dots.waitFor({ state: 'detached' });
  });
});

/** Tries again until it is so; the test's own time limit ends it. */
async function expectEventually(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 50));
}
