import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  openDeliveries,
  type Deliveries,
  type DeliveryRow,
} from '../../../src/outreach/messages/deliveries.js';
import { heedStatus, withStatus } from '../../../src/outreach/messages/heed-status.js';
import { openHere } from '../../store/support.js';

const ROW: DeliveryRow = {
  _id: 'm:a',
  message: 'm',
  supporter: 'a',
  state: 'sent',
  channel: 'whatsapp',
  at: new Date(1),
  sent_as: 'whatsapp:33:w1',
};
const STATES = ['sent', 'delivered', 'read', 'failed'] as const;

let deliveries: Deliveries;
let close: () => Promise<void>;
beforeAll(async () => {
  const opened = await openHere();
  ({ close } = opened);
  deliveries = openDeliveries(opened.store.connection);
});
afterAll(() => close());

describe('what a network tells of a message', () => {
  test('is kept in its delivery, found by the id the network gave', async () => {
    await deliveries.table.insert(ROW);
    const about = { channel: 'whatsapp', address: '33', id: 'w1' };
    const at = new Date(2);
    expect(await heedStatus(deliveries, about, 'delivered', undefined, at)).toBe(true);
    expect(await deliveries.table.get('m:a')).toMatchObject({ state: 'delivered', at });
    const other = { ...about, id: 'w2' };
    expect(await heedStatus(deliveries, other, 'read', undefined, at)).toBe(false);
  });

  test('ends the same in whatever order it comes, unless it failed', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['sent', 'delivered', 'read'] as const), (told) => {
        let row = ROW;
        for (const state of [...told, ...told])
          row = withStatus(row, state, undefined, new Date(2));
        const furthest = STATES.findLast((state) => told.some((one) => one === state)) ?? 'sent';
        expect(row.state).toBe(furthest);
      }),
    );
  });

  test('fails only what did not arrive', () => {
    const failed = withStatus(ROW, 'failed', 'blocked', new Date(2));
    expect(failed).toMatchObject({ state: 'failed', reason: 'blocked' });
    const read = { ...ROW, state: 'read' } as const;
    expect(withStatus(read, 'failed', 'blocked', new Date(2))).toBe(read);
    expect(withStatus(failed, 'delivered', undefined, new Date(3))).toBe(failed);
  });
});
