import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { renderMail } from '../../src/mail/render-mail.js';
import { contrastOf } from '../../src/site/palette.js';
import { launchChromium } from './chromium.js';

const PHONE = { width: 360, height: 760 };
/** Where pictures go, for people to look at: `PICTURES=/tmp/pictures npx jest test/browser/mail`. */
const PICTURES = process.env['PICTURES'];

jest.setTimeout(60_000);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const LINK = `https://valbrume.example/confirm/${'Wm9uZSBkZSB0ZXN0'.repeat(9)}.${'c2lnbmF0dXJl'.repeat(3)}`;
const MAIL = renderMail(
  {
    campaign: 'Valbrume en commun',
    colours: { primary: '#14532d', accent: '#9a3412' },
    language: 'fr',
  },
  {
    subject: 'Confirmez votre adresse pour Valbrume en commun',
    text: `Bonjour Léa,\n\nVous avez donné cette adresse à Valbrume en commun. Pour confirmer qu’elle est bien la vôtre, ouvrez ce lien :\n${LINK}\n\nIl est valable sept jours. Le programme est sur https://valbrume-en-commun.example/programme/une-page-dont-l-adresse-est-tres-longue.`,
    action: { label: 'Oui, je confirme', url: LINK },
    notes: [
      'Ce message est parti automatiquement et les réponses à cette adresse ne sont pas lues. Pour nous répondre, ouvrez la conversation.',
      { label: 'Ouvrir la conversation', url: 'https://valbrume.example/?lang=fr' },
      { label: 'Ne plus recevoir d’e-mails', url: LINK },
    ],
  },
);

describe.each(['light', 'dark'] as const)('a mail in a mail program that is %s', (colorScheme) => {
  test('fits a phone, can be pressed with a thumb and read, and loads nothing', async () => {
    const context = await browser.newContext({
      viewport: PHONE,
      colorScheme,
      deviceScaleFactor: 2,
    });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(MAIL.html);
    if (PICTURES !== undefined) {
      await page.screenshot({ path: `${PICTURES}/mail-${colorScheme}.png`, fullPage: true });
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    const button = page.getByRole('link', { name: 'Oui, je confirme' });
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    expect(await button.getAttribute('href')).toBe(LINK);
    // Tables stand for boxes: nobody is told of rows and columns.
    expect(await page.getByRole('table').count()).toBe(0);
    const colours = (await page.evaluate(COLOURS)) as [string, string, string][];
    expect(colours.length).toBeGreaterThan(6);
    for (const [words, text, ground] of colours) {
      expect({ words, contrast: contrastOf(text, ground) >= 4.5 }).toEqual({
        words,
        contrast: true,
      });
    }
    expect(asked).toEqual([]);
    await context.close();
  });
});

/** The words of each element that has any, their colour and what is behind them, as `#rrggbb`. */
const COLOURS = `(() => {
  const hex = (colour) => '#' + colour.match(/\\d+/g).slice(0, 3)
    .map((part) => Number(part).toString(16).padStart(2, '0')).join('');
  const ground = (element) => {
    const own = getComputedStyle(element).backgroundColor;
    return own === 'rgba(0, 0, 0, 0)' ? ground(element.parentElement) : own;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .map((element) => [element.textContent.trim(), hex(getComputedStyle(element).color), hex(ground(element))]);
})()`;
