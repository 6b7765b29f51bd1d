import { describe, expect, test } from '@jest/globals';
import { readActivity } from '../../../src/channels/webchat/read-activity.js';
import { writeActivity, writeEcho } from '../../../src/channels/webchat/write-activity.js';

const AT = Date.UTC(2030, 0, 1, 12);
const sender = { conversation: 'c1', bot: { id: 'portevoix', name: 'Campagne' } };
const words = { id: '3.1', at: AT, type: 'text', text: 'Bonjour', language: 'fr' } as const;

test('words become a message of the bot', () => {
  expect(writeActivity(words, sender)).toEqual({
    type: 'message',
    id: 'c1|3.1',
    timestamp: '2030-01-01T12:00:00.000Z',
    channelId: 'directline',
    conversation: { id: 'c1' },
    from: { id: 'portevoix', name: 'Campagne', role: 'bot' },
    locale: 'fr',
    text: 'Bonjour',
    textFormat: 'plain',
    inputHint: 'acceptingInput',
  });
});

const question = {
  turn: 3,
  answer: 'choices',
  options: [
    { value: 'climate', label: 'Climat' },
    { value: 'health', label: 'Santé' },
  ],
  multiple: { min: 1, max: 2 },
  skip: 'Plus tard',
} as const;

test('options become buttons, the one that skips last', () => {
  const { suggestedActions, inputHint } = writeActivity({ ...words, question }, sender);
  expect(inputHint).toBe('expectingInput');
  expect(suggestedActions?.actions.map(({ title, value }) => [title, value])).toEqual([
    ['Climat', 'choose:3:climate'],
    ['Santé', 'choose:3:health'],
    ['Plus tard', 'choose:3:~skip'],
  ]);
});

test('what a button sends is read as the choice it stands for', () => {
  const { suggestedActions } = writeActivity({ ...words, question }, sender);
  const read = suggestedActions?.actions.map(
    ({ text, value }) =>
      readActivity({ type: 'message', text, value }, 'c1', 'dl_1', AT, 'spare')?.input,
  );
  expect(read).toEqual(
    ['climate', 'health', '~skip'].map((value) => ({ type: 'chose', turn: 3, values: [value] })),
  );
});

test('the widget is told of the open question', () => {
  expect(writeActivity({ ...words, question }, sender).channelData).toEqual({
    portevoix: question,
  });
});

test('a question for free text has no buttons', () => {
  const open = { turn: 3, answer: 'email', options: [] } as const;
  const activity = writeActivity({ ...words, question: open }, sender);
  expect(activity).not.toHaveProperty('suggestedActions');
  expect(activity.channelData).toEqual({ portevoix: open });
});

describe('words are Markdown only where that makes a link and changes nothing else', () => {
  test.each([
    ['Bonjour', 'plain'],
    ['Lisez https://exemple.org/notre_programme_2030?a=1&b=2 ce soir', 'markdown'],
    ['Deux lignes\nhttps://exemple.org', 'markdown'],
    ['*Lisez* https://exemple.org', 'plain'],
    ['1. https://exemple.org', 'plain'],
    ['Un choix\n- https://exemple.org', 'plain'],
    ['lea_martin_paris https://exemple.org', 'plain'],
    ['&amp; https://exemple.org', 'plain'],
  ])('%j is %s', (text, format) => {
    expect(writeActivity({ ...words, text }, sender).textFormat).toBe(format);
  });
});

test('an echo is given back as it was put by, to its own conversation only', () => {
  const inbound = readActivity({ type: 'message', text: 'Hi' }, 'c1', 'dl_1', AT, 'spare');
  const echo = JSON.parse(JSON.stringify(inbound?.echo));
  expect(writeEcho(echo, 'c1')).toEqual(inbound?.echo);
  expect(writeEcho(echo, 'c2')).toBeUndefined();
  expect(writeEcho({ type: 'message' }, 'c1')).toBeUndefined();
  expect(writeEcho(null, 'c1')).toBeUndefined();
});
