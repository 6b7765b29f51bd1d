import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/store/connection.js';
import { openAddresses } from '../../src/supporters/addresses.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import {
  APP_SECRET,
  PHONE,
  startGraphApi,
  TOKEN,
  type GraphApi,
  type Shown,
} from '../channels/whatsapp/graph-api.js';
import { launch, type Launched } from './launch.js';
import { seeded } from './seeded.js';

/** A larger crowd: `CROWD=1000 npx jest test/program/whatsapp`. */
const PEOPLE = Number(process.env['CROWD'] ?? 60);
const KILLS = 1;
const SEED = Number(process.env['KILL_SEED'] ?? 20_320_314);

let api: GraphApi;
let program: Launched;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await program.remove();
  await api.close();
});

/** What somebody answers to a message of ours; undefined: the conversation is over, or it asks nothing. */
function answerTo(who: string, { text, choices }: Shown): (() => string) | undefined {
  if (choices.some(({ label }) => label === 'Oui')) return () => api.tap(who, 'Oui');
  if (/e-mail/i.test(text) && choices.length <= 1) return () => api.say(who, `p${who}@exemple.org`);
  if (/code postal/i.test(text)) return () => api.say(who, '75011');
  // Several may be chosen: by numbers.
  return /\n2\. /.test(text) ? () => api.say(who, '1, 2') : undefined;
}

/** Waits until nothing is left to be sent, beside the running program. */
async function settled(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir });
  closers.push(() => store.close());
  const { table } = openSupporters(store.connection);
  while ((await table.count({ 'outbox.0': { $exists: true } })) > 0) await sleep(200);
  await closers.pop()?.();
}

test('a crowd on WhatsApp goes through welcome, webhooks twice and out of order, faults and a kill in the middle', async () => {
  const random = seeded(SEED);
  api = await startGraphApi({
    inAll: 200,
    pair: { burst: 45, everyMs: 6_000 },
    random,
    throttled: 0.03,
    badGateway: 0.02,
    cut: 0.02,
    twice: 0.2,
  });
  const finished = new Set<string>();
  const people = Array.from({ length: PEOPLE }, (_, index) => String(33_612_000_000 + index));
  api.onShown((who, shown) => {
    if (/À bientôt/.test(shown.text)) finished.add(who);
    // People answer a little later, and a message that comes twice only once.
    if (shown.text === api.shown(who).at(-2)?.text) return;
    const answer = answerTo(who, shown);
    if (answer !== undefined) setTimeout(answer, 5 + random() * 200);
  });
  program = await launch({
    WHATSAPP_TRANSPORT: 'cloud',
    WHATSAPP_I_ACCEPT_THE_POLICY: 'yes',
    WHATSAPP_API_ROOT: api.url,
    WHATSAPP_PHONE_NUMBER_ID: PHONE,
    WHATSAPP_ACCESS_TOKEN: TOKEN,
    WHATSAPP_APP_SECRET: APP_SECRET,
    WHATSAPP_VERIFY_TOKEN: 'words-of-the-operator',
    LOG_LEVEL: 'error',
  });
  api.connect(`${program.url}/whatsapp/webhook`);
  for (const who of people) api.say(who, 'Bonjour');
  for (let kill = 0; kill < KILLS; kill += 1) {
    await sleep(600 + random() * 1_500);
    await program.kill('SIGKILL');
    await program.restart();
  }
  while (finished.size < PEOPLE) await sleep(100);
  await settled(program.dataDir);
  while (api.pending() > 0) await sleep(100);
  await program.kill('SIGTERM');

  for (const who of people) {
    const texts = api.shown(who).map(({ text }) => text);
    const once = texts.filter((text, index) => texts.indexOf(text) === index);
    expect(once).toEqual([
      expect.stringMatching(/^Bonjour[^]*\n\nÊtes-vous d’accord/),
      expect.stringMatching(/adresse e-mail/),
      expect.stringMatching(/code postal/),
      expect.stringMatching(/sujets/),
      expect.stringMatching(/nouvelles par e-mail/),
      expect.stringMatching(/^Merci/),
    ]);
    // Nothing came twice but what was in doubt: at most one for each cut and each kill.
    expect(texts.length - once.length).toBeLessThanOrEqual(KILLS + api.cuts(who));
    // And at once after the first, never out of order.
    expect(texts.filter((text, index) => text !== texts[index - 1])).toEqual(once);
  }
  const store = await openStore({ dataDir: program.dataDir });
  closers.push(() => store.close());
  const supporters = openSupporters(store.connection);
  const addresses = openAddresses(store.connection, supporters);
  expect(await supporters.table.count({})).toBe(PEOPLE);
  for (const who of people) {
    const row = await addresses.find('whatsapp', `+${who}`);
    const record = await supporters.get(row?.supporter ?? '');
    expect(record).toMatchObject({
      email: `p${who}@exemple.org`,
      postal_code: '75011',
      last: { channel: 'whatsapp', address: `+${who}` },
      outbox: [],
    });
    expect(record?.preferences['topics']).toHaveLength(2);
    expect(record?.consents.map(({ purpose, given }) => [purpose, given])).toEqual([
      ['engagement', true],
      ['newsletter', true],
    ]);
  }
  // Somebody who stops marketing messages in WhatsApp itself is opted out of everything.
  await closers.pop()?.();
  await program.restart();
  const [first = ''] = people;
  const wish = { wa_id: first, category: 'marketing_messages', value: 'stop' };
  api.tell({ user_preferences: [wish] }, 'user_preferences');
  while (api.pending() > 0) await sleep(50);
  await program.kill('SIGTERM');
  const again = await openStore({ dataDir: program.dataDir });
  closers.push(() => again.close());
  const known = openSupporters(again.connection);
  const owner = await openAddresses(again.connection, known).find('whatsapp', `+${first}`);
  const stopped = await known.get(owner?.supporter ?? '');
  expect(stopped?.consents.slice(2)).toMatchObject([
    { purpose: 'engagement', given: false, source: 'whatsapp' },
    { purpose: 'newsletter', given: false, source: 'whatsapp' },
  ]);
}, 240_000);
