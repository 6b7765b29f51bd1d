import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliveryId, openDeliveries } from '../../src/outreach/messages/deliveries.js';
import { listPeople } from '../../src/outreach/sequences/list-people.js';
import { createLiveCounts } from '../../src/outreach/sequences/live-counts.js';
import { stepMessage, type SequenceRow } from '../../src/outreach/sequences/sequences.js';
import { totalsOf } from '../../src/outreach/sequences/standing.js';
import { openStore } from '../../src/store/connection.js';

/*
 * What the console asks of a sequence that began for many: how many stand where, and who, a page at a time.
 *
 *   npm run bench -- sequences [how many]
 */
const people = Number(process.argv[2] ?? '100000');
const STEPS = 3;
const TIMES = 20;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-bench-'));
  const store = await openStore({ dataDir, noSync: true });
  try {
    const deliveries = openDeliveries(store.connection);
    const { table } = deliveries;
    await table.createIndexes();
    const at = new Date();
    for (let from = 0; from < people; from += 1_000) {
      await table.insertAll(
        Array.from({ length: Math.min(1_000, people - from) }, (_, n) => from + n).flatMap((n) =>
          Array.from({ length: STEPS }, (_step, step) => {
            const who = `p${`${n}`.padStart(8, '0')}`;
            const message = stepMessage('s', step);
            // A third is in it, a third answered after the first step, a third is at its end.
            const isIn = n % 3 === 0 && step > 0;
            const hasLeft = n % 3 === 1 && step > 0;
            return {
              _id: deliveryId(message, who),
              message,
              supporter: who,
              channel: 'telegram',
              at,
              state: isIn
                ? ('planned' as const)
                : hasLeft
                  ? ('skipped' as const)
                  : ('sent' as const),
              ...(hasLeft ? { reason: step === 1 ? 'left_answered' : 'left_before' } : {}),
            };
          }),
        ),
      );
    }

    const step = {
      after: { type: 'span', ms: 1 },
      purpose: 'engagement',
      content: 'campaign',
      mode: 'passive',
      channels: [],
      says: { type: 'words', words: {} },
    } as const;
    const row: Pick<SequenceRow, '_id' | 'definition'> = {
      _id: 's',
      definition: {
        name: 's',
        start: { type: 'donation' },
        leave: {},
        steps: Array.from({ length: STEPS }, () => step),
      },
    };
    const live = createLiveCounts(deliveries);
    await timed('how many stand where, counted', async () => {
      live.forget('s');
      return totalsOf(await live.of(row));
    });
    await timed('how many stand where, as it is told', async () => totalsOf(await live.of(row)));
    const after = `p${`${Math.floor(people / 2)}`.padStart(8, '0')}`;
    await timed('a page of people, from the middle', () =>
      listPeople(deliveries, row, { after, limit: 50 }),
    );
    await timed('a page of those who left', () =>
      listPeople(deliveries, row, { show: 'left', after, limit: 50 }),
    );
  } finally {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  await work();
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let n = 0; n < TIMES; n += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(cpu);
  times.sort((one, other) => one - other);
  const middle = times[Math.floor(times.length / 2)] ?? 0;
  console.log(
    `${name}: ${middle.toFixed(1)} ms in the median of ${TIMES}, ${((user + system) / TIMES / 1_000).toFixed(1)} ms of CPU`,
  );
}

void main();
