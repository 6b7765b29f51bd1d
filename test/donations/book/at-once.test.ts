import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { giverOf } from '../../../src/donations/book/giver-of.js';
import { idIn, LEA, openDesk, type Desk } from '../desk.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

/** A process that stands ready to ask; `go` starts it, and answers how many pages it got. */
async function standReady(cents: number, times: number, ids: readonly string[]) {
  const script = join(__dirname, '..', 'ask-at-once.ts');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, desk.dataDir, String(cents), String(times), ...ids],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let said = '';
  const closed = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('ready')) resolve();
    });
  });
  return {
    async go(): Promise<number> {
      child.stdin.write('go\n');
      await closed;
      return Number(said.replace('ready', ''));
    },
  };
}

describe('two processes at once', () => {
  test('never find more room together than the law leaves, also under the ids of merged profiles', async () => {
    await desk.meet('lea');
    await desk.meet('lea-again');
    await desk.merging.merge('lea', 'lea-again', { type: 'staff' });
    const two = [
      await standReady(100_000, 6, ['lea', 'lea-again']),
      await standReady(100_000, 6, ['lea-again', 'lea']),
    ];
    const got = await Promise.all(two.map((one) => one.go()));
    expect(got.reduce((sum, count) => sum + count, 0)).toBe(4);
    const rows = await desk.tables.donations.find({});
    expect(rows).toHaveLength(4);
    expect(await desk.prompt.prompt(act('lea', 60_100))).toMatchObject({
      state: 'over_ceiling',
      left: 60_000,
    });
  }, 60_000);
});

let keys = 0;
function act(supporter: string, amount: number) {
  return {
    supporter,
    key: `k${(keys += 1)}`,
    with: { amount, eligible: true, own_money: true },
  };
}

describe('a gift of merged profiles', () => {
  test('goes with the address it was given at, should the merge be undone', async () => {
    await desk.meet('tom');
    await desk.meet('tom-phone');
    const merge = await desk.merging.merge('tom', 'tom-phone', { type: 'staff' });
    // He writes on from the address that the other profile had.
    const record = await desk.find('tom');
    if (record === undefined) throw new Error('Tom is lost.');
    const last = { channel: 'web', address: 'tom-phone-web' };
    await desk.people.supporters.save({ ...record, last });
    const id = idIn(await desk.prompt.prompt(act('tom', 5_000)));
    expect((await desk.tables.donations.get(id))?.supporter).toBe('tom-phone');
    await desk.settling.settle(
      { donation: id },
      { type: 'paid', cents: 5_000, currency: 'EUR', payment: 'pi' },
    );
    await desk.settleAll();
    expect((await desk.find('tom'))?.summary?.donations).toMatchObject({
      count: 1,
      totalCents: 5_000,
    });
    if (merge.type === 'done') await desk.merging.unmerge(merge.id);
    await desk.settleAll();
    expect((await desk.people.supporters.get('tom'))?.summary).toBeUndefined();
    expect((await desk.people.supporters.get('tom-phone'))?.summary?.donations).toMatchObject({
      count: 1,
    });
  });

  test('is of the profile itself where no merge tells of the address', () => {
    expect(giverOf('tom', { channel: 'web', address: 'x' }, [])).toBe('tom');
  });
});

test('a page that lapsed holds its amount anew when there is room, and else is paid no more', async () => {
  await desk.meet('zoe');
  const first = idIn(await desk.prompt.prompt(act('zoe', 400_000)));
  desk.clock.now += 31 * 60_000;
  const second = idIn(await desk.prompt.prompt(act('zoe', 100_000)));
  const attestation = { wording: 'I attest', language: 'en' };
  expect(await desk.begin(first, LEA, attestation)).toEqual({
    type: 'refused',
    rule: 'over_ceiling',
    leftCents: 360_000,
  });
  const begun = await desk.begin(second, LEA, attestation);
  expect(begun).toMatchObject({ type: 'go' });
  // Pressed twice, it leads to the same page.
  expect(await desk.begin(second, LEA, attestation)).toEqual(begun);
  desk.clock.now += 40 * 60_000;
  const session = (await desk.tables.donations.get(second))?.session ?? '';
  desk.says.set(session, { type: 'expired' });
  await desk.settling.reconcile();
  expect((await desk.tables.donations.get(second))?.state).toBe('expired');
  expect((await desk.tables.donations.get(first))?.state).toBe('expired');
  expect(await desk.begin(first, LEA, attestation)).toMatchObject({ type: 'go' });
  // Two pages of one gift may both be paid: what came is recorded, and what is too much told.
  for (const payment of ['pi_1', 'pi_2']) {
    const notice = { type: 'paid', cents: 400_000, currency: 'EUR', payment } as const;
    await desk.settling.settle({ donation: first, payment }, notice);
  }
  await desk.settleAll();
  const donors = await desk.tables.donors.find({ supporter: 'zoe' });
  expect(donors).toMatchObject([{ to_return_cents: 340_000 }]);
  expect(await desk.prompt.prompt(act('zoe', 100))).toMatchObject({
    state: 'over_ceiling',
    left: 0,
  });
  expect(desk.returned).toEqual([]);
});
