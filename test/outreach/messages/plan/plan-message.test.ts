import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  deliveryId,
  openDeliveries,
  type Deliveries,
} from '../../../../src/outreach/messages/deliveries.js';
import {
  newMessage,
  openMessages,
  type Messages,
} from '../../../../src/outreach/messages/messages.js';
import { planMessage } from '../../../../src/outreach/messages/plan/plan-message.js';
import { describePlan } from '../../../../src/outreach/messages/plan/describe-plan.js';
import { consentsNow } from '../../../../src/supporters/consents-now.js';
import { openPeople, type People } from '../../../../src/supporters/open-people.js';
import { openHere } from '../../../store/support.js';
import { readCampaign, REMINDER, supporter } from '../sample.js';

const now = Date.UTC(2032, 2, 1, 8);
const campaign = readCampaign();

let people: People;
let messages: Messages;
let deliveries: Deliveries;
let close: () => Promise<void>;
beforeAll(async () => {
  const opened = await openHere();
  ({ close } = opened);
  people = openPeople(opened.store.connection, 'a secret');
  messages = openMessages(opened.store.connection);
  deliveries = openDeliveries(opened.store.connection);
  const said = (...about: Parameters<typeof consentsNow>[0]) => ({
    consents_now: consentsNow(about),
  });
  const yes = { purpose: 'vote', given: true } as const;
  await people.supporters.table.insertAll([
    supporter('a', ['telegram', 'web']),
    supporter('b', ['web']),
    supporter('c', []),
    supporter('d', ['whatsapp']),
    supporter('e', ['web'], said()),
    supporter('f', ['web'], said(yes, { purpose: 'vote', given: false })),
    supporter(
      'g',
      ['telegram', 'web'],
      said(yes, { purpose: 'vote', channel: 'telegram', given: false }),
    ),
    supporter('h', ['web'], { erasing: new Date(now) }),
    supporter('i', ['telegram'], {
      handoff: { at: new Date(now), open: true, turn: 1, until: new Date(now + 1) },
    }),
    supporter('j', ['telegram']),
    supporter('k', ['telegram'], { heard_at: new Date(now - 2 * 86_400_000) }),
  ]);
});
afterAll(() => close());

const plan = (more: Partial<typeof REMINDER> = {}, windows = new Map<string, number>()) =>
  planMessage(
    { id: 'now', definition: { ...REMINDER, ...more } },
    {
      ...people,
      messages,
      deliveries,
      campaign,
      ways: { on: new Set(['telegram', 'web']), windows },
      rates: new Map([
        ['telegram', 30],
        ['web', 500],
      ]),
      audience: { query: async () => ({}) },
      now: () => now,
    },
  );

describe('planning a message', () => {
  test('counts who gets it by which channel, and why others do not', async () => {
    const planned = await plan();
    expect(planned.channels).toMatchObject({
      telegram: { recipients: 3 },
      web: { recipients: 2 },
    });
    expect(planned.recipients).toBe(5);
    expect(planned.cannot).toEqual({
      unreachable: 2,
      no_consent: 1,
      opted_out: 1,
      erasing: 1,
      with_team: 1,
    });
    expect(describePlan(planned, 'Europe/Paris')).toBe(
      [
        '3 on Telegram at 30/s begins 2032-03-01 11:00:00 and ends 2032-03-01 11:00:00',
        '2 on web chat at 500/s begins 2032-03-01 11:00:00 and ends 2032-03-01 11:00:00',
        '6 cannot be reached:',
        '  1 want no such messages any more',
        '  1 never agreed to them',
        '  2 cannot be reached on these channels',
        '  1 are talking with a person of the team',
        '  1 are being erased',
      ].join('\n'),
    );
  });

  test('leaves out who is only on a channel that is off, or whose window is closed', async () => {
    const windows = new Map([['telegram', 86_400_000]]);
    const planned = await plan({ channels: ['whatsapp', 'telegram'] }, windows);
    expect(planned.cannot).toMatchObject({ channel_off: 1, window_closed: 3 });
    expect(planned.recipients).toBe(0);
  });

  test('leaves out who had as many messages lately as they may get', async () => {
    const at = new Date(now - 3_600_000);
    for (const [index, message] of ['m1', 'm2', 'm3'].entries()) {
      await messages.table.insert({
        ...newMessage(message, REMINDER, at),
        state: 'done',
        ended_at: at,
      });
      for (const one of ['a', 'b', 'j']) {
        const isSent = one === 'a' || (one === 'b' && index > 0);
        await deliveries.table.insert({
          _id: deliveryId(message, one),
          message,
          supporter: one,
          state: isSent ? 'sent' : 'skipped',
          channel: 'telegram',
          at: one === 'b' && index === 2 ? new Date(now - 8 * 86_400_000) : at,
        });
      }
    }
    expect((await plan()).cannot).toMatchObject({ frequency_cap: 1 });
    const twice = await plan({ frequencyCap: { messages: 1, days: 7 } });
    expect(twice.cannot).toMatchObject({ frequency_cap: 2 });
    expect((await plan({ frequencyCap: 'none' })).cannot).not.toHaveProperty('frequency_cap');
  });
});
