import type { Connection } from 'mongoose';
import { createFieldDesk } from '../../../src/canvass/field/field-desk.js';
import type { SupporterRecord } from '../../../src/supporters/record.js';
import { percentiles, writePercentiles } from '../measure/percentiles.js';
import { supporter } from '../measure/supporter.js';
import { openTown } from './write-town.js';

/** Volunteers, and doors that each of them does. */
const VOLUNTEERS = 40;
const DOORS = 12;

/** What volunteers do at the desk, one act after the other; prints CPU time, the store's with it, and how long each took. */
export async function measureNextDoor(connection: Connection): Promise<void> {
  const town = await openTown(connection);
  const people = new Map(
    Array.from({ length: VOLUNTEERS }, (_, n) => {
      const record = canvasser(n);
      return [record._id, record];
    }),
  );
  const desk = createFieldDesk({
    ...town,
    find: async (id) => people.get(id),
    approval: async () => 'approved',
    word: (_language, key) => key,
    links: { make: async () => '', wentOn: async () => new Set() },
    codePage: () => '',
    tellLeader: async () => undefined,
    now: () => Date.now(),
  });
  let acts = 0;
  const act = (id: string, given = {}) => ({ supporter: id, key: `${id}.${acts++}`, with: given });
  const take = createStopwatch();
  const next = createStopwatch();
  const report = createStopwatch();
  const undo = createStopwatch();
  for (const id of people.keys()) {
    await take.time(() => desk.takeTurf(act(id)));
    for (let n = 0; n < DOORS; n += 1) {
      const { door = '' } = await next.time(() => desk.nextDoor(act(id)));
      await report.time(() => desk.report(act(id, { door, result: 'not_home' })));
    }
    await undo.time(() => desk.undo(act(id)));
  }
  console.log('  ms                 CPU a time    p50    p95    p99  worst');
  for (const [name, { tell }] of Object.entries({
    'take a turf': take,
    'next door': next,
    report,
    undo,
  })) {
    console.log(`  ${name.padEnd(18)} ${tell()}`);
  }
}

function createStopwatch() {
  const took: number[] = [];
  let cpu = 0;
  return {
    async time<T>(work: () => Promise<T>): Promise<T> {
      const before = process.cpuUsage();
      const from = performance.now();
      const answer = await work();
      took.push(performance.now() - from);
      const { user, system } = process.cpuUsage(before);
      cpu += (user + system) / 1_000;
      return answer;
    },
    tell: () =>
      `${(cpu / took.length).toFixed(2).padStart(10)} ${writePercentiles(percentiles(took))}`,
  };
}

function canvasser(n: number): SupporterRecord {
  const record = supporter(n, Date.now());
  const [proof] = record.consents;
  if (proof === undefined) throw new Error('The sample supporter gave no consent.');
  return { ...record, consents: [{ ...proof, purpose: 'canvassing', given: true }] };
}
