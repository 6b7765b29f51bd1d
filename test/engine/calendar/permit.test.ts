import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ballotsFor, type Calendar } from '../../../src/engine/calendar/calendar.js';
import { makeCalendar, TERRITORIES } from '../../../src/engine/calendar/make-calendar.js';
import {
  nextPermitted,
  Permit,
  type Content,
  type Way,
} from '../../../src/engine/calendar/permit.js';

const MINUTE = 60_000;
const ALL = Object.keys(TERRITORIES.fr);
const WAYS: readonly Way[] = [
  'reply',
  'message',
  'mail',
  'post',
  'webhook',
  'checkout',
  'turf',
  'publish',
];

/** A presidential election: every territory, two rounds, some voting on Saturday. */
const national = makeCalendar({
  country: 'fr',
  timezone: 'Europe/Paris',
  election: {
    dates: ['2032-04-11', '2032-04-25'],
    opens: '08:00',
    closes: '19:00',
    territories: ALL,
  },
});
/** The election of one town of the metropole. */
const local = makeCalendar({
  country: 'fr',
  timezone: 'Europe/Paris',
  election: { dates: ['2032-03-14', '2032-03-21'], opens: '08:00', closes: '20:00' },
});

function ask(calendar: Calendar, way: Way, content: Content, at: number, territory?: string) {
  const answer = Permit.ask(calendar, { way, content, territory }, at);
  return answer.type === 'permit' ? 'permit' : answer.rule;
}

/** First minute of the silence, as the law has it, by hand for each territory: the UTC instant. */
const BEGINS: Readonly<Record<string, string>> = {
  metropole: '2032-04-09T22:00Z',
  guadeloupe: '2032-04-09T04:00Z',
  martinique: '2032-04-09T04:00Z',
  guyane: '2032-04-09T03:00Z',
  'saint-pierre-et-miquelon': '2032-04-09T02:00Z',
  'saint-barthelemy': '2032-04-09T04:00Z',
  'saint-martin': '2032-04-09T04:00Z',
  polynesie: '2032-04-09T09:00Z',
  'abroad-americas': '2032-04-09T02:00Z',
  reunion: '2032-04-09T20:00Z',
  mayotte: '2032-04-09T21:00Z',
  'nouvelle-caledonie': '2032-04-09T13:00Z',
  'wallis-et-futuna': '2032-04-09T12:00Z',
  abroad: '2032-04-09T10:00Z',
};
/** The midnight after the Sunday on the last clock of each territory. */
const ENDS: Readonly<Record<string, string>> = {
  metropole: '2032-04-11T22:00Z',
  guadeloupe: '2032-04-12T04:00Z',
  martinique: '2032-04-12T04:00Z',
  guyane: '2032-04-12T03:00Z',
  'saint-pierre-et-miquelon': '2032-04-12T02:00Z',
  'saint-barthelemy': '2032-04-12T04:00Z',
  'saint-martin': '2032-04-12T04:00Z',
  polynesie: '2032-04-12T10:00Z',
  'abroad-americas': '2032-04-12T10:00Z',
  reunion: '2032-04-11T20:00Z',
  mayotte: '2032-04-11T21:00Z',
  'nouvelle-caledonie': '2032-04-11T13:00Z',
  'wallis-et-futuna': '2032-04-11T12:00Z',
  abroad: '2032-04-12T01:00Z',
};

describe('the election silence of France', () => {
  test.each(ALL)('holds from its first minute to its last in %s', (territory) => {
    const [from, until] = [BEGINS[territory], ENDS[territory]].map((text) =>
      Date.parse(text ?? ''),
    );
    if (from === undefined || until === undefined) throw new Error('An instant is missing.');
    for (const way of WAYS.filter((one) => !['post', 'publish', 'webhook'].includes(one))) {
      expect(ask(national, way, 'campaign', from, territory)).toBe('silence');
      expect(ask(national, way, 'campaign', until - 1, territory)).toBe('silence');
      if (way === 'message') continue;
      expect(ask(national, way, 'campaign', from - 1, territory)).toBe('permit');
      expect(ask(national, way, 'campaign', until, territory)).toBe('permit');
    }
  });

  test('holds everywhere for what everybody sees, and for whom nobody knows where they vote', () => {
    const from = Math.min(...Object.values(BEGINS).map(Date.parse));
    const until = Math.max(...Object.values(ENDS).map(Date.parse));
    for (const way of WAYS) {
      const territory = ['post', 'publish', 'webhook'].includes(way) ? 'metropole' : undefined;
      expect(ask(national, way, 'campaign', from, territory)).toBe('silence');
      expect(ask(national, way, 'campaign', until - 1, territory)).toBe('silence');
      if (way === 'message') continue;
      expect(ask(national, way, 'campaign', from - 1, territory)).toBe('permit');
      expect(ask(national, way, 'campaign', until, territory)).toBe('permit');
    }
  });

  test('is that of the town for a town, on Sunday, whoever writes', () => {
    const friday = Date.parse('2032-03-12T22:59:59Z');
    expect(ask(local, 'reply', 'campaign', friday)).toBe('permit');
    expect(ask(local, 'reply', 'campaign', friday + 1_000)).toBe('silence');
    expect(ask(local, 'reply', 'campaign', friday + 1_000, 'guadeloupe')).toBe('silence');
    expect(ask(local, 'reply', 'campaign', friday, 'guadeloupe')).toBe('permit');
    // Between the two rounds the campaign is open again, until the next eve.
    expect(ask(local, 'reply', 'campaign', Date.parse('2032-03-16T12:00Z'))).toBe('permit');
    expect(ask(local, 'reply', 'campaign', Date.parse('2032-03-20T12:00Z'))).toBe('silence');
  });

  test('lets what is owed to people out at any instant, and neutral answers too', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WAYS),
        fc.constantFrom(...ALL, undefined),
        fc.integer({
          min: Date.parse('2032-04-01T00:00Z'),
          max: Date.parse('2032-05-01T00:00Z'),
        }),
        (way, territory, at) => {
          expect(ask(national, way, 'service', at, territory)).toBe('permit');
          expect(ask(national, 'reply', 'neutral', at, territory)).toBe('permit');
        },
      ),
    );
  });

  test('refuses no minute around both rounds but those of the silence, in every territory', () => {
    for (const territory of [...ALL, undefined]) {
      const spans = ballotsFor(national, territory).flatMap(({ silence }) => silence ?? []);
      expect(spans).toHaveLength(2);
      const start = Date.parse('2032-04-07T00:00Z');
      for (let at = start; at < Date.parse('2032-04-29T00:00Z'); at += MINUTE) {
        const isSilent = spans.some(({ from, until }) => from <= at && at < until);
        const answer = Permit.ask(national, { way: 'reply', content: 'campaign', territory }, at);
        if ((answer.type === 'refused') !== isSilent) {
          throw new Error(`${territory} at ${new Date(at).toISOString()}`);
        }
      }
    }
  });

  test('names the rule, and when to ask again', () => {
    const at = Date.parse('2032-03-13T12:00Z');
    expect(Permit.ask(local, { way: 'checkout', content: 'campaign' }, at)).toEqual({
      type: 'refused',
      rule: 'silence',
      reason: 'Art. L.49 of the Electoral Code: election silence until 2032-03-14T23:00Z',
      until: Date.parse('2032-03-14T23:00Z'),
    });
  });
});

describe('reminders', () => {
  const message = (at: string, territory?: string) =>
    ask(local, 'message', 'neutral', Date.parse(at), territory);

  test('that are neutral go out in the silence until polling stations close', () => {
    expect(message('2032-03-13T17:00Z')).toBe('permit');
    expect(message('2032-03-14T18:59Z')).toBe('permit');
    expect(message('2032-03-14T19:00Z')).toBe('polls-closed');
    expect(message('2032-03-14T22:59Z')).toBe('polls-closed');
    expect(message('2032-03-15T12:00Z')).toBe('permit');
  });

  test('stay unsent during the silence where the campaign wants it so', () => {
    const strict = makeCalendar({
      country: 'fr',
      timezone: 'Europe/Paris',
      election: {
        dates: ['2032-03-14'],
        opens: '08:00',
        closes: '20:00',
        silence: { daysBefore: 1, ends: 'midnight', reminders: 'none' },
      },
    });
    const at = Date.parse('2032-03-13T17:00Z');
    expect(ask(strict, 'message', 'neutral', at)).toBe('silence');
    expect(ask(strict, 'reply', 'neutral', at)).toBe('permit');
  });
});

describe('quiet hours', () => {
  const american = makeCalendar({ country: 'us', timezone: 'America/New_York' });

  test('are kept where the person lives', () => {
    const at = Date.parse('2032-10-01T01:30Z'); // 21:30 in New York, 15:30 in Honolulu
    expect(ask(american, 'message', 'campaign', at, 'us-eastern')).toBe('quiet-hours');
    expect(ask(american, 'message', 'campaign', at, 'us-hawaii')).toBe('permit');
    expect(ask(american, 'reply', 'campaign', at, 'us-eastern')).toBe('permit');
    expect(
      nextPermitted(american, { way: 'message', content: 'campaign', territory: 'us-eastern' }, at),
    ).toBe(Date.parse('2032-10-01T12:00Z'));
  });

  test('are those of every clock for whom nobody knows where they live', () => {
    const before = Date.parse('2032-10-01T17:59Z');
    expect(ask(american, 'message', 'campaign', before)).toBe('quiet-hours');
    expect(ask(american, 'message', 'campaign', before + MINUTE)).toBe('permit');
    expect(ask(american, 'message', 'campaign', Date.parse('2032-10-02T00:59Z'))).toBe('permit');
    expect(ask(american, 'message', 'campaign', Date.parse('2032-10-02T01:00Z'))).toBe(
      'quiet-hours',
    );
  });

  test('end at an instant at which one may send', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL, undefined),
        fc.constantFrom<Content>('campaign', 'neutral'),
        fc.integer({
          min: Date.parse('2032-03-20T00:00Z'),
          max: Date.parse('2032-11-10T00:00Z'),
        }),
        (territory, content, at) => {
          const leaving = { way: 'message', content, territory } as const;
          const next = nextPermitted(national, leaving, at);
          if (next === undefined) throw new Error('Never.');
          expect(next).toBeGreaterThanOrEqual(at);
          expect(Permit.ask(national, leaving, next).type).toBe('permit');
          if (next > at) expect(Permit.ask(national, leaving, next - 1).type).toBe('refused');
        },
      ),
    );
  });

  test('are none where the campaign wants none', () => {
    const loud = makeCalendar({ country: 'us', timezone: 'UTC', quietHours: 'none' });
    expect(ask(loud, 'message', 'campaign', 0)).toBe('permit');
  });
});
