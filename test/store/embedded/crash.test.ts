import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verify } from '../../../src/store/embedded/verify.js';
import { makeFolder, openHere, removeFolder } from '../support.js';
import { startChild, type Said } from './children.js';

/*
 * Kill -9 in a loop. KILL_ROUNDS asks for more rounds, KILL_SEED for others.
 */
const rounds = Number(process.env['KILL_ROUNDS'] ?? 8);
const random = createRandom(Number(process.env['KILL_SEED'] ?? 20_260_415));

let dataDir: string;
beforeAll(() => {
  dataDir = makeFolder('crash');
});
afterAll(() => removeFolder(dataDir));

test(
  'after every kill all that was acknowledged is there, transactions whole and indexes right',
  async () => {
    const expected = createExpectations();
    for (let round = 0; round < rounds; round += 1) {
      const child = startChild('write', dataDir, `r${round}`);
      expect((await child.heard('ready'))['owner']).toBe(true);
      // Later rounds are killed at once, while the first documents are being written.
      await child.heard('inserted');
      await setTimeout(random() * (round % 2 === 0 ? 400 : 40));
      await child.kill();
      for (const said of child.said) expected.hear(said, `r${round}`);
      const { faults } = await verify(dataDir);
      expect(faults).toEqual([]);
    }
    const { client, close } = await openHere({ dataDir });
    try {
      const db = client.db('killed');
      const things = await db.collection<{ _id: string; n: number }>('things').find().toArray();
      expected.checkThings(new Map(things.map(({ _id, n }) => [_id, n])));
      const left = await db.collection<{ _id: string }>('left').find().toArray();
      const right = await db.collection<{ _id: string }>('right').find().toArray();
      expect(left).toEqual(right);
      expected.checkPairs(new Set(left.map(({ _id }) => _id)));
      const counters = await db.collection<{ _id: string; n: number }>('counters').find().toArray();
      expected.checkCounters(new Map(counters.map(({ _id, n }) => [_id, n])));
      expect(expected.acknowledged()).toBeGreaterThan(rounds);
    } finally {
      await close();
    }
  },
  60_000 + rounds * 15_000,
);

function createExpectations() {
  const things = new Map<string, number | undefined>();
  const deleted = new Set<string>();
  const pairs = new Set<string>();
  const counts = new Map<string, number>();
  let acknowledged = 0;
  return {
    acknowledged: () => acknowledged,
    hear(said: Said, round: string): void {
      acknowledged += 1;
      if (typeof said['inserted'] === 'string') things.set(said['inserted'], undefined);
      if (typeof said['updated'] === 'string') things.set(said['updated'], Number(said['n']));
      if (typeof said['deleted'] === 'string') {
        things.delete(said['deleted']);
        deleted.add(said['deleted']);
      }
      if (typeof said['paired'] === 'string') pairs.add(said['paired']);
      if (said['counted'] !== undefined) counts.set(round, Number(said['counted']));
    },
    checkThings(found: ReadonlyMap<string, number>): void {
      // What a client had under way at the kill may have been done: the deletion of its last one.
      const last = new Map([...things.keys()].map((id) => [id.replace(/-\d+$/, ''), id]));
      const under = new Set([...last.values()].filter(isMultipleOf7));
      const lost = [...things.keys()].filter((id) => !found.has(id) && !under.has(id));
      expect(lost).toEqual([]);
      for (const [id, n] of things)
        if (n !== undefined && found.has(id)) expect(found.get(id)).toBe(n);
      expect([...deleted].filter((id) => found.has(id))).toEqual([]);
    },
    checkPairs(found: ReadonlySet<string>): void {
      expect([...pairs].filter((id) => !found.has(id))).toEqual([]);
    },
    checkCounters(found: ReadonlyMap<string, number>): void {
      for (const [round, n] of counts) {
        // One more may have been written without having been acknowledged.
        expect([n, n + 1]).toContain(found.get(round));
      }
    },
  };
}

function isMultipleOf7(id: string): boolean {
  return Number(id.split('-')[2]) % 7 === 0;
}

// mulberry32: the same kills for the same seed, as far as the machine allows.
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
