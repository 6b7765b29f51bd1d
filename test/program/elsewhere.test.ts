import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { startBotApi, TOKEN, type BotApi } from '../channels/telegram/bot-api.js';
import { until } from '../conversation/rights-campaign.js';
import { launch, type Launched } from './launch.js';
import { runCommand } from './run-command.js';
import { openVisitor } from './visitor.js';

let api: BotApi;
let program: Launched;
let flows: string;
afterEach(async () => {
  await program.remove();
  rmSync(flows, { recursive: true, force: true });
  await api.close();
});

test('who began on the page goes on in Telegram where they stopped, with one profile', async () => {
  api = await startBotApi({});
  // Invitations go out whatever the hour of the test.
  flows = mkdtempSync(join(tmpdir(), 'portevoix-flows-'));
  cpSync(join(__dirname, '..', '..', 'flows'), flows, { recursive: true });
  appendFileSync(join(flows, 'campaign.yaml'), '\nquiet_hours: none\n');
  const settings = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.url, FLOWS_DIR: flows };
  program = await launch(settings);
  const visitor = await openVisitor(program.url);
  await visitor.say('oui');
  await visitor.waitFor((all) => all.some(({ text }) => /adresse e-mail/.test(text ?? '')));
  await visitor.say('ailleurs');
  const shown = await visitor.waitFor((all) => all.some(({ text }) => /t\.me/.test(text ?? '')));
  const all = shown.map(({ text }) => text ?? '').join('\n');
  const payload = /https:\/\/t\.me\/test_bot\?start=([\w-]+)/.exec(all)?.[1] ?? '';
  expect(payload).not.toBe('');

  api.say('4242', `/start ${payload}`);
  await until(() => api.shown('4242').some(({ text }) => /adresse e-mail/.test(text)));
  expect(api.shown('4242')[0]?.text).toMatch(/Nous reprenons ici/);
  api.say('4242', 'lea@exemple.org');
  await until(() => api.shown('4242').some(({ text }) => /code postal/.test(text)));
  api.say('4242', '97500');
  await until(() => api.shown('4242').some(({ text }) => /tiennent à cœur/.test(text)));
  // Nobody else gets in by it: this is a stranger's ordinary first contact.
  api.say('4343', `/start ${payload}`);
  await until(() => api.shown('4343').some(({ text }) => text.startsWith('Bonjour')));

  // When the page fails, everybody who is elsewhere too is asked to go on there, once.
  const invite = async (...args: string[]): Promise<unknown> => {
    const ran = await runCommand(program.dataDir, ['channel', ...args, '--json'], settings);
    expect(ran).toMatchObject({ status: 0, err: '' });
    return JSON.parse(ran.out);
  };
  const plan = { channel: 'web', people: 1, ways: { telegram: 1 }, cannot: {}, already: 0 };
  expect(await invite('invite', 'web', '--dry-run')).toEqual({ ...plan, dryRun: true });
  expect(await invite('invite', 'web')).toEqual({ ...plan, dryRun: false });
  const invited = (): number =>
    api.shown('4242').filter(({ text }) => /ne pouvons plus vous répondre/.test(text)).length;
  await until(() => invited() > 0);
  const again = { ...plan, ways: {}, already: 1, dryRun: false };
  expect(await invite('invite', 'web')).toEqual(again);
  while (!/"sent":1/.test(JSON.stringify(await invite('invited', 'web'))));
  expect(invited()).toBe(1);
  await program.kill('SIGTERM');

  const store = await openStore({ dataDir: program.dataDir });
  try {
    const { supporters, addresses, journal } = openPeople(store.connection, 'unused');
    const home = await addresses.find('web', visitor.conversation);
    const there = await addresses.find('telegram', '4242');
    expect(there?.supporter).toBe(home?.supporter);
    expect(await supporters.table.count({})).toBe(2);
    expect(await supporters.get(home?.supporter ?? '')).toMatchObject({
      email: 'lea@exemple.org',
      department: '975',
      territory: 'saint-pierre-et-miquelon',
      timezone: 'America/Miquelon',
    });
    const rows = JSON.stringify(await journal.table.find({ 'event.type': { $ne: 'returned' } }));
    expect(rows.match(new RegExp(`start ${payload}`))).toBeNull();
  } finally {
    await store.close();
  }
  expect(program.output()).not.toContain(payload);
}, 120_000);
