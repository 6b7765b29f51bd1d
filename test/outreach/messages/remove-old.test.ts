import { expect, test } from '@jest/globals';
import { openDeliveries } from '../../../src/outreach/messages/deliveries.js';
import { newMessage, openMessages } from '../../../src/outreach/messages/messages.js';
import { removeOldDeliveries } from '../../../src/outreach/messages/remove-old.js';
import { openHere } from '../../store/support.js';
import { REMINDER } from './sample.js';

test('deliveries go when their message ended long enough ago, and the message stays', async () => {
  const { store, close } = await openHere();
  const messages = openMessages(store.connection);
  const deliveries = openDeliveries(store.connection);
  const at = new Date(1_000);
  for (const [id, ended] of [
    ['old', 1_000],
    ['new', 9_000],
  ] as const) {
    const ended_at = new Date(ended);
    await messages.table.insert({ ...newMessage(id, REMINDER, at), state: 'done', ended_at });
    for (const supporter of ['a', 'b']) {
      const about = { message: id, supporter, state: 'sent', channel: 'web', at } as const;
      await deliveries.table.insert({ _id: `${id}:${supporter}`, ...about });
    }
  }
  expect(await removeOldDeliveries(messages, deliveries, new Date(5_000))).toBe(2);
  expect(await removeOldDeliveries(messages, deliveries, new Date(5_000))).toBe(0);
  const left = await deliveries.table.find({}, { sort: { _id: 1 } });
  expect(left.map(({ _id }) => _id)).toEqual(['new:a', 'new:b']);
  expect(await messages.table.count({})).toBe(2);
  await close();
});
