import { describe, expect, test } from '@jest/globals';
import { readActivity } from '../../../src/channels/webchat/read-activity.js';
import { Refusal } from '../../../src/channels/webchat/refusal.js';

const AT = Date.UTC(2030, 0, 1, 12);

function read(payload: unknown): ReturnType<typeof readActivity> {
  return readActivity(payload, 'c1', 'dl_1', AT, 'spare');
}

/** What the unmodified botframework-webchat 4.18.1 posts when words are typed. */
const typed = {
  type: 'message',
  inputHint: undefined,
  channelData: { attachmentSizes: [], clientActivityID: 'x3f9k' },
  text: 'Bonjour',
  textFormat: 'plain',
  channelId: 'webchat',
  from: { id: 'dl_other', name: '', role: 'user' },
  locale: 'fr-FR',
  localTimestamp: '2030-01-01T13:00:00.000+01:00',
  localTimezone: 'Europe/Paris',
  attachments: [],
  entities: [{ requiresBotState: true, supportsListening: true, type: 'ClientCapabilities' }],
};

/** And when one of our buttons is pressed. */
const pressed = {
  ...typed,
  channelData: { clientActivityID: 'b2', messageBack: { displayText: 'Climat' } },
  text: 'Climat',
  value: 'choose:4:climate',
};

describe('a posted activity is read', () => {
  test.each([
    ['typed words', typed, { type: 'said', text: 'Bonjour' }],
    ['words only', { type: 'message', text: 'Hi' }, { type: 'said', text: 'Hi' }],
    [
      'nulls',
      { type: 'message', text: 'Hi', value: null, channelData: null },
      { type: 'said', text: 'Hi' },
    ],
    ['a pressed button', pressed, { type: 'chose', turn: 4, values: ['climate'] }],
    [
      'a button of a client that posts its value as text',
      { type: 'message', text: 'choose:4:climate' },
      { type: 'chose', turn: 4, values: ['climate'] },
    ],
    [
      'a skip',
      { type: 'message', text: 'Plus tard', value: 'choose:4:~skip' },
      { type: 'chose', turn: 4, values: ['~skip'] },
    ],
    [
      'a value with a colon in it',
      { type: 'message', value: 'choose:4:shift:7' },
      { type: 'chose', turn: 4, values: ['shift:7'] },
    ],
    [
      'several choices',
      { type: 'message', text: 'Climat, Santé', value: { turn: 4, values: ['climate', 'health'] } },
      { type: 'chose', turn: 4, values: ['climate', 'health'] },
    ],
    [
      'words that only hold a button',
      { type: 'message', text: 'I type choose:4:climate here' },
      { type: 'said', text: 'I type choose:4:climate here' },
    ],
    [
      'words beside a value of another kind',
      { type: 'message', text: 'Hi', value: { turn: '4', values: 7 } },
      { type: 'said', text: 'Hi' },
    ],
    [
      'an image',
      { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'data:,' }] },
      { type: 'sent', media: 'photo' },
    ],
    [
      'a recording',
      { type: 'message', text: '', attachments: [{ contentType: 'audio/ogg' }] },
      { type: 'sent', media: 'voice' },
    ],
    [
      'a film',
      { type: 'message', attachments: [{ contentType: 'video/mp4' }] },
      { type: 'sent', media: 'video' },
    ],
    [
      'a document',
      { type: 'message', attachments: [{ contentType: 'application/pdf', name: 'a.pdf' }] },
      { type: 'sent', media: 'file' },
    ],
    [
      'words with an image',
      { type: 'message', text: 'Look', attachments: [{ contentType: 'image/png' }] },
      { type: 'said', text: 'Look' },
    ],
    [
      'as many characters as may be, emoji counted once',
      { type: 'message', text: '🗳'.repeat(4000) },
      { type: 'said', text: '🗳'.repeat(4000) },
    ],
  ])('%s', (_what, payload, input) => {
    expect(read(payload)).toMatchObject({ channel: 'web', address: 'c1', at: AT, input });
  });

  test.each([
    ['event', { type: 'event', name: 'webchat/join', value: { language: 'fr' } }],
    ['an event with text', { type: 'event', name: 'x', text: 'Hi' }],
    ['typing', { type: 'typing', from: { id: 'dl_1' } }],
    ['conversationUpdate', { type: 'conversationUpdate', membersAdded: [{ id: 'dl_1' }] }],
    ['endOfConversation', { type: 'endOfConversation' }],
    ['invoke', { type: 'invoke', name: 'signin/verifyState', value: {} }],
    ['messageReaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
  ])('%s is not for us', (_what, payload) => {
    expect(read(payload)).toBeUndefined();
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'Bonjour'],
    ['an empty object', {}],
    ['a message that says nothing', { type: 'message' }],
    ['a message of blanks', { type: 'message', text: ' \n ' }],
    ['an empty type', { type: '', text: 'Hi' }],
    ['a type that is an operator', { type: { $ne: 'event' }, text: 'Hi' }],
    ['a text that is an operator', { type: 'message', text: { $gt: '' } }],
    ['a text that is a list', { type: 'message', text: ['Hi'] }],
    [
      'an operator deep within',
      { type: 'message', text: 'Hi', channelData: { a: [{ $where: '1' }] } },
    ],
    [
      'a prototype',
      JSON.parse('{"type":"message","text":"Hi","channelData":{"__proto__":{"a":1}}}'),
    ],
    ['a dotted name', { type: 'message', text: 'Hi', channelData: { 'a.b': 1 } }],
    [
      'an id that is no text',
      { type: 'message', text: 'Hi', channelData: { clientActivityID: 7 } },
    ],
    ['a value that is not a choice', { type: 'message', value: { turn: 4.5, values: ['a'] } }],
    ['too many characters', { type: 'message', text: 'a'.repeat(4001) }],
    [
      'a nest',
      JSON.parse(`{"type":"message","text":"Hi","value":${'['.repeat(500)}${']'.repeat(500)}}`),
    ],
  ])('%s is refused with a reason', (_what, payload) => {
    expect(() => read(payload)).toThrow(Refusal);
    expect(() => read(payload)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

test('a message posted again has the same id, another has another', () => {
  const first = read(typed);
  expect(first?.id).toMatch(/^u-[\w-]{43}$/);
  expect(readActivity(typed, 'c1', 'dl_1', AT + 5000, 'other')?.id).toBe(first?.id);
  expect(read(pressed)?.id).not.toBe(first?.id);
});

test('a message without an id of its client takes the spare one', () => {
  expect(read({ type: 'message', text: 'Hi' })?.id).toBe('u-spare');
});

test('the language is the primary one of the device', () => {
  expect(read(typed)?.locale).toBe('fr');
  expect(read({ type: 'message', text: 'Hi' })).not.toHaveProperty('locale');
});

test('the echo is the message, said by whom the token names', () => {
  expect(read(typed)?.echo).toEqual({
    type: 'message',
    id: `c1|${read(typed)?.id}`,
    timestamp: '2030-01-01T12:00:00.000Z',
    channelId: 'directline',
    conversation: { id: 'c1' },
    from: { id: 'dl_1', role: 'user' },
    locale: 'fr-FR',
    text: 'Bonjour',
    textFormat: 'plain',
    channelData: { attachmentSizes: [], clientActivityID: 'x3f9k' },
  });
  expect(read(pressed)?.echo).toMatchObject({
    text: 'Climat',
    value: 'choose:4:climate',
    channelData: { clientActivityID: 'b2', messageBack: { displayText: 'Climat' } },
  });
});

test('the echo keeps neither what is large nor what would look like ours', () => {
  const channelData = {
    clientActivityID: 'x',
    portevoix: { turn: 1, answer: 'yes_no', options: [] },
    blob: 'a'.repeat(5000),
  };
  const attachments = [
    { contentType: 'image/png', contentUrl: `data:image/png,${'a'.repeat(99)}` },
  ];
  const echo = read({ type: 'message', text: 'Hi', channelData, attachments })?.echo;
  expect(echo).toMatchObject({ channelData: { clientActivityID: 'x' } });
  expect(JSON.stringify(echo)).not.toMatch(/aaa|yes_no/);
});
