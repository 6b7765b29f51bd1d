import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Permit } from '../../../src/engine/calendar/permit.js';
import { FRENCH_TERRITORIES } from '../../../src/engine/calendar/territories.js';
import { tellInstant } from '../../../src/engine/calendar/wall-clock.js';
import { localBallot } from '../../../src/outreach/election-day/local-ballot.js';
import { remindAt } from '../../../src/outreach/election-day/remind-at.js';
import { CAMPAIGN_YAML, readCampaign } from '../messages/sample.js';

const campaign = readCampaign();

function told(place: { territory?: string; timezone?: string }, now: string, of = campaign) {
  const local = localBallot(of, place, Date.parse(now));
  if (local === undefined) return 'no ballot';
  const at = remindAt(of, local, Date.parse(now));
  return at === undefined ? 'never' : tellInstant(at, local.zone);
}

describe('when a plan is repeated', () => {
  test.each([
    ['the evening before', 'metropole', '2032-03-01T12:00Z', '2032-03-13T18:00:00+01:00'],
    [
      'on Friday where Saturday is the day',
      'guadeloupe',
      '2032-03-01T12:00Z',
      '2032-03-12T18:00:00-04:00',
    ],
    [
      'on the morning, for a plan of the eve',
      'metropole',
      '2032-03-13T18:30Z',
      '2032-03-14T08:00:00+01:00',
    ],
    [
      'on the morning, once quiet hours are over',
      'metropole',
      '2032-03-13T23:30Z',
      '2032-03-14T08:00:00+01:00',
    ],
    [
      'for the second round, after the first',
      'metropole',
      '2032-03-15T12:00Z',
      '2032-03-20T18:00:00+01:00',
    ],
    [
      'on the other side of the world',
      'nouvelle-caledonie',
      '2032-03-01T12:00Z',
      '2032-03-13T18:00:00+11:00',
    ],
  ])('%s', (_, territory, now, at) => {
    expect(told({ territory }, now)).toBe(at);
  });

  test('keeps to the clock of the place within a territory', () => {
    const place = { territory: 'polynesie', timezone: 'Pacific/Gambier' };
    expect(told(place, '2032-03-01T12:00Z')).toBe('2032-03-12T18:00:00-09:00');
  });

  test('says never on the day once stations are open, and knows of no ballot after the last', () => {
    expect(told({ territory: 'metropole' }, '2032-03-14T09:00Z')).toBe('never');
    expect(told({ territory: 'metropole' }, '2032-03-22T09:00Z')).toBe('no ballot');
  });

  test('comes before the silence where the campaign wants no reminders in it', () => {
    const strict = readCampaign(
      CAMPAIGN_YAML.replace(
        '  territories: all\n',
        '  territories: all\n  silence: { days_before: 1, ends: closing, reminders: none }\n',
      ),
    );
    expect(told({ territory: 'metropole' }, '2032-03-01T12:00Z', strict)).toBe(
      '2032-03-12T18:00:00+01:00',
    );
  });

  test('is lawful there, to come, and before stations close, wherever and whenever a plan is made', () => {
    const from = Date.parse('2032-02-20T00:00Z');
    const until = Date.parse('2032-03-22T23:00Z');
    fc.assert(
      fc.property(
        fc.constantFrom(undefined, ...Object.keys(FRENCH_TERRITORIES)),
        fc.integer({ min: from / 60_000, max: until / 60_000 }),
        (territory, minute) => {
          const now = minute * 60_000;
          const local = localBallot(campaign, territory === undefined ? {} : { territory }, now);
          const at = local === undefined ? undefined : remindAt(campaign, local, now);
          if (local === undefined || at === undefined) return;
          expect(at).toBeGreaterThanOrEqual(now);
          expect(at).toBeLessThan(local.ballot.closes);
          const leaving = { way: 'message', content: 'neutral', territory } as const;
          expect(Permit.ask(campaign.calendar, leaving, at).type).toBe('permit');
        },
      ),
      { numRuns: 300 },
    );
  });
});
