import { describe, expect, test } from '@jest/globals';
import { anything, assert, json, property } from 'fast-check';
import { readState, writeState } from '../../../src/site/widget/client/saved-state.js';
import { EMPTY, type ChatState } from '../../../src/site/widget/client/state.js';

const state: ChatState = {
  conversation: { id: 'c', token: 't', userId: 'dl_1', renewAt: 5 },
  watermark: '7',
  entries: [
    { type: 'bubble', key: 'a', id: 'c|1', by: 'bot', text: 'hello', at: 1, actions: [] },
    { type: 'restart', key: 'r' },
  ],
  outgoing: [{ key: 'k', text: 'me', at: 2, state: 'waiting' }],
};

describe('the saved state', () => {
  test('is read back as it was', () => {
    expect(readState(writeState(state))).toEqual({ ...state });
  });

  test('counts as nothing when it is not ours', () => {
    for (const text of [null, '', '{', '[]', 'null', '{"format":0,"entries":[],"outgoing":[]}']) {
      expect(readState(text)).toEqual(EMPTY);
    }
  });

  test('never stops the chat, whatever is stored', () => {
    assert(property(json(), (text) => expect(readState(text).outgoing).toEqual([])));
    assert(
      property(anything(), (thing) => {
        const text = JSON.stringify({ format: 1, entries: [thing], outgoing: [thing] });
        for (const entry of readState(text).entries) expect(entry.key).toEqual(expect.any(String));
      }),
    );
  });
});
