import { expect, test } from '@jest/globals';
import { awayMs, compare, type Evidence } from '../../src/rehearsal/compare.js';

const END = 100_000;

/** Two people on Telegram and one in web chat, who all got it in time. */
function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    promised: new Set(['a', 'b', 'c']),
    ownerOf: new Map([
      ['telegram:1', 'a'],
      ['telegram:2', 'b'],
      ['web:3', 'c'],
      ['web:1', 'a'],
      ['telegram:9', 'nobody'],
    ]),
    deliveries: [
      { supporter: 'a', channel: 'telegram', state: 'sent' },
      { supporter: 'b', channel: 'telegram', state: 'delivered' },
      { supporter: 'c', channel: 'web', state: 'sent' },
    ],
    accepted: [
      { channel: 'telegram', address: '1', at: 1 },
      { channel: 'telegram', address: '2', at: 2 },
      { channel: 'web', address: '3', at: 3 },
    ],
    plan: {
      telegram: { recipients: 2, endsAt: END },
      web: { recipients: 1, endsAt: END / 2 },
    },
    outages: [],
    ...more,
  };
}

test('finds nothing wrong where everybody got it once, in time', () => {
  expect(compare(evidence())).toMatchObject({
    planned: 3,
    sent: 3,
    unknown: 0,
    lost: 0,
    doubled: 0,
    late: 0,
    uninvited: 0,
    doubted: [],
    channels: { telegram: { planned: 2, sent: 2 }, web: { planned: 1, sent: 1 } },
  });
});

test('counts as lost what the program calls sent and no network took in', () => {
  const accepted = evidence().accepted.slice(1);
  expect(compare(evidence({ accepted }))).toMatchObject({ sent: 3, lost: 1 });
});

test('counts as lost whom the plan promised and nothing was made for', () => {
  const { deliveries, accepted } = evidence();
  const found = compare(evidence({ deliveries: deliveries.slice(1), accepted: accepted.slice(1) }));
  expect(found).toMatchObject({ sent: 2, lost: 1 });
});

test.each(['planned', 'sending'])('counts as lost what is still %s at the end', (state) => {
  const [, ...rest] = evidence().deliveries;
  const deliveries = [{ supporter: 'a', channel: 'telegram', state }, ...rest];
  const accepted = evidence().accepted.slice(1);
  expect(compare(evidence({ deliveries, accepted })).lost).toBe(1);
});

test('counts as lost who was given up although nothing stood in the way, and nobody else', () => {
  const [, ...rest] = evidence().deliveries;
  const deliveries = [{ supporter: 'a', channel: 'telegram', state: 'failed' }, ...rest];
  const accepted = evidence().accepted.slice(1);
  const given = evidence({ deliveries, accepted });
  expect(compare(given)).toMatchObject({ failed: 1, lost: 1 });
  const blocked = { ...given, promised: new Set(['b', 'c']) };
  expect(compare(blocked)).toMatchObject({ failed: 1, lost: 0 });
});

test('lists who is in doubt, and whether it arrived; doubt is no loss', () => {
  const deliveries = evidence().deliveries.map((one) => ({ ...one, state: 'unknown' }));
  const accepted = evidence().accepted.slice(1);
  const found = compare(evidence({ deliveries, accepted }));
  expect(found).toMatchObject({ unknown: 3, lost: 0 });
  expect(found.doubted.map(({ supporter, arrived }) => [supporter, arrived])).toEqual([
    ['a', false],
    ['b', true],
    ['c', true],
  ]);
});

test('counts every copy beyond the first, also on another channel of the same person', () => {
  const { accepted } = evidence();
  const again = [
    ...accepted,
    { channel: 'telegram', address: '2', at: 5 },
    { channel: 'web', address: '1', at: 6 },
  ] as const;
  expect(compare(evidence({ accepted: again }))).toMatchObject({
    doubled: 2,
    channels: { telegram: { doubled: 1 }, web: { doubled: 1 } },
  });
});

test('tells of those who never agreed and got it', () => {
  const accepted = [...evidence().accepted, { channel: 'telegram', address: '9', at: 1 }] as const;
  expect(compare(evidence({ accepted })).uninvited).toBe(1);
});

test('is late a minute after the end that was planned for its own channel', () => {
  const at = (ms: number) => [
    { channel: 'telegram', address: '1', at: 1 } as const,
    { channel: 'telegram', address: '2', at: ms } as const,
    { channel: 'web', address: '3', at: 1 } as const,
  ];
  expect(compare(evidence({ accepted: at(END + 60_000) })).late).toBe(0);
  expect(compare(evidence({ accepted: at(END + 60_001) })).late).toBe(1);
});

test('gives who could not be reached on one channel until the later end of those they are on', () => {
  const at = (ms: number) =>
    compare(evidence({ accepted: [{ channel: 'web', address: '1', at: ms }] })).late;
  expect(at(END + 60_000)).toBe(0);
  expect(at(END + 60_001)).toBe(1);
});

test('takes off what was away: processes of ours for all channels, a network for its own', () => {
  const accepted = [
    { channel: 'telegram', address: '1', at: END + 65_000 },
    { channel: 'telegram', address: '2', at: 2 },
    { channel: 'web', address: '3', at: END / 2 + 65_000 },
  ] as const;
  const away = (of: string) =>
    compare(evidence({ accepted, outages: [{ of, from: 10, until: 6_010 }] }));
  expect(away('worker-1').late).toBe(0);
  expect(away('telegram').channels).toMatchObject({ telegram: { late: 0 }, web: { late: 1 } });
  const after = [{ of: 'telegram', from: END + 70_000, until: END + 90_000 }];
  expect(compare(evidence({ accepted, outages: after })).late).toBe(2);
});

test('counts outages that overlap once, and of the last what was before', () => {
  const outages = [
    { from: 50, until: 80 },
    { from: 0, until: 30 },
    { from: 20, until: 60 },
    { from: 90, until: 200 },
  ];
  expect(awayMs(outages, 100)).toBe(90);
});
