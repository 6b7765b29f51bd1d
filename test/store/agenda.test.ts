import { MongoBackend } from '@agendajs/mongo-backend';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { Agenda, type Job } from 'agenda';
import type { Db } from 'mongodb';
import { openHere } from './support.js';

let close: () => Promise<void>;
let db: Db;

beforeAll(async () => {
  const here = await openHere();
  close = () => here.close();
  db = here.client.db('jobs');
});
afterAll(() => close());

const running: Agenda[] = [];
afterEach(async () => {
  for (const agenda of running.splice(0)) await agenda.stop();
});

// A number: given as text, agenda takes milliseconds for seconds.
const processEvery = 50;

function createAgenda(): Agenda {
  // agenda looks after running jobs on timers of half this time, which outlive `stop`.
  const defaultLockLifetime = 1_000;
  const backend = new MongoBackend({ mongo: db });
  const agenda = new Agenda({ backend, processEvery, defaultLockLifetime });
  running.push(agenda);
  return agenda;
}

test('agenda runs jobs now, later, again and again, and once each', async () => {
  const agenda = createAgenda();
  const ran: string[] = [];
  const waiting: Array<() => void> = [];
  const until = async (enough: () => boolean): Promise<void> => {
    while (!enough()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const note = (name: string): void => {
    ran.push(name);
    for (const wake of waiting.splice(0)) wake();
  };
  agenda.define('greet', (job: Job<{ whom: string }>) => {
    note(job.attrs.data.whom);
  });
  agenda.define('tick', () => {
    note('tick');
  });
  await agenda.start();
  await agenda.now('greet', { whom: 'now' });
  await agenda.schedule(new Date(Date.now() + 100), 'greet', { whom: 'later' });
  await agenda.every(100, 'tick');
  await until(() => ran.filter((name) => name === 'tick').length >= 2 && ran.includes('later'));
  await agenda.drain();
  expect(ran.filter((name) => name === 'now')).toHaveLength(1);
  expect(ran.filter((name) => name === 'later')).toHaveLength(1);
  const names = await db.collection('agendaJobs').distinct('name');
  expect(names).toEqual(['greet', 'tick']);
});

test('two agendas share the jobs, each job for one of them', async () => {
  const agendas = [createAgenda(), createAgenda()];
  const ran: number[] = [];
  const jobs = 30;
  const all = new Promise<void>((resolve) => {
    for (const agenda of agendas) {
      agenda.define(
        'batch',
        (job: Job<{ n: number }>) => {
          ran.push(job.attrs.data.n);
          if (ran.length === jobs) resolve();
        },
        { lockLimit: 5, concurrency: 5 },
      );
    }
  });
  for (const agenda of agendas) await agenda.start();
  for (let n = 0; n < jobs; n += 1) await agendas[n % 2]?.now('batch', { n });
  await all;
  for (const agenda of agendas) await agenda.drain();
  expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: jobs }, (_, n) => n));
});

test('a failed job says so, and jobs can be cancelled', async () => {
  const agenda = createAgenda();
  const failed = new Promise<unknown>((resolve) => {
    agenda.on('fail:break', resolve);
  });
  agenda.define('break', () => {
    throw new Error('broken');
  });
  await agenda.start();
  await agenda.now('break', {});
  expect(await failed).toEqual(new Error('broken'));
  await agenda.drain();
  expect(await agenda.cancel({ name: 'break' })).toBe(1);
  expect(await db.collection('agendaJobs').findOne({ name: 'break' })).toBeNull();
});
