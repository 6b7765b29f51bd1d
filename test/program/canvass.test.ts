import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { openTurfs } from '../../src/canvass/turfs.js';
import { openVisits } from '../../src/canvass/visits.js';
import type { MessageActivity, OpenQuestion } from '../../src/channels/webchat/protocol.js';
import { openStore } from '../../src/store/connection.js';
import { verify } from '../../src/store/embedded/verify.js';
import { launch } from './launch.js';
import { seeded } from './seeded.js';
import { openVisitor, type Visitor } from './visitor.js';
import { approveCanvassers, writeStreets } from './write-streets.js';

/** Three hundred take some minutes: `VOLUNTEERS=300 npx jest test/program/canvass`. */
const VOLUNTEERS = Number(process.env['VOLUNTEERS'] ?? 8);
const KILLS = Math.max(2, Math.round(VOLUNTEERS / 50));
/** Doors of a street, which one volunteer walks. */
const DOORS = 5;
const SEED = Number(process.env['KILL_SEED'] ?? 20_320_314);
const RESULTS = ['not_home', 'refused', 'lit_dropped', 'inaccessible', 'moved'] as const;
const random = seeded(SEED);
const isNow = (share: number): boolean => random() < share;

/** In a dead zone a report is not sent, or sent and the answer lost; nobody can tell which. */
const inDeadZones: typeof fetch = (url, init) => {
  if (!isNow(0.2)) return fetch(url, init);
  if (isNow(0.3)) return Promise.reject(new Error('no network'));
  return fetch(url, { ...init, signal: AbortSignal.timeout(Math.ceil(random() * 20)) });
};

/** Walks a whole turf; resolves with what was reported of each door, by address, that was not undone. */
async function walk(visitor: Visitor): Promise<ReadonlyMap<string, string>> {
  const reported = new Map<string, string>();
  const sent: (readonly [text: string, value: unknown, id: string])[] = [];
  async function say(text: string, value?: unknown): Promise<void> {
    const message = [text, value, randomUUID()] as const;
    const id = await visitor.say(...message);
    sent.push(message);
    // A telephone that heard no answer sends again, at once or much later.
    const again = isNow(0.2) ? message : isNow(0.1) ? sent.at(-3) : undefined;
    if (again === undefined) return;
    const repeated = await visitor.say(...again);
    if (again === message) expect(repeated).toBe(id);
  }
  /** The question that follows the turn of another, with its text. */
  async function asked(after: number): Promise<OpenQuestion & { readonly text: string }> {
    const all = await visitor.waitFor((messages) => turnOf(messages.at(-1)) > after);
    const message = all.at(-1);
    const question = message?.channelData?.portevoix;
    if (question === undefined) throw new Error('Nothing is asked.');
    return { ...question, text: message?.text ?? '' };
  }
  const { turn: greeted } = await asked(0);
  await say('/canvass');
  const { turn: agree } = await asked(greeted);
  await say('oui');
  let question = await asked(agree);
  let undone = false;
  for (;;) {
    const { turn, text, options } = question;
    if (options.every(({ value }) => value !== 'canvassed')) return reported;
    const address = /^\d+ rue \d+$/m.exec(text)?.[0] ?? '';
    if (reported.size > 0 && !undone && isNow(0.25)) {
      await say('annuler');
      const { turn: menu } = await asked(turn);
      await say('Annuler le dernier', `choose:${menu}:undo`);
      question = await asked(menu);
      reported.delete(/^\d+ rue \d+$/m.exec(question.text)?.[0] ?? '');
      undone = true;
      continue;
    }
    undone = false;
    const result = RESULTS[Math.floor(random() * RESULTS.length)] ?? 'not_home';
    await say(result, `choose:${turn}:${result}`);
    reported.set(address, result);
    question = await asked(turn);
  }
}

function turnOf(message: MessageActivity | undefined): number {
  return message?.channelData?.portevoix?.turn ?? 0;
}

test('volunteers with dead zones, repeats, undo and kills end with every report exactly once', async () => {
  const launched = await launch({ RATE_LIMITS: 'off', LOG_LEVEL: 'error' });
  try {
    const beside = await openStore({ dataDir: launched.dataDir, lasting: false });
    await writeStreets(beside, VOLUNTEERS, DOORS);
    const options = { everyMs: Math.max(60, 4 * VOLUNTEERS), request: inDeadZones };
    const visitors: Visitor[] = [];
    for (let n = 0; n < VOLUNTEERS; n += 1) {
      visitors.push(await openVisitor(launched.url, 'fr', options));
    }
    await approveCanvassers(
      beside,
      visitors.map(({ conversation }) => ['web', conversation]),
    );
    await beside.close();

    const all = Promise.all(visitors.map(walk));
    all.catch(() => undefined);
    for (let kills = 0; kills < KILLS; kills += 1) {
      await sleep(600 + random() * 1_200);
      await launched.kill('SIGKILL');
      await launched.restart();
    }
    const expected = new Map((await all).flatMap((reported) => [...reported]));
    expect(expected.size).toBe(VOLUNTEERS * DOORS);
    await launched.kill('SIGKILL');

    const store = await openStore({ dataDir: launched.dataDir });
    try {
      const { connection } = store;
      const visits = await openVisits(connection).table.find({ undone_at: null });
      expect(visits).toHaveLength(expected.size);
      expect(new Map(visits.map(({ door, result }) => [door, result]))).toEqual(expected);
      const turfs = await openTurfs(connection).table.find({});
      const doors = turfs.flatMap((turf) => turf.doors);
      expect(new Map(doors.map(({ door, result = '' }) => [door, result]))).toEqual(expected);
      expect(turfs.every(({ state }) => state === 'done')).toBe(true);
    } finally {
      await store.close();
    }
    expect((await verify(launched.dataDir)).faults).toEqual([]);
  } finally {
    await launched.remove();
  }
}, 600_000);
