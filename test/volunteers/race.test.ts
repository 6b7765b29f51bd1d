import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import type { Shift } from '../../src/volunteers/shift.js';
import { openVolunteers, type Volunteers } from '../../src/volunteers/volunteers.js';
import { openHere } from '../store/support.js';
import { sampleShift, volunteer } from './sample.js';

const PEOPLE = 200;
const PLACES = 10;

let dataDir: string;
let people: People;
let volunteers: Volunteers;
let close: () => Promise<void>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close, dataDir } = opened);
  const { connection } = opened.store;
  people = openPeople(connection, 'secret');
  volunteers = openVolunteers(connection);
  for (const table of [people.supporters.table, ...volunteers.indexed]) await table.createIndexes();
  await volunteers.shifts.table.insert(sampleShift({ capacity: PLACES }));
  const all = numbered(0, PEOPLE).map((id) => volunteer(id, { revision: 1 }));
  await people.supporters.table.insertAll(all);
});
afterEach(() => close());

/** A process of its own at work on the shift, and what it said so far. */
function start(how: 'sign_up' | 'cancel', who: readonly string[]) {
  const script = join(__dirname, 'act-on-shifts.ts');
  const args = ['--import', 'tsx', script, dataDir, how, ...who];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (more: Buffer) => (text += more.toString()));
  const lines = (): string[] => text.split('\n').filter((line) => line !== '');
  return { child, lines, over: once(child, 'close') };
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `p${from + n}`);

async function shift(): Promise<Shift> {
  const found = await volunteers.shifts.table.get('market');
  if (found === undefined) throw new Error('The shift is gone.');
  return found;
}
const inState = ({ signups }: Shift, state: string): string[] =>
  signups.filter((one) => one.state === state).map(({ supporter }) => supporter);

test('200 people race for 10 places from two processes, one of which is killed: ten have one, the rest wait in order; ten who give theirs back move exactly ten up, each told once', async () => {
  const others = numbered(100, PEOPLE);
  const killed = start('sign_up', others);
  const other = start('sign_up', numbered(0, 100));
  while ((await shift()).signups.every(({ supporter }) => !others.includes(supporter))) {
    await sleep(1);
  }
  killed.child.kill('SIGKILL');
  await Promise.all([killed.over, other.over]);
  // What was not answered is done again, under the same keys.
  const again = start('sign_up', others);
  await again.over;
  const full = await shift();
  expect(new Set(full.signups.map(({ supporter }) => supporter)).size).toBe(PEOPLE);
  const [placed, waiting] = [inState(full, 'scheduled'), inState(full, 'invited')];
  expect([placed.length, waiting.length]).toEqual([PLACES, PEOPLE - PLACES]);
  // Whoever was told of a place has it, whoever was told to wait does, also by the process that was killed.
  for (const line of [...killed.lines(), ...other.lines(), ...again.lines()]) {
    const [who = '', state = ''] = line.split(' ');
    if (state !== '') expect(inState(full, JSON.parse(state))).toContain(who);
  }

  const leaving = [placed.slice(0, 5), placed.slice(5)].map((who) => start('cancel', who));
  await Promise.all(leaving.map(({ over }) => over));
  const after = await shift();
  expect(inState(after, 'scheduled')).toEqual(waiting.slice(0, PLACES));
  expect(inState(after, 'declined').toSorted()).toEqual(placed.toSorted());

  const told = leaving.flatMap(({ lines }) => lines().filter((line) => line.startsWith('told')));
  expect(told.toSorted()).toEqual(
    waiting
      .slice(0, PLACES)
      .map((one) => `told ${one}`)
      .toSorted(),
  );
  // The profiles say the same.
  for (const state of ['scheduled', 'invited', 'declined']) {
    // Whatever the process that was killed left undone is done by now.
    const counted = await people.supporters.table.find({ [`summary.signups.${state}`]: 1 });
    expect(counted.map(({ _id }) => _id).toSorted()).toEqual(inState(after, state).toSorted());
  }
}, 120_000);
