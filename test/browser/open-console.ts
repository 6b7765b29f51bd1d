import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Launched } from '../program/launch.js';

/** Where pictures go, for people to look at: `PICTURES=/tmp/pictures npx jest test/browser`. */
const PICTURES = process.env['PICTURES'];
const AXE = readFileSync(
  join(__dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js'),
  'utf8',
);

export const SIZES = {
  desk: { width: 1360, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
export const PASSWORD = 'une riviere sous la neige';

/** Makes the first administrator by the link that the start printed, and answers their browser. */
export async function firstAdministrator(
  program: Launched,
  browser: Browser,
): Promise<BrowserContext> {
  const token = /\/staff\/join#(\S+)/.exec(program.output())?.[1] ?? '';
  const context = await browser.newContext({
    viewport: SIZES.desk,
    locale: 'fr-FR',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  const answer = await context.request.post(`${program.url}/staff/api/join`, {
    data: { token, name: 'Claire Martin', email: 'claire@exemple.fr', password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`Nobody could join: ${await answer.text()}`);
  return context;
}

/** Keeps a picture of a page, where somebody wants to look. */
export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) {
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  }
}

/** For `axe.run`: only what is wrong is told in full, which takes much less time. */
export const WRONG_ONLY = "{ resultTypes: ['violations'], preload: false }";

/** What axe-core finds wrong with a page: the rule, and where. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run(${WRONG_ONLY}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ' ' + failureSummary),
    ),
  )`);
}

/** Looks at a page in both languages and themes, at a desk and on a phone: nothing is wrong with any. */
export async function lookAtAll(
  page: Page,
  path: string,
  ready: (page: Page) => Promise<void>,
  name: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  const context = page.context();
  const origin = new URL(page.url()).origin;
  const looks = [
    ['fr', 'light', 'desk'],
    ['en', 'dark', 'phone'],
    // Each language, theme and size has been seen; for people, the others too.
    ...(PICTURES === undefined
      ? []
      : [['en', 'light', 'phone'] as const, ['fr', 'dark', 'desk'] as const]),
  ] as const;
  for (const [language, theme, size] of looks) {
    await context.addCookies([
      { name: 'portevoix_language', value: language, domain: '127.0.0.1', path: '/staff' },
      { name: 'portevoix_theme', value: theme, domain: '127.0.0.1', path: '/staff' },
    ]);
    await page.setViewportSize(SIZES[size]);
    await page.goto(`${origin}/staff${path}`);
    await ready(page);
    await picture(page, `${name}-${language}-${theme}-${size}`);
    const wide = await page.evaluate<boolean>(
      'document.documentElement.scrollWidth > window.innerWidth',
    );
    if (wide) found.push(`${name} is wider than a ${size}`);
    found.push(...(await violations(page)).map((one) => `${name} ${language} ${theme}: ${one}`));
  }
  await context.addCookies([
    { name: 'portevoix_language', value: 'fr', domain: '127.0.0.1', path: '/staff' },
    { name: 'portevoix_theme', value: 'light', domain: '127.0.0.1', path: '/staff' },
  ]);
  await page.setViewportSize(SIZES.desk);
  return found;
}
