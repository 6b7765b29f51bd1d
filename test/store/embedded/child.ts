import { writeSync } from 'node:fs';
import { openStore, type Store } from '../../../src/store/connection.js';
import { clientOf } from '../support.js';

/*
 * A process of its own for tests that kill processes:
 *   node --import tsx child.ts serve|command DATA_DIR    serves until its input ends
 *   node --import tsx child.ts write DATA_DIR ROUND      writes until it is killed
 * What is acknowledged is said at once, one JSON value a line.
 */
const [mode = '', dataDir = '', round = ''] = process.argv.slice(2);

function say(value: unknown): void {
  writeSync(1, `${JSON.stringify(value)}\n`);
}

async function serve(lasting: boolean): Promise<void> {
  const store = await openStore({ dataDir, lasting });
  say({ ready: true, owner: store.owner });
  process.stdin.resume();
  process.stdin.once('end', () => void store.close());
}

async function write(): Promise<void> {
  const store = await openStore({ dataDir });
  const db = clientOf(store).db('killed');
  const things = db.collection<{ _id: string; n: number; mark?: string }>('things');
  await things.createIndex({ n: 1 });
  await things.createIndex({ mark: 1 }, { unique: true, sparse: true });
  say({ ready: true, owner: store.owner });
  await Promise.all([
    ...[1, 2, 3, 4].map((client) => insertForever(store, client)),
    countForever(store),
    pairForever(store, 1),
    pairForever(store, 2),
  ]);
}

async function insertForever(store: Store, client: number): Promise<void> {
  const things = clientOf(store)
    .db('killed')
    .collection<{ _id: string; n: number; mark: string }>('things');
  for (let n = 0; ; n += 1) {
    const id = `${round}-${client}-${n}`;
    await things.insertOne({ _id: id, n, mark: id });
    say({ inserted: id });
    if (n % 3 === 0) {
      await things.updateOne({ _id: id }, { $set: { n: n + 1_000_000, mark: `${id}*` } });
      say({ updated: id, n: n + 1_000_000 });
    }
    if (n % 7 === 0) {
      await things.deleteOne({ _id: id });
      say({ deleted: id });
    }
  }
}

async function countForever(store: Store): Promise<void> {
  const counters = clientOf(store).db('killed').collection<{ _id: string; n: number }>('counters');
  for (let n = 1; ; n += 1) {
    await counters.updateOne({ _id: round }, { $inc: { n: 1 } }, { upsert: true });
    say({ counted: n });
  }
}

async function pairForever(store: Store, client: number): Promise<void> {
  const driver = clientOf(store);
  const db = driver.db('killed');
  for (let n = 0; ; n += 1) {
    const id = `${round}-${client}-${n}`;
    await driver.withSession((session) =>
      session.withTransaction(async () => {
        await db.collection<{ _id: string }>('left').insertOne({ _id: id }, { session });
        await db.collection<{ _id: string }>('right').insertOne({ _id: id }, { session });
      }),
    );
    say({ paired: id });
  }
}

async function main(): Promise<void> {
  if (mode === 'write') await write();
  else await serve(mode === 'serve');
}

void main();
