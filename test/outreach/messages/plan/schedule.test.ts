import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Permit } from '../../../../src/engine/calendar/permit.js';
import { openSpans } from '../../../../src/outreach/messages/plan/open-spans.js';
import { runChannel, type Group } from '../../../../src/outreach/messages/plan/run-channel.js';
import { schedule } from '../../../../src/outreach/messages/plan/schedule.js';
import type { MessageDefinition } from '../../../../src/outreach/messages/message.js';
import { readCampaign, REMINDER } from '../sample.js';

const campaign = readCampaign();
const HOUR_MS = 3_600_000;
const RATES = new Map([
  ['telegram', 30],
  ['web', 500],
]);
const paris = (text: string): number => Date.parse(`${text}+01:00`);

const plan = (
  more: Partial<MessageDefinition>,
  people: number,
  territory: string | undefined = 'metropole',
  now = paris('2032-03-01T08:00'),
) =>
  schedule(
    { ...REMINDER, ...more },
    [{ channel: 'telegram', territory, people }],
    campaign,
    RATES,
    now,
  );

describe('the schedule of a message', () => {
  test('ends when the rate of its channel has it', () => {
    const at = { type: 'instant', at: paris('2032-03-01T16:00') } as const;
    expect(plan({ at }, 212_400)).toEqual({
      channels: {
        telegram: {
          recipients: 212_400,
          rate: 30,
          start: paris('2032-03-01T16:00'),
          end: paris('2032-03-01T17:58'),
        },
      },
      start: paris('2032-03-01T16:00'),
      end: paris('2032-03-01T17:58'),
      late: {},
    });
  });

  test('waits for what other messages have still to send on the channel', () => {
    const at = { type: 'instant', at: paris('2032-03-01T16:00') } as const;
    const { channels } = schedule(
      { ...REMINDER, at },
      [{ channel: 'telegram', territory: 'metropole', people: 54_000 }],
      campaign,
      RATES,
      paris('2032-03-01T15:00'),
      [
        { channel: 'telegram', people: 162_000, due: paris('2032-03-01T15:00') },
        { channel: 'web', people: 9_000_000, due: paris('2032-03-01T15:00') },
      ],
    );
    expect(channels['telegram']).toMatchObject({
      recipients: 54_000,
      start: paris('2032-03-01T16:30'),
      end: paris('2032-03-01T17:00'),
    });
  });

  test('goes on after the quiet hours', () => {
    const at = { type: 'instant', at: paris('2032-03-01T20:00') } as const;
    expect(plan({ at }, 2 * 108_000).end).toBe(paris('2032-03-02T09:00'));
  });

  test('counts days before the election where people vote, on their clocks', () => {
    const at = { type: 'before', days: 1, time: '18:00', round: 1 } as const;
    // Saturday voters have their eve on Friday.
    expect(plan({ at }, 30, 'martinique').start).toBe(Date.parse('2032-03-12T18:00-04:00'));
    expect(plan({ at }, 30, 'reunion').start).toBe(Date.parse('2032-03-13T18:00+04:00'));
    expect(plan({ at }, 30).start).toBe(paris('2032-03-13T18:00'));
    expect(plan({ at: { ...at, round: 2 } }, 30).start).toBe(paris('2032-03-20T18:00'));
  });

  test('says what the silence would catch, and proposes the latest start at which nothing is', () => {
    const at = { type: 'instant', at: paris('2032-03-12T20:00') } as const;
    const { late, latestSafeStart } = plan({ at, content: 'campaign' }, 2 * 108_000);
    expect(late).toEqual({ silence: 108_000 });
    // Two hours of sending; quiet hours begin at nine in the evening, and the silence is next.
    expect(latestSafeStart).toBe(paris('2032-03-12T19:00'));
  });

  test('lets neutral words out until polling stations close, and nothing after', () => {
    const at = { type: 'instant', at: paris('2032-03-14T19:00') } as const;
    expect(plan({ at }, 108_000).late).toEqual({});
    expect(plan({ at }, 108_001).late).toEqual({ 'polls-closed': 1 });
    const late = { type: 'instant', at: paris('2032-03-14T20:30') } as const;
    expect(plan({ at: late }, 5).late).toEqual({ 'polls-closed': 5 });
  });

  test('holds to the widest silence whoever votes nobody knows where', () => {
    const at = { type: 'instant', at: paris('2032-03-12T10:00') } as const;
    expect(plan({ at, content: 'campaign' }, 5, 'metropole').late).toEqual({});
    expect(plan({ at, content: 'campaign' }, 5, 'nowhere').late).toEqual({ silence: 5 });
  });

  test('refuses what expires first', () => {
    const at = { type: 'instant', at: paris('2032-03-01T16:00') } as const;
    const expires = { type: 'instant', at: paris('2032-03-01T17:00') } as const;
    const { late, latestSafeStart } = plan({ at, expires }, 108_000 + 54_000);
    expect(late).toEqual({ expired: 54_000 });
    expect(latestSafeStart).toBe(paris('2032-03-01T15:30'));
  });

  test('refuses what is planned while the silence holds already', () => {
    const at = { type: 'instant', at: paris('2032-03-01T16:00') } as const;
    const inside = paris('2032-03-13T12:00');
    expect(plan({ at, content: 'campaign' }, 5, 'metropole', inside).late).toEqual({ silence: 5 });
  });

  test('is open exactly when the calendar lets something out', () => {
    const territories = [...campaign.calendar.ballots.keys(), 'nowhere'];
    fc.assert(
      fc.property(
        fc.constantFrom(...territories),
        fc.constantFrom('campaign' as const, 'neutral' as const),
        fc.integer({ min: 0, max: 30 * 24 * 60 }),
        (territory, content, minutes) => {
          const from = paris('2032-03-01T00:00');
          const leaving = { way: 'message', content, territory } as const;
          const spans = openSpans(campaign.calendar, leaving, {
            from,
            until: from + 720 * HOUR_MS,
          });
          const at = from + minutes * 60_000;
          const isOpen = spans.some((span) => span.from <= at && at < span.until);
          const permit = Permit.ask(campaign.calendar, leaving, at);
          if (at < from + 720 * HOUR_MS) expect(isOpen).toBe(permit.type === 'permit');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('serves or gives up each person once, and never more in a span than the rate allows', () => {
    const span = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 50 }));
    const group = fc.record({
      people: fc.integer({ min: 1, max: 5_000 }),
      due: fc.nat(200_000),
      expires: fc.nat(400_000),
      spans: fc.array(span, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 5 }), (groups) => {
        const made = groups.map(({ people, due, expires, spans }): Group => {
          let at = 0;
          const open = spans.map(([gap, length]) => {
            const from = at + gap * 1_000;
            at = from + length * 1_000;
            return { from, until: at, rule: 'quiet-hours' as const };
          });
          return { people, due, expires, open };
        });
        const { served, late } = runChannel(made, 30, 0);
        const all = made.reduce((sum, { people }) => sum + people, 0);
        const lost = Object.values(late).reduce((sum, people) => sum + people, 0);
        expect(lost).toBeLessThanOrEqual(all);
        if (lost === all) expect(served).toBeUndefined();
        else {
          const most = ((served?.end ?? 0) - (served?.start ?? 0)) * 0.03;
          expect(all - lost).toBeLessThanOrEqual(most + 1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });
});
