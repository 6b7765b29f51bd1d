import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/config.js';
import { compile } from '../../src/engine/compile.js';
import { createLog } from '../../src/log.js';
import { openTables, type Tables } from '../../src/program/open-tables.js';
import { wireFigures } from '../../src/program/wire-figures.js';
import { CANVASS_RESULTS } from '../../src/canvass/canvass-result.js';
import { openStore } from '../../src/store/connection.js';
import { gift, visit, vote } from '../../test/staff/figures.js';
import { supporter } from './measure/supporter.js';

/*
 * What the figures of the first page cost: at the first look ever, while somebody looks on, and after a
 * start, with the days of the past kept; beside what reading all of it would take.
 *
 *   npm run bench -- figures [supporters] [visits]
 */
const [given = '100000', more = '1000000'] = process.argv.slice(2);
const people = Number(given);
const visits = Number(more);
const DAY_MS = 86_400_000;
const DAYS = 30;
const NOW = Date.UTC(2032, 1, 20, 17);
const TOGETHER = 1_000;
const [OTHER] = CANVASS_RESULTS;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const store = await openStore({ dataDir, noSync: true });
  try {
    const tables = openTables(store.connection, 'a secret', () => NOW);
    await timed('written', () => seed(tables));
    await timed('all indexes built', async () => {
      for (const table of tables.indexed) await table.createIndexes();
      return '';
    });
    const first = open(tables);
    await timed('first look, nothing counted yet', () => look(first));
    await timed(`${DAYS} days counted`, async () => {
      while ((await first.days(DAYS)).isCounting);
      return look(first);
    });
    await timed('looked at again', () => look(first));
    await timed('how things stand, first', async () => (await first.standing()).at);
    await timed('how things stand, again', async () => (await first.standing()).at);
    await first.settle();
    const second = open(tables);
    await timed('first look after a start', () => look(second));
    await second.settle();
    await timed('for comparison: every visit read', async () => {
      let read = 0;
      const fields = ['at', 'result', 'undone_at'] as const;
      for await (const row of tables.canvass.visits.table.streamFields({}, fields)) {
        if (row) read += 1;
      }
      return `${read} visits`;
    });
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function open(tables: Tables) {
  const text = 'name: Valbrume\nlanguages: [fr]\ntimezone: Europe/Paris\ncountry: fr\n';
  const { campaign } = compile(
    { campaign: { path: 'flows/campaign.yaml', text }, flows: [], locales: [] },
    [],
  );
  return wireFigures({
    settings: readSettings({}, '/nonexistent'),
    tables,
    campaign: () => campaign,
    log: createLog('warn'),
    now: () => NOW,
  });
}

async function look(figures: ReturnType<typeof open>): Promise<string> {
  const { days } = await figures.days(DAYS);
  const sum = (figure: 'supporters' | 'visits' | 'turnout'): number =>
    days.reduce((total, { counts }) => total + counts[figure].total, 0);
  return `${days.length} days: ${sum('supporters')} people, ${sum('visits')} visits, ${sum('turnout')} votes`;
}

async function seed({ people: parts, canvass, donations, votes }: Tables): Promise<string> {
  const when = (index: number, of: number): Date =>
    new Date(NOW - Math.floor((index / of) * DAYS * DAY_MS));
  await inParts(
    people,
    (index) => {
      const at = when(index, people);
      const row = supporter(index, at.getTime());
      return {
        ...row,
        _id: `p${index}`,
        created_at: at,
        territory: 'metropole' as const,
        department: String((index % 90) + 1).padStart(2, '0'),
        ...(index % 3 === 0 ? { email_confirmed_at: at } : {}),
      };
    },
    parts.supporters.table.insertAll,
  );
  await inParts(
    people / 10,
    (index) =>
      gift(`g${index}`, `p${index}`, 2_500, when(index, people / 10).toISOString(), {
        gateway: 'sandbox',
        reach: { channel: 'web', address: '1' },
      }),
    donations.donations.insertAll,
  );
  await inParts(
    people / 4,
    (index) => vote(`p${index}`, new Date(NOW - (index % 10) * 3_600_000).toISOString()),
    votes.table.insertAll,
  );
  await inParts(
    visits,
    (index) =>
      visit(
        `v${index}`,
        when(index, visits).toISOString(),
        CANVASS_RESULTS[index % CANVASS_RESULTS.length] ?? OTHER,
        { turf: `t${index % 400}`, act: `a${index}`, outing: `o${index % 5_000}` },
      ),
    canvass.visits.table.insertAll,
  );
  return `${people} people, ${visits} visits`;
}

async function inParts<T>(
  amount: number,
  make: (index: number) => T,
  insertAll: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < amount; from += TOGETHER) {
    const size = Math.min(TOGETHER, amount - from);
    await insertAll(Array.from({ length: size }, (_, n) => make(from + n)));
  }
}

async function timed(name: string, work: () => Promise<string>): Promise<void> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const told = await work();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${name}: ${seconds.toFixed(3)} s, ${((user + system) / 1e6).toFixed(3)} s of CPU${told === '' ? '' : ` (${told})`}`,
  );
}

void main();
