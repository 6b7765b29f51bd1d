import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createTokens } from '../../../src/channels/webchat/token.js';

const holder = { conversation: 'c1', user: 'dl_1' };
const START = Date.UTC(2030, 0, 1);

test('a token speaks for its conversation and supporter until it expires', () => {
  let now = START;
  const tokens = createTokens('secret', () => now);
  const token = tokens.issue('chat', holder);
  now += 1_799_000;
  expect(tokens.read('chat', token)).toEqual(holder);
  now += 1000;
  expect(() => tokens.read('chat', token)).toThrow(
    expect.objectContaining({ status: 403, code: 'TokenExpired' }),
  );
});

test('a token that opens a stream is good for a minute and nothing else', () => {
  let now = START;
  const tokens = createTokens('secret', () => now);
  const token = tokens.issue('stream', holder);
  expect(tokens.read('stream', token)).toEqual(holder);
  expect(() => tokens.read('chat', token)).toThrow(expect.objectContaining({ status: 401 }));
  expect(() => tokens.read('stream', tokens.issue('chat', holder))).toThrow(
    expect.objectContaining({ status: 401 }),
  );
  now += 60_000;
  expect(() => tokens.read('stream', token)).toThrow(expect.objectContaining({ status: 403 }));
});

test.each([
  ['chat', 'stream'],
  ['chat', 'resume'],
  ['stream', 'chat'],
  ['stream', 'resume'],
  ['resume', 'chat'],
  ['resume', 'stream'],
] as const)('a token for %s is not one for %s', (made, use) => {
  const tokens = createTokens('secret', () => START);
  const token = tokens.issue(made, holder);
  expect(tokens.read(made, token)).toEqual(holder);
  expect(() => tokens.read(use, token)).toThrow(expect.objectContaining({ status: 401 }));
});

test('what resumes is signed by a key of its own, whatever it says it is for', () => {
  const tokens = createTokens('secret', () => START);
  const [header, , signature] = tokens.issue('chat', holder).split('.');
  const claims = { conv: 'c1', user: 'dl_1', use: 'resume', exp: 9e9 };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const key = createHmac('sha256', 'secret').update('portevoix web chat tokens').digest();
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  // The key is the one chat tokens are signed with: else this would prove nothing.
  const [, good] = tokens.issue('chat', holder).split('.');
  expect(sign(`${header}.${good}`)).toBe(signature);
  const token = `${header}.${payload}.${sign(`${header}.${payload}`)}`;
  expect(() => tokens.read('resume', token)).toThrow(expect.objectContaining({ status: 401 }));
});

test('a client can read whom the token is for, as Microsoft’s does', () => {
  const [, payload = ''] = createTokens('secret', () => START)
    .issue('chat', holder)
    .split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ user: 'dl_1' });
});

const tokens = createTokens('secret', () => START);
const good = tokens.issue('chat', holder);
const lasting = tokens.issue('resume', holder);
const [header = '', payload = '', signature = ''] = good.split('.');
const other = Buffer.from(
  JSON.stringify({ conv: 'c2', user: 'dl_1', use: 'chat', exp: 9e9 }),
).toString('base64url');
const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['words', 'let me in'],
  ['another payload', [header, other, signature].join('.')],
  ['no signature', [header, payload, ''].join('.')],
  ['no algorithm', [unsigned, payload, ''].join('.')],
  ['another secret', createTokens('other', () => START).issue('chat', holder)],
  ['one with more parts', `${good}.x`],
  ['one with a longer signature', `${good}A`],
])('a forged token is refused: %s', (_what, token) => {
  expect(() => tokens.read('chat', token)).toThrow(expect.objectContaining({ status: 401 }));
});

test('no changed character leaves a token good', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(['chat', good] as const, ['resume', lasting] as const),
      fc.nat(lasting.length - 1),
      fc.constantFrom('A', 'b', '-', '_', '.', '='),
      ([use, token], at, char) => {
        fc.pre(at < token.length && token[at] !== char);
        const changed = token.slice(0, at) + char + token.slice(at + 1);
        expect(() => tokens.read(use, changed)).toThrow(expect.objectContaining({ status: 401 }));
      },
    ),
  );
});
