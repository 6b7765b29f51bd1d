import { mongo } from 'mongoose';
import { openStore } from '../../../src/store/connection.js';
import { createMerging } from '../../../src/supporters/merge/merge-supporters.js';
import { openPeople } from '../../../src/supporters/open-people.js';

/** Merges two supporters and takes them apart again, over and over, until it is killed. */
async function main([dataDir = '', kept = '', merged = '', moment = '']: readonly string[]) {
  const store = await openStore({ dataDir, inProcess: true });
  const people = openPeople(store.connection, 'a secret');
  const merging = createMerging({ ...people, now: () => Date.now() });
  killAtCommit(moment);
  process.stdout.write('ready\n');
  for (;;) {
    const [open] = await people.merges.table.find({ undone_at: { $exists: false } });
    const { type } =
      open === undefined
        ? await merging.merge(kept, merged, { type: 'staff' })
        : await merging.unmerge(open._id);
    if (type !== 'done') throw new Error('It was refused.');
  }
}

/** Kills this very process, as kill -9 does, while its first transaction is being committed, or just then. */
function killAtCommit(moment: string): void {
  if (moment === 'at any time') return;
  const { prototype } = mongo.ClientSession;
  const commit: unknown = Reflect.get(prototype, 'commitTransaction');
  if (typeof commit !== 'function') throw new Error('The driver commits in another way.');
  Reflect.set(prototype, 'commitTransaction', async function killed(this: unknown) {
    const committing: unknown = Reflect.apply(commit, this, []);
    if (moment === 'once committed') await committing;
    process.kill(process.pid, 'SIGKILL');
  });
}

void main(process.argv.slice(2));
