import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressOf } from '../../../src/channels/botframework/address.js';

/** Names as networks give them, and worse ones. */
const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
  fc.stringMatching(/^[~|:%a]{1,6}$/),
  // Halves of a character outside the basic plane, which no UTF-8 has.
  fc.constantFrom('\ud800', '\udc00', '\ufffd', 'a\ud800', 'a\ufffd'),
);

describe('the address of a conversation', () => {
  test('shows its network and its name', () => {
    expect(addressOf('msteams', 'a:1pL6')).toBe('msteams|a%3A1pL6');
  });

  test('is short, and has none of the signs that other ids are made of', () => {
    fc.assert(
      fc.property(name, name, (channelId, conversation) => {
        const address = addressOf(channelId, conversation);
        expect(address).toMatch(/^[\w.!~*'()%-]+\|[\w.!~*'()%-]+$/);
        expect(address.length).toBeLessThanOrEqual(401);
      }),
    );
  });

  test('is that of no other conversation', () => {
    fc.assert(
      fc.property(name, name, name, name, (one, conversation, other, elsewhere) => {
        const isSame = one === other && conversation === elsewhere;
        expect(addressOf(one, conversation) === addressOf(other, elsewhere)).toBe(isSame);
      }),
      { numRuns: 2_000 },
    );
    expect(addressOf('a', '\ud800')).not.toBe(addressOf('a', '\udc00'));
    const [, digest = ''] = addressOf('a', 'x'.repeat(999)).split('|');
    expect(addressOf('a', digest)).not.toBe(addressOf('a', 'x'.repeat(999)));
  });
});
