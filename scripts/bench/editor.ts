import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { launchChromium } from '../../test/browser/chromium.js';
import { firstAdministrator } from '../../test/browser/open-console.js';
import { launch } from '../../test/program/launch.js';
import { writeCampaign } from './check/write-campaign.js';
import { watchMainThread, type Cost } from './editor/watch-main-thread.js';
import { percentiles } from './measure/percentiles.js';

/*
 * What a keystroke, a step of a drag and a move of the diagram cost the main thread of a real Chromium
 * in the editor of a long flow: CPU of all they set off, from a performance trace; and what a key costs
 * in a page with nothing but a field, which is what Chromium itself takes on this machine. Build before.
 *
 *   npm run bench -- editor [--steps 300] [--times 60] [--json]
 */
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '300' },
    times: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});
const times = Number(values.times);
const root = join(__dirname, '..', '..');

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'portevoix-editor-'));
  await writeFlow(folder);
  const program = await launch({
    FLOWS_DIR: join(folder, 'flows'),
    LOCALES_DIR: join(folder, 'locales'),
  });
  const browser = await launchChromium();
  try {
    const staff = await firstAdministrator(program, browser);
    const page = await staff.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${program.url}/staff/flows/flow_2`);
    await page.locator('.react-flow__node').first().waitFor();
    await page.locator('.problems-button[aria-busy=false]').waitFor();
    await tell('a key in the words of a step', await typeWords(page));
    await tell('a step of dragging a card', await dragCard(page));
    await tell('a step of dragging a new line', await dragLine(page));
    await tell('a move of the whole diagram', await moveAll(page));
    await tell('a key in the text of the flow', await typeText(page, 'title'));
    await tell('a key that breaks that text', await typeText(page, 'steps'));
    await page.goto('data:text/html,<textarea autofocus></textarea>');
    await tell('a key in an empty page', await watchMainThread(page, keys(page), 150));
  } finally {
    await browser.close();
    await program.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The sample campaign with one more flow, of as many steps as asked. */
async function writeFlow(folder: string): Promise<void> {
  for (const name of ['flows', 'locales']) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  const long = join(folder, 'long');
  await writeCampaign(long, 2, Number(values.steps));
  for (const name of ['flows', 'locales/fr', 'locales/en']) {
    await cp(join(long, name, 'flow_2.yaml'), join(folder, name, 'flow_2.yaml'));
  }
}

const card = (page: Page, name: string): Locator =>
  page.locator(`.react-flow__node[data-id="${name}"]`);

async function typeWords(page: Page): Promise<readonly Cost[]> {
  await card(page, 'hello_1').click();
  await page.locator('textarea.input-words').first().focus();
  return watchMainThread(page, keys(page), 150);
}

/** Types at the end of the line that begins so. */
async function typeText(page: Page, start: string): Promise<readonly Cost[]> {
  await page.locator('.faces button').nth(1).click();
  await page
    .locator('.cm-line')
    .filter({ hasText: new RegExp(`^${start}`) })
    .first()
    .click();
  await page.keyboard.press('End');
  return watchMainThread(page, keys(page), 150);
}

function keys(page: Page): readonly (() => Promise<void>)[] {
  const text = 'every voice counts and yours too ';
  return Array.from({ length: times }, (_, at) => () => {
    return page.keyboard.type(text.charAt(at % text.length));
  });
}

async function dragCard(page: Page): Promise<readonly Cost[]> {
  const { x, y } = await middleOf(card(page, 'hello_1').locator('.step-head'));
  return drag(page, x, y);
}

async function dragLine(page: Page): Promise<readonly Cost[]> {
  const { x, y } = await middleOf(card(page, 'hello_1').locator('.step-exit').first());
  return drag(page, x, y);
}

async function drag(page: Page, x: number, y: number): Promise<readonly Cost[]> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 6, y + 6);
  const moves = Array.from({ length: times }, (_, at) => () => {
    const turn = (at / times) * 2 * Math.PI;
    return page.mouse.move(x + 120 * Math.sin(turn), y + 90 * (1 - Math.cos(turn)));
  });
  const costs = await watchMainThread(page, moves, 40);
  await page.mouse.move(x + 6, y + 6);
  await page.mouse.up();
  await page.keyboard.press('Escape');
  return costs;
}

async function moveAll(page: Page): Promise<readonly Cost[]> {
  const { x, y } = await middleOf(page.locator('.flow-canvas'));
  await page.mouse.move(x, y);
  return watchMainThread(
    page,
    Array.from({ length: times }, () => () => page.mouse.wheel(60, 10)),
    60,
  );
}

async function middleOf(place: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('Nothing is drawn there.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function tell(name: string, costs: readonly Cost[]): Promise<void> {
  const cpu = percentiles(costs.map(({ cpuMs }) => cpuMs));
  const longest = Math.max(...costs.map(({ longestMs }) => longestMs));
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ name, steps: Number(values.steps), cpuMs: cpu, longestMs: longest })}\n`
      : `${name.padEnd(32)} ${cpu.p50.toFixed(1)} ms of CPU in the median, ${cpu.p95.toFixed(1)} at the 95th of 100, ` +
          `${cpu.worst.toFixed(1)} at worst; longest task ${longest.toFixed(1)} ms\n`,
  );
}

void main();
