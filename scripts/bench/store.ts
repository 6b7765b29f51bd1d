import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Schema } from 'mongoose';
import { openStore } from '../../src/store/connection.js';

/*
 * What a conversation asks of the store: guarded updates of documents of 4 kB, small inserts, reads
 * by _id, from 16 clients at once, every write on disk before its answer.
 *
 *   node --import tsx scripts/bench/store.ts [seconds] [--no-sync]
 */
const CLIENTS = 16;
const SUPPORTERS = 2_000;
const seconds = Number(process.argv[2] ?? 4);
const noSync = process.argv.includes('--no-sync');

type Supporter = { _id: string; revision: number; seen: string[]; about: string };
type Entry = { _id: string; supporter: string; text: string };

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const mongodbUri = process.env['MONGODB_URI'];
  const store = await openStore({ dataDir, mongodbUri, noSync });
  const { connection } = store;
  const supporters = connection
    .model('supporters', new Schema<Supporter>({ _id: String }, { strict: false }))
    .collection.conn.collection<Supporter>('supporters');
  const journal = connection.collection<Entry>('journal');
  await journal.createIndex({ supporter: 1 });
  const about = 'x'.repeat(3_900);
  for (let from = 0; from < SUPPORTERS; from += 500) {
    await supporters.insertMany(
      Array.from({ length: 500 }, (_, at) => ({
        _id: `supporter-${from + at}`,
        revision: 0,
        seen: [],
        about,
      })),
    );
  }

  let entries = 0;
  const turn = async (client: number, count: number): Promise<number> => {
    const id = `supporter-${(client * 131 + count * 17) % SUPPORTERS}`;
    const found = await supporters.findOne({ _id: id });
    await supporters.updateOne(
      { _id: id, revision: found?.revision ?? 0 },
      {
        $set: { seen: [`message-${count}`] },
        $inc: { revision: 1 },
      },
    );
    await journal.insertMany(
      [1, 2].map((part) => ({
        _id: `${id}:${(entries += 1)}:${part}`,
        supporter: id,
        text: 'Bonjour, je voudrais aider samedi matin.',
      })),
    );
    await supporters.updateOne({ _id: id }, { $push: { seen: 'done' }, $inc: { revision: 1 } });
    await supporters.findOne({ _id: id });
    return 5;
  };

  // The first seconds are spent compiling.
  await measure('warming up', turn);
  await measure('whole turns (5 commands)', turn);
  await measure('guarded update, 4 kB', async (client, count) => {
    const id = `supporter-${(client * 131 + count * 17) % SUPPORTERS}`;
    await supporters.updateOne(
      { _id: id, revision: { $gte: 0 } },
      { $set: { seen: [`message-${count}`] }, $inc: { revision: 1 } },
    );
    return 1;
  });
  await measure('insertOne, small', async () => {
    entries += 1;
    await journal.insertOne({ _id: `j${entries}`, supporter: 'supporter-1', text: 'Bonjour' });
    return 1;
  });
  await measure('findOne by _id, 4 kB', async (client, count) => {
    await supporters.findOne({ _id: `supporter-${(client * 131 + count * 17) % SUPPORTERS}` });
    return 1;
  });
  const memory = process.memoryUsage();
  console.log(`memory: ${Math.round(memory.rss / 2 ** 20)} MB resident`);
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(
  name: string,
  work: (client: number, count: number) => Promise<number>,
): Promise<void> {
  let commands = 0;
  const began = performance.now();
  const cpu = process.cpuUsage();
  const end = began + seconds * 1000;
  const latencies: number[] = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let count = 0; performance.now() < end; count += 1) {
        const start = performance.now();
        const done = await work(client, count);
        latencies.push((performance.now() - start) / done);
        commands += done;
      }
    }),
  );
  const spent = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const p = (share: number): string =>
    (latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1);
  console.log(
    `${name}: ${Math.round((commands * 1000) / spent)} commands/s, ` +
      `${Math.round((user + system) / commands)} µs CPU each, ` +
      `median ${p(0.5)} ms, 99 % ${p(0.99)} ms`,
  );
}

void main();
