import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../../src/engine/problem.js';
import { readMessage } from '../../../src/outreach/messages/read-message.js';
import { readCampaign } from './sample.js';

const campaign = readCampaign();
const flows = new Map([
  ['reminder', { purpose: 'vote', content: 'neutral' }],
  ['donate', { purpose: 'donation', content: 'campaign' }],
] as const);

const read = (text: string) =>
  readMessage({ path: 'message.yaml', text }, { campaign, flows, segments: new Set(['north']) });
const told = (text: string): string[] => read(text).problems.map((one) => formatProblem(one));

const WHOLE = `name: Reminder of the eve
purpose: vote
content: neutral
segment: north
words:
  fr: 'Bonjour{firstName, select, none {} other { {firstName}}} : on vote demain.'
  en: 'Hello: the vote is tomorrow.'
at: { days_before: 1, time: "18:00" }
channels: [telegram, web, email]
expires: 2032-03-14T20:00+01:00
urgent: true
frequency_cap: none
`;

describe('the file of a message', () => {
  test('becomes a message when it is whole', () => {
    expect(told(WHOLE)).toEqual([]);
    expect(read(WHOLE).message).toEqual({
      name: 'Reminder of the eve',
      purpose: 'vote',
      content: 'neutral',
      segment: 'north',
      says: {
        type: 'words',
        words: {
          fr: 'Bonjour{firstName, select, none {} other { {firstName}}} : on vote demain.',
          en: 'Hello: the vote is tomorrow.',
        },
      },
      at: { type: 'before', days: 1, time: '18:00', round: 1 },
      channels: ['telegram', 'web', 'email'],
      expires: { type: 'instant', at: Date.UTC(2032, 2, 14, 19) },
      urgent: true,
      frequencyCap: 'none',
    });
  });

  test('may start a flow in force instead', () => {
    const text = `name: a\npurpose: vote\ncontent: neutral\nflow: reminder\nat: 2032-03-01T10:00Z\nchannels: [web]\n`;
    expect(told(text)).toEqual([]);
    expect(read(text).message?.says).toEqual({ type: 'flow', flow: 'reminder' });
  });

  test('is told all its mistakes at once, each with its place and cure', () => {
    const text = `name: Gift
purpose: donations
segment: nort
words:
  fr: "Bonjour {firstname}, l'heure est {firstName}"
at: { days_before: one }
channels: [telegramme, fax]
expires: tomorrow
urgent: maybe
frequency_cap: { messages: 0 }
sujet: x
`;
    const problems = told(text);
    const expected = [
      /:2:10 error wrong-type {2}"purpose" .*donation/,
      /:3:10 error unknown-field .*"north"/,
      /:5:\d+ error missing-translation .* en; add `en:`/,
      /:5:7 error straight-apostrophe/,
      /:6:\d+ error missing-key {2}"at" is not whole/,
      /:6:\d+ error wrong-type {2}"days_before"/,
      /:7:12 error wrong-type .*telegram/,
      /:7:\d+ error wrong-type .*fax/,
      /:8:10 error wrong-type {2}"expires" must be an instant/,
      /:9:9 error wrong-type {2}"urgent"/,
      /:10:\d+ error missing-key {2}"frequency_cap" has no "days"/,
      /:10:\d+ error wrong-type {2}"messages"/,
      /:11:1 error unknown-key/,
    ];
    for (const pattern of expected) {
      expect(problems).toContainEqual(expect.stringMatching(pattern));
    }
    expect(read(text).message).toBeUndefined();
  });

  test('has words that name only what there is, with a branch for what may be unknown', () => {
    const text = WHOLE.replace("'Hello: the vote is tomorrow.'", "'Hi {firstName} {nom}'");
    expect(told(text)).toEqual([
      expect.stringMatching(/:7:7 error missing-none-branch .*\{firstName\}/),
      expect.stringMatching(/:7:7 error unknown-icu-argument .*\{nom\}/),
    ]);
  });

  test.each([
    ['Vote for Maëlle Corvisier', 'the name of the candidate'],
    ['Vote for {candidate}', 'the {candidate}'],
    ['Valbrume together!', 'the slogan'],
    ['See valbrume.example', 'a link to the campaign’s site'],
  ])('is not neutral when it says “%s”', (words, what) => {
    const text = WHOLE.replace('Hello: the vote is tomorrow.', words);
    expect(told(text)).toEqual([expect.stringContaining(`neutral-content  "en" has ${what}`)]);
  });

  test('is not neutral when it asks for donations or starts a flow of the campaign', () => {
    const text = `name: a\npurpose: donation\ncontent: neutral\nflow: donate\nat: 2032-03-01T10:00Z\nchannels: [web]\n`;
    expect(told(text)).toEqual([
      expect.stringMatching(/:3:10 error neutral-content/),
      expect.stringMatching(/:4:7 error neutral-content/),
    ]);
  });

  test('must be for what its flow is for, whose consent it needs', () => {
    const text = `name: a\npurpose: vote\nflow: donate\nat: 2032-03-01T10:00Z\nchannels: [web]\n`;
    expect(told(text)).toEqual([
      expect.stringMatching(/:3:7 error wrong-type .*purpose: donation/),
    ]);
  });

  test('cannot be longer than a channel shows', () => {
    const long = 'a'.repeat(4_050);
    const text = WHOLE.replace('Hello: the vote is tomorrow.', long);
    expect(told(text)).toEqual([expect.stringMatching(/:7:7 error text-too-long .*web chat/)]);
  });

  test('cannot count from a round that the campaign does not know', () => {
    const one = readCampaign(
      'name: a\nlanguages: [fr]\ncountry: fr\ntimezone: Europe/Paris\nelection: { name: { fr: x }, date: 2032-03-14 }\n',
    );
    const text = `name: a\npurpose: vote\nwords: { fr: x }\nat: { days_before: 1, time: "18:00", round: 2 }\nchannels: [web]\n`;
    const { problems } = readMessage({ path: 'm', text }, { campaign: one, flows });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('second_round'),
    ]);
  });
});
