import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileSegment } from '../../src/outreach/segments/compile-segment.js';
import type { Group, Rule } from '../../src/outreach/segments/segment.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { supporter } from './measure/supporter.js';
import { ownMemory } from './measure/own-memory.js';

/*
 * What campaigns ask of many supporters at once: building all indexes on them, counting segments, and
 * reading some fields or all of everybody.
 *
 *   npm run bench -- supporters [how many] [--keep FOLDER]
 */
const [given = '100000', , kept] = process.argv.slice(2);
const people = Number(given);
const NOW = Date.UTC(2032, 1, 20, 9);

const rule = (field: string, operator: Rule['operator'], value = ''): Rule => ({
  field,
  operator,
  value,
});
const all = (...rules: readonly Rule[]): Group => ({ combinator: 'and', rules });

const SEGMENTS: Readonly<Record<string, Group>> = {
  everybody: all(),
  'one channel (67 %)': all(rule('reachable_on', 'contains', 'telegram')),
  'one language (20 %)': all(rule('language', '=', 'en')),
  'language and consent (20 %)': all(
    rule('language', '=', 'en'),
    rule('consents.engagement', '=', 'given'),
  ),
  'no index (0 %)': all(rule('preferences.topics', 'contains', 'housing')),
};

async function main(): Promise<void> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const store = await openStore({ dataDir, noSync: true });
  try {
    const { supporters } = openPeople(store.connection, 'secret');
    if ((await supporters.table.count({})) === 0) {
      await timed('written', async () => {
        for (let from = 0; from < people; from += 1_000) {
          const rows = Array.from({ length: Math.min(1_000, people - from) }, (_, n) =>
            supporter(from + n, NOW),
          );
          await supporters.table.insertAll(rows);
        }
        return people;
      });
    }
    await timed('all indexes built', async () => {
      await supporters.table.createIndexes();
      return people;
    });
    const terms = { fields: {}, languages: ['fr', 'en'], timezone: 'Europe/Paris' };
    for (const [name, segment] of Object.entries(SEGMENTS)) {
      const query = compileSegment(segment, new Date(NOW), terms);
      await timed(`counted: ${name}`, () => supporters.table.count(query));
    }
    await timed('five fields of everybody', async () => {
      let read = 0;
      const fields = ['consents_now', 'reachable_on', 'heard_at', 'territory', 'erasing'] as const;
      for await (const row of supporters.table.streamFields({}, fields)) if (row) read += 1;
      return read;
    });
    await timed('everybody whole', async () => {
      let read = 0;
      for await (const row of supporters.table.stream({})) if (row) read += 1;
      return read;
    });
  } finally {
    await store.close();
    if (kept === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function timed(name: string, work: () => Promise<number>): Promise<void> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const count = await work();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${name}: ${count}, ${seconds.toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of CPU, ` +
      `${Math.round(ownMemory())} MB`,
  );
}

void main();
