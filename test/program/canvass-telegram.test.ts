import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTurfs } from '../../src/canvass/turfs.js';
import { openVisits } from '../../src/canvass/visits.js';
import { openStore } from '../../src/store/connection.js';
import { startBotApi, TOKEN, type BotApi } from '../channels/telegram/bot-api.js';
import { launch, type Launched } from './launch.js';
import { approveCanvassers, writeStreets } from './write-streets.js';

const [LEA, ZOE, RESIDENT, NEIGHBOUR] = ['10001', '10002', '10003', '10004'] as const;

let api: BotApi;
let program: Launched;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portevoix-clock-'));
  const clock = join(folder, 'clock');
  writeFileSync(clock, String(outOfQuietHours(new Date())));
  api = await startBotApi();
  program = await launch({
    CLOCK_FILE: clock,
    NODE_OPTIONS: `--require ${join(__dirname, 'turned-clock.cjs')}`,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    RATE_LIMITS: 'off',
  });
}, 120_000);
afterAll(async () => {
  await program?.remove();
  await api?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Milliseconds to the nearest hour at which the campaign may write to people, whenever this runs. */
function outOfQuietHours(at: Date): number {
  const hour = at.getUTCHours();
  return hour < 9 ? (9 - hour) * 3_600_000 : hour > 16 ? (16 - hour) * 3_600_000 : 0;
}

const heardBy = new Map<string, number>();
/**
 * Waits for what a chat shows after all that was waited for before; several sentences may come as one
 * message. Answers with all that is shown from there on.
 */
async function hear(chat: string, part: string): Promise<string> {
  const from = heardBy.get(chat) ?? 0;
  const all = (): string =>
    api
      .shown(chat)
      .map(({ text }) => text)
      .join('\n\n');
  for (let tries = 0; tries < 1_500; tries += 1) {
    const found = all().indexOf(part, from);
    if (found >= 0) {
      heardBy.set(chat, found + part.length);
      return all().slice(found);
    }
    await sleep(40);
  }
  throw new Error(`Nobody said "${part}" in: ${all().slice(from)}`);
}
async function say(chat: string, text: string, part: string): Promise<string> {
  api.say(chat, text);
  return hear(chat, part);
}
async function press(chat: string, label: string, part: string): Promise<string> {
  api.press(chat, label);
  return hear(chat, part);
}

test('a shift on Telegram: a code at the door, undo, pause, shorthand, and what the leader hears', async () => {
  await say(LEA, '/start', 'Êtes-vous d’accord');
  await say(ZOE, '/start', 'Êtes-vous d’accord');
  const beside = await openStore({ dataDir: program.dataDir, lasting: false });
  try {
    await writeStreets(beside, 1, 5);
    await approveCanvassers(beside, [['telegram', LEA]]);
    const [leader] = await approveCanvassers(beside, [['telegram', ZOE]]);
    const [turfs, visits] = [openTurfs(beside.connection), openVisits(beside.connection)];
    await turfs.table.set({}, { leader: leader ?? '' });

    await say(LEA, '/canvass', 'je garde à votre nom');
    await press(LEA, 'Oui', 'Votre secteur');
    await hear(LEA, '1 rue 0');
    await press(LEA, 'Autre chose', 'Que voulez-vous faire');
    const shown = await press(LEA, 'Continuer par chat', 'montrez-lui ce code');
    await hear(LEA, '1 rue 0');

    // The volunteer's telephone shows a code; it leads to a page that asks, and changes nothing itself.
    const code = /http\S+\/code/.exec(shown)?.[0] ?? '';
    expect(await (await fetch(code)).text()).toContain('<svg');
    const asking = await (await fetch(code.replace('/code', '?lang=fr'))).text();
    expect(asking).toContain('rien de ce qui s’est dit n’est gardé à votre nom');
    const payload = /https:\/\/t\.me\/test_bot\?start=([\w-]{48})/.exec(asking)?.[1] ?? '';
    const here = await fetch(code.replace('/code', ''), { method: 'POST', redirect: 'manual' });
    expect(here.headers.get('location')).toBe(`/#join=${payload}`);
    await say(RESIDENT, `/start ${payload}`, 'Merci d’avoir ouvert votre porte');
    await hear(RESIDENT, 'Êtes-vous d’accord');
    // Passed on, it is a link like any other; and nobody is merged with anybody.
    await say(NEIGHBOUR, `/start ${payload}`, 'Êtes-vous d’accord');
    expect(api.shown(NEIGHBOUR).some(({ text }) => text.includes('porte'))).toBe(false);
    expect((await fetch(code)).status).toBe(410);

    await press(LEA, 'On a parlé', 'où se situe-t-elle');
    await press(LEA, 'Nous soutient', 'Un mot utile');
    await press(LEA, 'Rien à ajouter', '2 rue 0');
    await press(LEA, 'Absent', '3 rue 0');
    await say(LEA, 'annuler', 'Que voulez-vous faire');
    await press(LEA, 'Annuler le dernier', 'C’est annulé');
    await hear(LEA, 'La suivante');
    await press(LEA, 'Refus', '3 rue 0');
    await say(LEA, 'pause', 'Que voulez-vous faire');
    await press(LEA, 'Faire une pause', 'Bonne pause');
    await say(LEA, 'porte-à-porte', '3 rue 0');
    // Where she goes is told every few seconds, and answered once.
    const shared = { latitude: 48.1, longitude: -1.6, live_period: 900 };
    api.say(LEA, '', { text: undefined, location: shared });
    await hear(LEA, '3 rue 0');
    const before = api.shown(LEA).length;
    for (let times = 0; times < 3; times += 1) {
      api.push({
        edited_message: {
          message_id: 77,
          date: Math.floor(Date.now() / 1_000),
          chat: { id: Number(LEA), type: 'private' },
          from: { id: Number(LEA), is_bot: false, language_code: 'fr' },
          location: { ...shared, latitude: 48.1 + times / 10_000 },
        },
      });
    }
    while (api.pending().length > 0) await sleep(40);
    expect(api.shown(LEA)).toHaveLength(before);
    await say(LEA, '3 abs; 4 tract', 'J’ai lu');
    await press(LEA, 'Oui', '2 portes notées');
    await hear(LEA, 'La dernière porte');
    await press(LEA, 'Absent', '5 portes, 1 conversation');
    const told = await hear(ZOE, 'Bilan du secteur Rue 0');
    expect(told).toContain('5 portes');
    expect(told).toContain('1 conversation et 1 soutien. Le secteur est terminé');

    const counting = await visits.table.find({ undone_at: null }, { sort: { door: 1 } });
    expect(counting.map(({ door, result, went_on: on }) => [door, result, on ?? false])).toEqual([
      ['1 rue 0', 'canvassed', true],
      ['2 rue 0', 'refused', false],
      ['3 rue 0', 'not_home', false],
      ['4 rue 0', 'lit_dropped', false],
      ['5 rue 0', 'not_home', false],
    ]);
    const bilans = api.shown(ZOE).filter(({ text }) => text.includes('Bilan du secteur'));
    expect(bilans).toHaveLength(1);
    expect(program.output()).not.toContain('"level"');
  } finally {
    await beside.close();
  }
}, 240_000);
