import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { createMerging } from '../../src/supporters/merge/merge-supporters.js';
import { startBotApi, TOKEN, type BotApi } from '../channels/telegram/bot-api.js';
import { until } from '../conversation/rights-campaign.js';
import { readMail, type Received } from '../mail/smtp.js';
import { launch, type Launched } from './launch.js';
import { openVisitor } from './visitor.js';

let api: BotApi;
let program: Launched;
afterEach(async () => {
  await program.remove();
  await api.close();
});

const CHAT = '4242';
const DIRECT_LINE = '/directline/v3/directline';

test('one person on the page, in Telegram by a code and on the page again by a link: one profile', async () => {
  api = await startBotApi({});
  program = await launch({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.url });
  const visitor = await openVisitor(program.url);
  await visitor.say('oui');
  await visitor.say('lea@exemple.org');
  await visitor.waitFor((all) => all.some(({ text }) => /code postal/.test(text ?? '')));
  await until(() => mails().length === 1);
  const link = /http:\/\/\S+\/confirm\/[\w.-]+/.exec(mails()[0]?.part('text/plain') ?? '')?.[0];
  await fetch(link ?? '', { method: 'POST' });

  api.say(CHAT, 'c’est moi');
  await saysInTelegram(/Bonjour/);
  api.say(CHAT, 'c’est moi');
  await saysInTelegram(/Quelle est cette adresse/);
  api.say(CHAT, 'lea@exemple.org');
  await saysInTelegram(/six chiffres/);
  await until(() => mails().length === 2);
  const code = /^(\d{3} \d{3})$/m.exec(mails()[1]?.part('text/plain') ?? '')?.[1] ?? '';
  api.say(CHAT, code === '000 000' ? '111 111' : '000 000');
  await saysInTelegram(/pas le code de l’e-mail/);
  api.say(CHAT, code);
  await saysInTelegram(/Nous reprenons ici/);
  // The conversation of the page goes on, with the question that was open there.
  await until(() => /code postal/.test(api.shown(CHAT).at(-1)?.text ?? ''));

  api.say(CHAT, 'sur le site');
  await saysInTelegram(/\?join=/);
  const shown = api.shown(CHAT).map(({ text }) => text);
  const url = /http\S+\?join=([\w-]{48})/.exec(shown.join('\n'));
  const page = await fetch(url?.[0] ?? '', { headers: { 'accept-language': 'fr' } });
  expect(await page.text()).toContain('On continue ici\u202f?');
  const pressed = await fetch(url?.[0] ?? '', { method: 'POST', redirect: 'manual' });
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, `/#join=${url?.[1]}`]);
  const opened = await fetch(`${program.url}${DIRECT_LINE}/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ locale: 'fr', join: url?.[1] }),
  });
  const { conversationId } = (await opened.json()) as { conversationId: string };
  expect((await fetch(url?.[0] ?? '')).status).toBe(410);
  await program.kill('SIGTERM');

  const store = await openStore({ dataDir: program.dataDir });
  try {
    const people = openPeople(store.connection, 'unused');
    const home = await people.addresses.find('web', visitor.conversation);
    const places = await people.addresses.ofSupporter(home?.supporter ?? '');
    expect(places.map(({ _id }) => _id).sort()).toEqual(
      [
        'email:lea@exemple.org',
        `telegram:${CHAT}`,
        `web:${conversationId}`,
        `web:${visitor.conversation}`,
      ].sort(),
    );
    expect(await people.supporters.table.count({})).toBe(1);
    const [merge] = await people.merges.of([home?.supporter ?? '']);
    expect(merge?.proof).toEqual({ type: 'code' });
    const merging = createMerging({ ...people, now: Date.now });
    expect(await merging.unmerge(merge?._id ?? '')).toMatchObject({ type: 'done' });
    const apart = await people.addresses.find('telegram', CHAT);
    expect(apart?.supporter).toBe(merge?.merged);
    expect(await people.supporters.get(home?.supporter ?? '')).toMatchObject({
      email: 'lea@exemple.org',
    });
  } finally {
    await store.close();
  }
  expect(program.output()).not.toContain('lea@exemple.org');
}, 120_000);

async function saysInTelegram(text: RegExp): Promise<void> {
  await until(() => api.shown(CHAT).some((one) => text.test(one.text)));
}

/** What the program wrote to its folder, oldest first. */
function mails(): readonly Received[] {
  const folder = join(program.dataDir, 'mail');
  try {
    return (
      readdirSync(folder)
        .sort()
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        // One that is still being written does not end as a mail does.
        .filter((text) => text.trimEnd().endsWith('--'))
        .map((text) => readMail('', text))
    );
  } catch {
    return [];
  }
}
