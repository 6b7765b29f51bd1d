import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSigner } from '../../src/sign.js';
import { readToken, writeToken } from '../../src/supporters/signed-link.js';

const signer = createSigner('a secret of thirty-two characters', 'links of this test');
const UNTIL = Date.UTC(2030, 0, 1);
const token = writeToken(signer, ['s1', 'lea@exemple.org'], UNTIL);

describe('a signed link', () => {
  test('names what it was written for, until its time is up', () => {
    expect(readToken(signer, token, UNTIL - 1)).toEqual(['s1', 'lea@exemple.org']);
    expect(readToken(signer, token, UNTIL)).toBeUndefined();
  });

  test('is good for its own purpose and its own secret only', () => {
    const others = [
      createSigner('a secret of thirty-two characters', 'links of another kind'),
      createSigner('another secret of thirty-two chars', 'links of this test'),
    ];
    for (const other of others) expect(readToken(other, token, 0)).toBeUndefined();
  });

  test('is no good with a single character changed, left out or added', () => {
    const anywhere = fc.integer({ min: 0, max: token.length });
    fc.assert(
      fc.property(anywhere, fc.string({ maxLength: 3 }), fc.nat(2), (at, put, cut) => {
        const forged = token.slice(0, at) + put + token.slice(at + cut);
        fc.pre(forged !== token);
        expect(readToken(signer, forged, 0)).toBeUndefined();
      }),
    );
    expect(readToken(signer, `${token}.more`, 0)).toBeUndefined();
  });

  test('may have anything in its place, and is refused without a fault', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readToken(signer, text, 0)).toBeUndefined();
      }),
    );
    // Signed, but no list: what an older version may have written.
    const body = Buffer.from('{"a":1}').toString('base64url');
    expect(readToken(signer, `${body}.${signer.sign(body)}`, 0)).toBeUndefined();
    const timeless = Buffer.from('["s1"]').toString('base64url');
    expect(readToken(signer, `${timeless}.${signer.sign(timeless)}`, 0)).toBeUndefined();
  });
});
