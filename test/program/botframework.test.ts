import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTables } from '../../src/program/open-tables.js';
import { openStore } from '../../src/store/connection.js';
import { inDirectLine } from '../channels/botframework/activities.js';
import {
  APP_ID,
  PASSWORD,
  startMicrosoft,
  TENANT,
  type Microsoft,
  type Shown,
} from '../channels/botframework/microsoft.js';
import { launch, type Launched } from './launch.js';

const REDIRECT = join(__dirname, '../channels/botframework/redirect.cjs');
/** Networks whose buttons bring an answer, or its words, and one that has none. */
const PEOPLE = ['directline', 'facebook', 'sms'].map((channelId) => ({
  channelId,
  who: `person-on-${channelId}`,
  address: `${channelId}|person-on-${channelId}`,
}));
type Person = (typeof PEOPLE)[number];

let microsoft: Microsoft;
let program: Launched;
beforeAll(async () => {
  microsoft = await startMicrosoft();
  program = await launch({
    BOT_FRAMEWORK_APP_ID: APP_ID,
    BOT_FRAMEWORK_APP_PASSWORD: PASSWORD,
    BOT_FRAMEWORK_TENANT_ID: TENANT,
    // All it says to Microsoft goes to this test, whatever the settings of a campaign.
    NODE_OPTIONS: `--require ${REDIRECT}`,
    MICROSOFT_PORT: String(microsoft.port),
  });
});
afterAll(async () => {
  await program.remove();
  await microsoft.close();
});

let ids = 0;
function activity({ channelId, who }: Person, fields: { readonly [key: string]: unknown }) {
  const from = { id: `u-${who}`, name: 'Léa' };
  return inDirectLine({
    channelId,
    conversation: { id: who },
    from,
    id: `${(ids += 1)}`,
    ...fields,
  });
}

/** What somebody does with a message of ours; undefined: the conversation is over, or it asks nothing. */
function answerTo({ text, choices, activity: shown }: Shown) {
  const actions = (shown['suggestedActions'] as { actions: { title: string; value: unknown }[] })
    ?.actions;
  const yes = actions?.find(({ title }) => title === 'Oui');
  if (yes !== undefined)
    return { text: 'Oui', ...(yes.value === 'Oui' ? {} : { value: yes.value }) };
  if (choices[0] === 'Oui') return { text: 'oui' };
  if (/e-mail/i.test(text) && choices.length <= 1) return { text: 'lea@exemple.org' };
  if (/code postal/i.test(text)) return { text: '75011' };
  return choices.length > 2 ? { text: '1, 2' } : undefined;
}

/** Waits until all have come to the end; a test that fails must not wait on. */
async function untilAll(finished: ReadonlySet<string>): Promise<void> {
  for (let tries = 0; finished.size < PEOPLE.length; tries += 1) {
    if (tries > 1_200) throw new Error(`Only ${[...finished].join()} came to the end.`);
    await sleep(50);
  }
}

test('people go through welcome on networks of the Bot Service, and can be exported and erased', async () => {
  const door = `${program.url}/api/messages`;
  const finished = new Set<string>();
  const refused: number[] = [];
  microsoft.onShown((who, shown) => {
    const person = PEOPLE.find((one) => one.who === who);
    if (/À bientôt/.test(shown.text)) finished.add(who);
    const answer = answerTo(shown);
    if (person === undefined || answer === undefined) return;
    void microsoft
      .bring(door, activity(person, answer))
      .then((status) => (status === 200 ? 0 : refused.push(status)));
  });
  const [first] = PEOPLE;
  if (first === undefined) throw new Error('There is nobody.');
  expect(await microsoft.bring(door, activity(first, {}), { signed: 'by another key' })).toBe(403);
  // One connector cuts a connection after it took the message: that one may come twice.
  microsoft.faults.push('cut', { status: 429, retryAfter: '1' });
  for (const person of PEOPLE) {
    const membersAdded = [inDirectLine()['recipient']];
    const opened = { type: 'conversationUpdate', text: undefined, membersAdded };
    expect(await microsoft.bring(door, activity(person, opened))).toBe(200);
  }
  await untilAll(finished);
  expect(refused).toEqual([]);
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200);

  for (const { who } of PEOPLE) {
    const texts = microsoft.shown(who).map(({ text }) => text);
    const once = texts.filter((text, index) => texts.indexOf(text) === index);
    expect(once).toEqual([
      expect.stringMatching(/^Bonjour[^]*\n\nÊtes-vous d’accord/),
      expect.stringMatching(/adresse e-mail/),
      expect.stringMatching(/code postal/),
      expect.stringMatching(/sujets/),
      expect.stringMatching(/nouvelles par e-mail/),
      expect.stringMatching(/^Merci/),
    ]);
    expect(texts.length - once.length).toBeLessThanOrEqual(1);
  }
  await program.kill('SIGTERM');
  // Nothing about anybody, nor what the library says of a forged token.
  expect(program.output()).not.toMatch(/Léa|PUBLIC KEY/);

  const store = await openStore({ dataDir: program.dataDir });
  const { people, references, transcripts, others } = openTables(store.connection, 'x', Date.now);
  expect(await people.supporters.table.count({})).toBe(PEOPLE.length);
  for (const { who, address } of PEOPLE) {
    const row = await people.addresses.find('botframework', address);
    const record = await people.supporters.get(row?.supporter ?? '');
    expect(record).toMatchObject({
      email: 'lea@exemple.org',
      postal_code: '75011',
      last: { channel: 'botframework', address },
      outbox: [],
    });
    expect(record?.preferences['topics']).toHaveLength(2);
    const kept = others.find(({ name }) => name === 'conversation_references');
    expect(await kept?.exportOf(row?.supporter ?? '')).toMatchObject([
      { user: { id: `u-${who}` } },
    ]);
    await transcripts.erase('botframework', address);
    expect(await kept?.exportOf(row?.supporter ?? '')).toEqual([]);
  }
  expect(await references.table.count({})).toBe(0);
  await store.close();
}, 120_000);
