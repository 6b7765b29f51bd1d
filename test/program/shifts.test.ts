import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ActivitySet } from '../../src/channels/webchat/protocol.js';
import { createTokens } from '../../src/channels/webchat/token.js';
import { launch, type Launched } from './launch.js';
import { runCommand } from './run-command.js';
import { openVisitor } from './visitor.js';

const root = join(__dirname, '..', '..');
const SECRET = 'a secret of some length, which signs what this test sends';
const SHIFTS = `
- name: market
  title: { fr: Tracts au marché, en: Leaflets at the market }
  task: leaflets
  place: { name: Place du Lavoir, address: 3 place du Lavoir, lat: 48.1113, lon: -1.68 }
  starts: 2031-11-22T14:00
  ends: 2031-11-22T16:00
  capacity: 1
  check_in: [code]
  leader: LEADER
- name: calls
  title: { fr: Appels, en: Calls }
  task: calls
  place: { name: Local de campagne, lat: 48.11, lon: -1.68 }
  starts: 2031-11-22T17:00
  ends: 2031-11-22T18:00
  capacity: 5
`;

let folder: string;
let program: Launched;
let settings: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portevoix-clock-'));
  settings = {
    SECRET_KEY: SECRET,
    FLOWS_DIR: join(root, 'flows'),
    LOCALES_DIR: join(root, 'locales'),
    RATE_LIMITS: 'off',
    CLOCK_FILE: join(folder, 'clock'),
    NODE_OPTIONS: `--require ${join(__dirname, 'turned-clock.cjs')}`,
  };
  turnTo('2031-11-15T12:00Z');
  program = await launch(settings);
}, 120_000);
afterAll(async () => {
  await program?.remove();
  rmSync(folder, { recursive: true, force: true });
});

let turned = 0;
function turnTo(instant: string): void {
  turned = Date.parse(instant) - Date.now();
  writeFileSync(join(folder, 'clock'), String(turned));
}

/** A supporter in web chat who stays for days: each request has a token of its hour. */
async function meet() {
  const { conversation, token } = await openVisitor(program.url);
  const claims: { user: string } = JSON.parse(
    Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  );
  const tokens = createTokens(SECRET, () => Date.now() + turned);
  const ask = (init: RequestInit = {}): Promise<Response> => {
    const authorization = `Bearer ${tokens.issue('chat', { conversation, user: claims.user })}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const path = `conversations/${conversation}/activities`;
    return fetch(`${program.url}/directline/v3/directline/${path}`, { ...init, headers });
  };
  let heard = 0;
  /** Waits for a text that the assistant says after all that was waited for before, and answers it. */
  async function hear(part: string | RegExp): Promise<string> {
    for (let tries = 0; tries < 1_500; tries += 1) {
      const set: ActivitySet = JSON.parse(await (await ask()).text());
      const texts = set.activities.map((one) =>
        one.type === 'message' && one.from.role === 'bot' ? (one.text ?? '') : '',
      );
      const found = texts.findIndex(
        (text, index) =>
          index >= heard && (typeof part === 'string' ? text.includes(part) : part.test(text)),
      );
      if (found >= 0) {
        heard = found + 1;
        return texts[found] ?? '';
      }
      await sleep(40);
    }
    throw new Error(`Nobody said "${String(part)}".`);
  }
  await hear('Bonjour');
  return {
    address: `web:${conversation}`,
    hear,
    /** Says something, and waits for the answer. */
    async say(text: string, part: string | RegExp): Promise<string> {
      const body = JSON.stringify({ type: 'message', from: { id: 'anyone' }, text });
      expect((await ask({ method: 'POST', body })).status).toBe(200);
      return hear(part);
    },
  };
}

async function shifts(...args: readonly string[]): Promise<string> {
  const { status, out, err } = await runCommand(program.dataDir, ['shifts', ...args], settings);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return out;
}

test('a whole shift from the chat: signing up, waiting, reminders, giving back, arriving, and being missed', async () => {
  const [lea, tom, max] = [await meet(), await meet(), await meet()];
  const file = join(folder, 'shifts.yaml');
  writeFileSync(file, SHIFTS.replace('LEADER', max.address));
  expect(await shifts('create', file)).toBe('market\ncalls\n');

  await lea.say('créneaux', 'Êtes-vous d’accord');
  await lea.say('oui', 'Lequel vous irait');
  const booked = await lea.say('tracts au marché', 'C’est réservé');
  expect(booked).toContain('samedi 22 novembre 2031 à 14:00, Place du Lavoir');
  const link = /\S+\/calendar\/\S+/.exec(booked)?.[0] ?? '';
  const calendar = await fetch(link);
  expect(calendar.headers.get('content-type')).toContain('text/calendar');
  expect(await calendar.text()).toContain('DTSTART:20311122T130000Z');
  expect((await fetch(link.replace('.ics', 'x.ics'))).status).toBe(404);
  await lea.say('créneaux', 'De quel créneau');
  await lea.say('un autre créneau', 'Lequel vous irait');
  await lea.say('appels', 'C’est réservé');
  await tom.say('créneaux', 'Êtes-vous d’accord');
  await tom.say('oui', 'Lequel vous irait');
  await tom.say('tracts au marché', 'liste d’attente');

  turnTo('2031-11-21T17:00:01Z');
  const eve = await lea.hear('Petit rappel');
  await lea.hear('Pouvons-nous compter sur vous');
  // Two reminders, one at a time; whichever comes first.
  const first = eve.includes('Tracts') ? 'non' : 'oui';
  await lea.say(first, first === 'non' ? 'votre place est rendue' : 'on vous attend');
  turnTo('2031-11-21T17:01:00Z');
  await lea.hear('Petit rappel');
  await lea.hear('Pouvons-nous compter sur vous');
  const second = first === 'non' ? 'oui' : 'non';
  await lea.say(second, second === 'non' ? 'votre place est rendue' : 'on vous attend');
  await tom.hear('une place s’est libérée');
  await tom.hear('Pouvons-nous compter sur vous');
  await tom.say('oui', 'on vous attend');

  turnTo('2031-11-22T11:00:01Z');
  await tom.hear('C’est bientôt');
  turnTo('2031-11-22T12:55:00Z');
  await max.say('mon équipe', 'De quel créneau');
  const list = await max.say('tracts au marché', 'sur ce créneau');
  expect(list).toContain('venue confirmée');
  const code = /\d{4}$/.exec(list)?.[0] ?? '';
  await tom.say('je suis là', 'Quel est le code');
  await tom.say(code === '0000' ? '1111' : '0000', 'Ce n’est pas ce code-là');
  await tom.say(code, 'merci d’être là');

  turnTo('2031-11-23T09:00:01Z');
  expect(await lea.hear('Nous ne vous avons pas vu')).toContain('Appels');
  const signups = (await shifts('signups', 'market', '--json')).trim().split('\n');
  const states = signups.map((line) => {
    const { state, arrived_by: by }: { state: string; arrived_by?: string } = JSON.parse(line);
    return by === undefined ? state : `${state} by ${by}`;
  });
  expect(states).toEqual(['declined', 'completed by code']);
  // Nothing went wrong that the operator would hear of.
  expect(program.output()).not.toContain('"level"');
}, 240_000);
