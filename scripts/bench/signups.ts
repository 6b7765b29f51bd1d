import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecordWriter } from '../../src/conversation/record-writer.js';
import { createLog } from '../../src/log.js';
import { openStore, type Store } from '../../src/store/connection.js';
import { openTable } from '../../src/store/table.js';
import { consentsNow } from '../../src/supporters/consents-now.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { createRoleDesk } from '../../src/volunteers/role-desk.js';
import { createSettling } from '../../src/volunteers/settle-owed.js';
import type { Shift } from '../../src/volunteers/shift.js';
import { createShiftDesk } from '../../src/volunteers/shift-desk.js';
import { openVolunteers, type Volunteers } from '../../src/volunteers/volunteers.js';
import { readCampaign } from '../../test/outreach/messages/sample.js';
import { percentiles, writePercentiles } from './measure/percentiles.js';
import { supporter } from './measure/supporter.js';

/*
 * Signs people up for shifts through the handler of the action, on the embedded store with every write on
 * disk: spread over some shifts, then all for one. What follows from a signup (the reminders to come, the
 * count in the profile) is done within it. Beside it, for the ratio, one insert for each person.
 *
 *   npm run bench -- signups [people] [at once]
 */
const [peopleGiven = '2000', atOnceGiven = '32'] = process.argv.slice(2);
const people = Number(peopleGiven);
const atOnce = Number(atOnceGiven);
const SHIFTS = 40;
const PLACES = 500;
const DAY_MS = 86_400_000;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const store = await openStore({ dataDir });
  try {
    const at = openPeople(store.connection, 'secret');
    const volunteers = openVolunteers(store.connection);
    for (const table of [at.supporters.table, ...volunteers.indexed]) await table.createIndexes();
    const all = Array.from({ length: people }, (_, n) => volunteer(n));
    await at.supporters.table.insertAll(all);
    const spread = Array.from({ length: SHIFTS }, (_, n) => shift(`spread-${n}`));
    await volunteers.shifts.table.insertAll([...spread, shift('one')]);
    const { signUp, idle } = desk(at, volunteers);

    process.stdout.write(`${'ms:'.padStart(52)}    p50    p95    p99  worst\n`);
    const floor = await measure('one insert each', all, inserting(store));
    const over = await measure(`signed up over ${SHIFTS} shifts`, all, ({ _id }, n) =>
      signUp(_id, `spread-${n % SHIFTS}`),
    );
    const one = await measure(
      `signed up for one of ${PLACES} places`,
      all.slice(0, PLACES),
      (who) => signUp(who._id, 'one'),
    );
    await idle();
    process.stdout.write(
      `of the inserts: ${share(over, floor)} over many, ${share(one, floor)} for one\n`,
    );
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Does the work for everybody, some at once, and answers how many a second. */
async function measure(
  name: string,
  all: readonly SupporterRecord[],
  work: (who: SupporterRecord, n: number) => Promise<unknown>,
): Promise<number> {
  const took: number[] = [];
  let next = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let n = next++; n < all.length; n = next++) {
        const who = all[n];
        if (who === undefined) return;
        const from = performance.now();
        await work(who, n);
        took.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const rate = all.length / seconds;
  const each = (user + system) / all.length;
  process.stdout.write(
    `${name.padEnd(34)} ${rate.toFixed(0).padStart(6)}/s ${each.toFixed(0).padStart(6)} µs ${writePercentiles(percentiles(took))}\n`,
  );
  return rate;
}

function share(rate: number, floor: number): string {
  return `${((rate / floor) * 100).toFixed(0)} %`;
}

function inserting({ connection }: Store): (who: SupporterRecord, n: number) => Promise<unknown> {
  const table = openTable<{ readonly _id: string; readonly at: Date }>(connection, {
    name: 'bench',
    schema: { at: Date },
    indexes: [],
  });
  return ({ _id }) => table.insert({ _id, at: new Date() });
}

/** The desk as the program wires it, with supporters in the store. */
function desk({ supporters }: People, { shifts, roles, news }: Volunteers) {
  const now = (): number => Date.now();
  const report = (error: unknown): void => {
    throw error;
  };
  const writer = createRecordWriter({ supporters, owner: 'bench', log: createLog('warn'), now });
  const find = writer.read;
  const settling = createSettling({
    shifts,
    news,
    find,
    async change(id, change) {
      await writer.write(id, undefined, (before) => ({
        record: change(before),
        answer: undefined,
      }));
    },
    report,
    now,
  });
  const campaign = readCampaign();
  const made = createShiftDesk({
    shifts,
    settling,
    roles: createRoleDesk({ roles, news, find, now }),
    telling: { latest: async () => undefined },
    find,
    campaign: () => campaign,
    word: (_language, key) => key,
    calendarLink: () => '',
    now,
  });
  return {
    async signUp(id: string, name: string): Promise<void> {
      const act = { supporter: id, key: `${id} ${name}`, with: { shift: name } };
      const { state } = await made.signUp(act);
      if (state !== 'scheduled') throw new Error(`Signed up as ${JSON.stringify(state)}.`);
    },
    idle: settling.idle,
  };
}

function volunteer(n: number): SupporterRecord {
  const record = supporter(n, Date.now());
  const [proof] = record.consents;
  const agreed =
    proof === undefined ? [] : [{ ...proof, purpose: 'volunteering' as const, given: true }];
  const consents = [...record.consents, ...agreed];
  return { ...record, consents, consents_now: consentsNow(consents) };
}

function shift(name: string): Shift {
  const starts = new Date(Date.now() + 7 * DAY_MS);
  return {
    _id: name,
    revision: 1,
    state: 'open',
    title: { fr: 'Tracts au marché', en: 'Leaflets at the market' },
    task: 'leaflets',
    place: { name: 'Place du Lavoir', address: '3 place du Lavoir', lat: 48.1, lon: -1.7 },
    timezone: 'Europe/Paris',
    starts,
    ends: new Date(starts.getTime() + 3 * 3_600_000),
    capacity: PLACES,
    skills: [],
    languages: [],
    check_in: ['button'],
    code: '4711',
    signups: [],
    serial: 0,
    owed: [],
    at: new Date(),
  };
}

void main();
