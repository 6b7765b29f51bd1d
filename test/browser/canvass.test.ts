import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launch, type Launched } from '../program/launch.js';
import { runCommand } from '../program/run-command.js';
import { openVisitor } from '../program/visitor.js';
import { launchChromium } from './chromium.js';

const PHONE = { width: 390, height: 844 };
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TOWN = join(process.cwd(), 'samples', 'valbrume');
const STATION = '35999_0008';

jest.setTimeout(240_000);

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

async function portevoix(...args: readonly string[]): Promise<string> {
  const flows = { FLOWS_DIR: join(process.cwd(), 'flows') };
  const { status, out, err } = await runCommand(program.dataDir, args, flows);
  expect({ args, status, err }).toEqual({ args, status: 0, err: '' });
  return out.trim();
}

async function lines<T>(...args: readonly string[]): Promise<readonly T[]> {
  return (await portevoix(...args, '--json'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
}

type WalkedDoor = { readonly door: string; readonly address: string; readonly result?: string };
type Figures = { readonly visits: number; readonly supporters: number };

async function doorsOf(turf: string): Promise<readonly WalkedDoor[]> {
  const [walk] = await lines<{ doors: readonly WalkedDoor[] }>('canvass', 'route', turf);
  return walk?.doors ?? [];
}

const log = (page: Page) => page.getByRole('log');
const heard = (page: Page, text: string | RegExp) => log(page).getByText(text).last().waitFor();
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}
/** So many doors are left by what was said last. */
const left = (page: Page, doors: number) =>
  log(page)
    .getByText(doors === 1 ? 'La dernière porte' : `${doors} portes à faire`)
    .last()
    .waitFor();

test('from a town’s files to a shift at the doors by chat on a phone, figures, a rollback, and the VAN', async () => {
  await portevoix('import', 'doors', join(TOWN, 'doors.csv'));
  await portevoix('import', 'results', join(TOWN, 'results-turnout.csv'));
  await portevoix('import', 'results', join(TOWN, 'results-lists.csv'));
  const areas = await lines<{ code: string; why: string }>('canvass', 'rank', '--limit', '20');
  expect(areas.length).toBeGreaterThan(5);
  expect(areas[0]?.why).toMatch(/\.$/);
  await portevoix('canvass', 'cut', '--size', '9', '--station', STATION);
  const turfs = await lines<{ id: string; name: string }>('canvass', 'turfs');
  const [turf, other] = turfs;
  if (turf === undefined || other === undefined) throw new Error('Nothing was cut.');

  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'fr-FR',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const opening = page.waitForResponse(
    (answer) => answer.url().endsWith('/conversations') && answer.request().method() === 'POST',
  );
  await page.goto(program.url);
  await heard(page, 'assistant automatique');
  const { conversationId }: { conversationId: string } = JSON.parse(await (await opening).text());
  await portevoix('canvass', 'assign', turf.id, `web:${conversationId}`);

  await say(page, '/canvass');
  await heard(page, 'je garde à votre nom les portes');
  await tap(page, 'Oui');
  await heard(page, `Votre secteur : ${turf.name}`);
  const doors = await doorsOf(turf.id);
  const count = doors.length;
  await left(page, count);

  // Somebody talks, and supports.
  await tap(page, 'On a parlé');
  await tap(page, 'Plutôt pour');
  await say(page, 'attend notre réponse sur la cantine');
  await left(page, count - 1);
  // A tap too many, and back.
  await tap(page, 'Absent');
  await left(page, count - 2);
  await say(page, 'annuler');
  await heard(page, 'Que voulez-vous faire');
  await tap(page, 'Annuler le dernier');
  await heard(page, 'C’est annulé');
  await tap(page, 'Refus');
  // The door after it comes up again.
  await log(page)
    .getByText(doors[2]?.address ?? '')
    .nth(1)
    .waitFor();
  // A coffee, and on from there.
  await say(page, 'pause');
  await tap(page, 'Faire une pause');
  await heard(page, 'Bonne pause');
  await say(page, 'porte-à-porte');
  await left(page, count - 2);
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
  // Two doors in one line, read back before they are kept.
  const plain = doors.filter(({ address }) => !address.includes(',')).slice(-2);
  await say(page, plain.map(({ address }) => `${address} abs`).join('; '));
  await heard(page, 'J’ai lu');
  await tap(page, 'Oui');
  await heard(page, '2 portes notées');
  await left(page, count - 4);
  for (let doing = count - 4; doing > 1; doing -= 1) {
    await tap(page, 'Tract déposé');
    await left(page, doing - 1);
  }
  await tap(page, 'Absent');
  await heard(page, `Aujourd’hui : ${count} portes, 1 conversation.`);
  await tap(page, 'Non');
  await heard(page, 'Bon retour');
  await context.close();

  const max = await openVisitor(program.url);
  await portevoix('canvass', 'assign', other.id, `web:${max.conversation}`);
  const asks = async (text: string) =>
    (await max.waitFor((all) => all.at(-1)?.text?.includes(text) === true)).at(-1)?.channelData
      ?.portevoix?.turn ?? 0;
  await max.say('/canvass');
  await asks('je garde à votre nom');
  await max.say('oui');
  await max.say('On a parlé', `choose:${await asks('La suivante')}:canvassed`);
  await max.say('1', `choose:${await asks('où se situe-t-elle')}:1`);
  await max.say('Rien', `choose:${await asks('Un mot utile')}:~skip`);
  await asks('La suivante');

  const figures = async () =>
    Object.fromEntries(
      (await lines<Figures & { turf: string }>('canvass', 'results')).map((one) => [
        one.turf,
        [one.visits, one.supporters],
      ]),
    );
  expect(await figures()).toEqual({ [turf.id]: [count, 1], [other.id]: [1, 1] });
  const outings = await lines<{ outing: string; turfs: readonly string[] }>('canvass', 'outings');
  const theirs = outings.find((one) => one.turfs.includes(other.id));
  await portevoix('canvass', 'rollback', theirs?.outing ?? '', '--yes');
  expect(await figures()).toEqual({ [turf.id]: [count, 1] });
  const van = ['--format', 'van', '--van-support', '1234:11,12,13,14,15'];
  const responses = (await portevoix('export', 'visits', ...van))
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(responses).toHaveLength(count);
  const answered = responses.filter((one) => JSON.stringify(one).includes('"surveyResponseId":12'));
  expect(answered).toHaveLength(1);
  expect(program.output()).not.toContain('"level"');
});

/** What a screen reader would stumble over. */
async function violations(page: Page): Promise<readonly string[]> {
  // The page's own policy lets no script in but the site's.
  return page.evaluate(`(async () => {
    ${AXE};
    const { violations } = await axe.run(document.querySelector('main') ?? document);
    return violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' '));
  })()`);
}
