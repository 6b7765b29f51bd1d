import { describe, expect, test } from '@jest/globals';
import { factsAt } from '../../../src/engine/calendar/facts-at.js';
import { ballotsFor } from '../../../src/engine/calendar/calendar.js';
import { compile } from '../../../src/engine/compile.js';
import { sourcesOf } from '../sources.js';

const FLOW = `title: Hello
purpose: service
content: neutral
starts_on:
  - command: start
steps:
  - say: hello
    next: end
`;

function compiled(lines: string, country = 'fr') {
  const campaign = `name: Test\nlanguages: [en]\ntimezone: Europe/Paris\ncountry: ${country}\n${lines}`;
  return compile(
    sourcesOf({ campaign, flows: { hello: FLOW }, locales: { 'en/hello': 'hello: Hi\n' } }),
    [],
  );
}

function told(lines: string, country?: string): readonly string[] {
  return compiled(lines, country)
    .problems.filter(({ file }) => file.endsWith('campaign.yaml'))
    .map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
}

const NATIONAL = `election:
  name: { en: Vote }
  date: 2032-04-11
  second_round: 2032-04-25
  territories: all
`;

describe('the election in campaign.yaml', () => {
  test('knows both rounds of every territory of a national election', () => {
    const { calendar } = compiled(NATIONAL).campaign;
    expect(calendar.ballots.size).toBe(14);
    expect(
      ballotsFor(calendar, 'polynesie').map(({ opens }) => new Date(opens).toISOString()),
    ).toEqual(['2032-04-10T17:00:00.000Z', '2032-04-24T17:00:00.000Z']);
  });

  test('tells conditions of the ballot that is next where somebody votes', () => {
    const { campaign } = compiled(NATIONAL);
    const opens = (at: string, profile: { territory?: string; postal_code?: string }): unknown => {
      const { election } = factsAt(campaign, profile, Date.parse(at));
      return election;
    };
    const first = Date.parse('2032-04-11T08:00+02:00');
    expect(opens('2032-04-01T00:00Z', {})).toMatchObject({
      opens: Date.parse('2032-04-10T10:00Z'),
    });
    expect(opens('2032-04-01T00:00Z', { postal_code: '75011' })).toMatchObject({ opens: first });
    expect(opens('2032-04-12T00:00Z', { territory: 'metropole' })).toMatchObject({
      opens: Date.parse('2032-04-25T08:00+02:00'),
      closes: Date.parse('2032-04-25T20:00+02:00'),
      date: Date.parse('2032-04-25T00:00+02:00'),
    });
    expect(opens('2032-04-01T00:00Z', { postal_code: '97300' })).toMatchObject({
      opens: Date.parse('2032-04-10T08:00-03:00'),
    });
  });

  test.each([
    [
      'election: { name: { en: V }, date: 2032-04-11, second_round: 2032-04-11 }\n',
      '5:62 wrong-type the second round, 2032-04-11, is not after the first, 2032-04-11; write a later day',
    ],
    [
      'election: { name: { en: V }, date: 2032-04-11, territories: [metropol] }\n',
      '5:62 wrong-type "territories" cannot be "metropol"; did you mean "metropole"?',
    ],
    [
      'election: { name: { en: V }, date: 2032-04-11, silence: { days_before: two } }\n',
      '5:72 wrong-type "days_before" must be a number of days such as 1',
    ],
    [
      'quiet_hours: { from: "21:00" }\n',
      '5:14 missing-key "quiet_hours" must be `none`, or say `from:` and `to:` with two times, such as "21:00" and "08:00"',
    ],
  ])('is refused with its cure: %s', (lines, problem) => {
    expect(told(lines)).toEqual([problem]);
  });

  test('has no territories where the country has none that are known', () => {
    expect(
      told('election: { name: { en: V }, date: 2032-04-11, saturday: all }\n', 'none'),
    ).toEqual([
      '5:58 unknown-key "saturday" is for a country whose territories are known; set `country:` to fr or us, or take it away',
    ]);
  });

  test('may want no silence and no quiet hours', () => {
    const { calendar } = compiled(
      'quiet_hours: none\nelection: { name: { en: V }, date: 2032-04-11, silence: none }\n',
    ).campaign;
    expect(calendar.quietHours).toBeUndefined();
    expect(calendar.anywhere.map(({ silence }) => silence)).toEqual([undefined]);
  });
});
