import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  openDeliveries,
  type Deliveries,
  type DeliveryRow,
} from '../../../../src/outreach/messages/deliveries.js';
import { openClaims, type Claims } from '../../../../src/outreach/messages/dispatch/claims.js';
import { openHere } from '../../../store/support.js';

let deliveries: Deliveries;
let close: () => Promise<void>;
let claims: Claims;
/** So many writes fail yet, before they are made or after. */
let failures: number;
let isMade: boolean;
const now = (): number => Date.now();

beforeEach(async () => {
  const opened = await openHere();
  ({ close } = opened);
  deliveries = openDeliveries(opened.store.connection);
  failures = 0;
  isMade = false;
  const { table } = deliveries;
  const shaky: Deliveries['table'] = {
    ...table,
    async replaceAllIf(writes) {
      if (failures === 0) return table.replaceAllIf(writes);
      failures -= 1;
      if (isMade) await table.replaceAllIf(writes);
      throw new Error('The store is away.');
    },
  };
  claims = openClaims({ table: shaky }, 'here', () => false, now);
  const at = new Date(now() - 1_000);
  await table.insertAll([
    { _id: 'm:a', message: 'm', supporter: 'a', state: 'planned', channel: 'telegram', at },
  ]);
});
afterEach(() => close());

async function taken(): Promise<DeliveryRow> {
  const [row] = await claims.take('m', 'telegram', 10);
  if (row === undefined) throw new Error('Nothing was taken.');
  return row;
}

test.each([false, true])(
  'what became of a send is written once the store is back (its write was made: %s)',
  async (made) => {
    const row = await taken();
    expect(await claims.mark({ ...row, state: 'sending' })).toBe(true);
    [failures, isMade] = [2, made];
    const { claim = '', ...rest } = row;
    await claims.finish(claim, { ...rest, state: 'sent' });
    expect(await deliveries.table.get('m:a')).toMatchObject({ state: 'sent' });
  },
);

test.each([false, true])(
  'a delivery is marked once the store is back, and still ours (its write was made: %s)',
  async (made) => {
    const row = await taken();
    [failures, isMade] = [1, made];
    expect(await claims.mark({ ...row, state: 'sending' })).toBe(true);
    expect(await deliveries.table.get('m:a')).toMatchObject({ state: 'sending' });
  },
);

test('what cannot be given back is held on to no more: its claim runs out', async () => {
  const row = await taken();
  failures = 1;
  await expect(claims.giveBack([row])).rejects.toThrow('away');
  const before = await deliveries.table.get('m:a');
  await claims.prolong();
  expect(claims.endOf('m:a')).toBe(-Infinity);
  expect(await deliveries.table.get('m:a')).toEqual(before);
});
