import { describe, expect, test } from '@jest/globals';
import { NEW_SESSION } from '../../../../src/engine/session.js';
import {
  decideSend,
  type SendFacts,
} from '../../../../src/outreach/messages/dispatch/decide-send.js';
import type { MessageDefinition } from '../../../../src/outreach/messages/message.js';
import type { SupporterRecord } from '../../../../src/supporters/record.js';
import { withdrawConsents } from '../../../../src/supporters/withdraw-consents.js';
import { readCampaign, REMINDER, supporter } from '../sample.js';

const campaign = readCampaign();
const now = Date.UTC(2032, 2, 1, 11);
const ways = { on: new Set(['telegram', 'web']), windows: new Map<string, number>() };
const at = new Date(now - 86_400_000);

const rowOn = (channel: string, reachable = true) => ({
  _id: `${channel}:a-${channel}`,
  supporter: 'a',
  channel,
  address: `a-${channel}`,
  created_at: at,
  reachable,
});

function decide(
  facts: Partial<SendFacts> = {},
  definition: Partial<MessageDefinition> = {},
  when = now,
) {
  return decideSend(
    {
      delivery: {
        _id: 'm:a',
        message: 'm',
        supporter: 'a',
        state: 'planned',
        channel: 'telegram',
        at,
      },
      definition: { ...REMINDER, ...definition },
      record: supporter('a', ['telegram', 'web']),
      addresses: [rowOn('telegram'), rowOn('web')],
      isRepeated: false,
      isMeant: true,
      hasVoted: false,
      isCapped: false,
      optedOutAt: new Map(),
      ...facts,
    },
    campaign,
    ways,
    when,
  );
}
const person = (more: Partial<SupporterRecord>) => supporter('a', ['telegram', 'web'], more);
const skipped = (reason: string) => ({ type: 'end', state: 'skipped', reason });
const asking = (heard: number): SupporterRecord =>
  person({
    heard_at: new Date(heard),
    session: {
      ...NEW_SESSION,
      frames: [{ flow: 'welcome', version: '1', step: 'email', answers: {}, asked: 3 }],
    },
  });

describe('the moment before a send', () => {
  test('sends by the preferred channel where they are reached', () => {
    expect(decide()).toMatchObject({
      type: 'send',
      channel: 'telegram',
      address: 'a-telegram',
      asksAgain: false,
    });
  });

  test('falls back on the next channel, and fails when there is none', () => {
    const delivery = {
      _id: 'm:a',
      message: 'm',
      supporter: 'a',
      state: 'planned',
      channel: 'telegram',
      at,
      reason: 'blocked',
    } as const;
    const one = decide({ delivery: { ...delivery, tried: ['telegram'] } });
    expect(one).toMatchObject({ type: 'send', channel: 'web' });
    const none = decide({ delivery: { ...delivery, tried: ['telegram', 'web'] } });
    expect(none).toEqual({ type: 'end', state: 'failed', reason: 'blocked' });
  });

  test('obeys a STOP that came after the plan', () => {
    const proof = { wording: 'STOP', version: '', source: 'stop' };
    const record = withdrawConsents(supporter('a', ['web']), undefined, proof, at);
    expect(decide({ record })).toEqual(skipped('opted_out'));
  });

  test.each([
    ['gone', { record: undefined }],
    ['merged', { isRepeated: true }],
    ['segment', { isMeant: false }],
    ['voted', { hasVoted: true }],
    ['frequency_cap', { isCapped: true }],
    ['erasing', { record: person({ erasing: at }) }],
    ['no_consent', { record: person({ consents: [] }) }],
    ['unreachable', { addresses: [rowOn('telegram', false)] }],
  ] as const)('skips with the reason %s', (reason, facts) => {
    expect(decide(facts)).toEqual(skipped(reason));
  });

  test('skips who was erased there before, unless they agreed to something since', () => {
    const addresses = [rowOn('web')];
    const since = new Date(Date.UTC(2032, 0, 2));
    const before = new Date(Date.UTC(2031, 11, 31));
    const erased = (when: Date) => ({ addresses, optedOutAt: new Map([['web:a-web', when]]) });
    expect(decide(erased(since))).toEqual(skipped('opted_out'));
    expect(decide(erased(before))).toMatchObject({ type: 'send', channel: 'web' });
  });

  test('waits while the team has the conversation', () => {
    const handoff = { at, open: true, turn: 1, until: new Date(now + 1) } as const;
    expect(decide({ record: person({ handoff }) })).toEqual({
      type: 'wait',
      until: now + 600_000,
      reason: 'with_team',
    });
  });

  test('waits ten minutes at most for the answer to an open question, and then has it asked again', () => {
    const record = asking(now - 60_000);
    expect(decide({ record })).toEqual({
      type: 'wait',
      until: now + 540_000,
      reason: 'open_question',
    });
    expect(decide({ record: asking(now - 600_000) })).toMatchObject({
      type: 'send',
      asksAgain: true,
    });
    expect(decide({ record }, { urgent: true })).toMatchObject({ type: 'send', asksAgain: true });
    const flow = { type: 'flow', flow: 'reminder' } as const;
    expect(decide({ record }, { says: flow })).toMatchObject({ type: 'send', asksAgain: false });
  });

  test('asks the calendar where they vote, and waits or gives up', () => {
    const eve = Date.UTC(2032, 2, 13, 12);
    const record = person({ postal_code: '69001' });
    const pleading = { content: 'campaign' } as const;
    expect(decide({ record }, pleading, eve)).toMatchObject({ type: 'wait', reason: 'silence' });
    expect(decide({ record }, {}, eve)).toMatchObject({ type: 'send' });
    const night = Date.UTC(2032, 2, 1, 22);
    expect(decide({ record }, {}, night)).toEqual({
      type: 'wait',
      until: Date.UTC(2032, 2, 2, 7),
      reason: 'quiet-hours',
    });
    const expires = { type: 'instant', at: eve + 3_600_000 } as const;
    expect(decide({ record }, { ...pleading, expires }, eve)).toEqual(skipped('silence'));
  });

  test('skips what has expired, a reminder of the vote when the polls are closed', () => {
    const reminder = { type: 'before', days: 0, time: '17:00', round: 1 } as const;
    const record = person({ postal_code: '69001' });
    const closed = Date.UTC(2032, 2, 14, 19);
    expect(decide({ record }, { at: reminder }, closed - 1)).toMatchObject({ type: 'send' });
    expect(decide({ record }, { at: reminder }, closed)).toEqual(skipped('expired'));
  });
});
