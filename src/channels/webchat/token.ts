import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { isSame } from '../../sign.js';
import { Refusal } from './refusal.js';

/**
 * `chat` speaks in a conversation; `stream` only opens its WebSocket; `resume` only takes a `chat`
 * token for a supporter who comes back.
 */
export type Use = 'chat' | 'stream' | 'resume';
export type Holder = { readonly conversation: string; readonly user: string };

/** Seconds a token is good for, absolute. */
export const TOKEN_LIFE = {
  chat: 1800,
  stream: 60,
  resume: 60 * 86_400,
} as const satisfies Record<Use, number>;

export type Tokens = {
  issue(use: Use, holder: Holder): string;
  /** Who the token speaks for; throws a `Refusal` when it is forged, expired or of another use. */
  read(use: Use, token: string | undefined): Holder;
};

// The names of the claims are those of Direct Line's own tokens: its clients read `user`.
const claims = z.object({
  conv: z.string(),
  user: z.string(),
  use: z.enum(['chat', 'stream', 'resume']),
  exp: z.number(),
});

const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

/**
 * Signs and reads the tokens of web conversations (JWT, HMAC-SHA256); `now` is in epoch milliseconds.
 */
export function createTokens(secret: string, now: () => number): Tokens {
  // The secret signs other things of the program too, and a token that lives long is worth more:
  // a key of its own for each purpose keeps them apart.
  const brief = createKey(secret, 'portevoix web chat tokens');
  const keys: Readonly<Record<Use, Buffer>> = {
    chat: brief,
    stream: brief,
    resume: createKey(secret, 'portevoix web chat resume tokens'),
  };
  const sign = (use: Use, text: string): string =>
    createHmac('sha256', keys[use]).update(text).digest('base64url');

  return {
    issue(use, { conversation, user }) {
      const exp = Math.floor(now() / 1000) + TOKEN_LIFE[use];
      const text = `${HEADER}.${encode({ conv: conversation, user, use, exp })}`;
      return `${text}.${sign(use, text)}`;
    },
    read(use, token) {
      if (token === undefined) throw new Refusal('Unauthorized', 'A token is needed.');
      const [header, payload, signature, ...rest] = token.split('.');
      if (
        header !== HEADER ||
        payload === undefined ||
        signature === undefined ||
        rest.length > 0
      ) {
        throw invalid();
      }
      const expected = sign(use, `${header}.${payload}`);
      if (!isSame(Buffer.from(signature), Buffer.from(expected))) throw invalid();
      const { conv, user, use: made, exp } = claims.parse(decode(payload));
      if (made !== use) throw invalid();
      if (exp * 1000 <= now()) throw new Refusal('TokenExpired', 'The token has expired.');
      return { conversation: conv, user };
    },
  };
}

function createKey(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(purpose).digest();
}

function invalid(): Refusal {
  return new Refusal('Unauthorized', 'The token is not valid.');
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): unknown {
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}
