import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../../src/engine/problem.js';
import { readSequence } from '../../../src/outreach/sequences/read-sequence.js';
import { readCampaign } from '../messages/sample.js';

const campaign = readCampaign();
const flows = new Map([
  ['donate', { purpose: 'donation', content: 'campaign' }],
  ['hello', { purpose: 'engagement', content: 'campaign' }],
] as const);
const read = (text: string) =>
  readSequence({ path: 'seq.yaml', text }, { campaign, flows, segments: new Set(['done']) });
const told = (text: string): string[] => read(text).problems.map((one) => formatProblem(one));

const WHOLE = `name: Welcome
start: { consent: engagement }
purpose: engagement
channels: [telegram, web]
leave: { answered: true, segment: done }
steps:
  - after: 2h
    words: { fr: Merci !, en: Thank you! }
  - after: { days: 3, time: "18:00" }
    flow: hello
    mode: skip
  - after: 1w
    content: neutral
    purpose: vote
    words: { fr: Votez., en: Vote. }
`;

describe('the file of a sequence', () => {
  test('becomes a sequence, whose steps take what they do not say from it', () => {
    expect(told(WHOLE)).toEqual([]);
    const says = (fr: string, en: string) => ({ type: 'words', words: { fr, en } });
    const shared = { channels: ['telegram', 'web'] };
    expect(read(WHOLE).sequence).toEqual({
      name: 'Welcome',
      start: { type: 'consent', purpose: 'engagement' },
      leave: { answered: true, segment: 'done' },
      steps: [
        {
          ...shared,
          purpose: 'engagement',
          content: 'campaign',
          after: { type: 'span', ms: 7_200_000 },
          mode: 'passive',
          says: says('Merci !', 'Thank you!'),
        },
        {
          ...shared,
          purpose: 'engagement',
          content: 'campaign',
          after: { type: 'day', days: 3, time: '18:00' },
          mode: 'skip',
          says: { type: 'flow', flow: 'hello' },
        },
        {
          ...shared,
          purpose: 'vote',
          content: 'neutral',
          after: { type: 'span', ms: 604_800_000 },
          mode: 'passive',
          says: says('Votez.', 'Vote.'),
        },
      ],
    });
  });

  test('begins with any of the events', () => {
    const start = (text: string) =>
      read(WHOLE.replace('{ consent: engagement }', text)).sequence?.start;
    expect(start('{ tag: pledged }')).toEqual({ type: 'tag', tag: 'pledged' });
    expect(start('{ field: fields.pledge, value: true }')).toEqual({
      type: 'field',
      field: 'fields.pledge',
      value: true,
    });
    expect(start('{ signup: completed }')).toEqual({ type: 'signup', state: 'completed' });
    expect(start('{ donation: any }')).toEqual({ type: 'donation' });
    expect(start('{ silent_days: 30 }')).toEqual({ type: 'silent', days: 30 });
  });

  test('is told all its mistakes at once, each with its place and cure', () => {
    const text = `name: Welcome
start: { consent: engagment, tag: x }
purpose: engagement
channels: [telegramme]
leave: { segment: don }
steps:
  - after: soon
    words: { fr: Merci }
  - flow: helo
  - after: 1h
    flow: donate
    mode: passive
  - after: { days: 1, time: "25:00" }
    words: { fr: "Bonjour {name}", en: Hi }
    mode: interrupt
    colour: red
`;
    const lines = told(text);
    expect(lines.map((line) => line.replace(/^seq.yaml:/, '').slice(0, 76))).toMatchInlineSnapshot(`
      [
        "2:8 error two-kinds  "start" names one of: consent, tag, field, signup, dona",
        "4:12 error wrong-type  "channels" cannot be "telegramme"; did you mean "tele",
        "5:19 error unknown-field  there is no segment "don"; did you mean "done"?",
        "7:12 error wrong-type  "after" must be a span such as 30m, 12h, 2d or 1w; it",
        "8:12 error missing-translation  the message has no words in en; add \`en:\` un",
        "9:5 error missing-key  the step has no "after"; add \`after:\` with a span suc",
        "9:11 error unknown-flow  there is no flow "helo" in force; did you mean "hel",
        "11:11 error wrong-type  "donate" is for donation, which needs a consent of i",
        "12:11 error wrong-type  a flow takes the conversation over; write \`mode: int",
        "13:29 error wrong-type  "time" must be a time such as "18:00"",
        "14:18 error unknown-icu-argument  "fr" names {name}, which is nothing here; ",
        "15:11 error wrong-type  words are said beside a conversation and interrupt n",
        "16:5 error unknown-key  a step has no "colour"; choose one of: after, mode, ",
      ]
    `);
    expect(read(text).sequence).toBeUndefined();
  });

  test('says so when it is empty or not YAML', () => {
    expect(told('')).toHaveLength(1);
    expect(told('name: [')).not.toEqual([]);
  });
});
