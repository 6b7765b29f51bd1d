import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs texts that come back from outside. */
export type Signer = {
  /** The signature, as base64url. */
  sign(text: string): string;
  /** Whether this is the text's signature; takes the same time whatever differs. */
  matches(text: string, signature: string): boolean;
};

/** Signs with HMAC-SHA256, under a key of its own for each purpose, so that no token serves two. */
export function createSigner(secret: string, purpose: string): Signer {
  const key = signingKey(secret, purpose);
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  return {
    sign,
    matches(text, signature) {
      const [given, expected] = [Buffer.from(signature), Buffer.from(sign(text))];
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

/** The key of a purpose: it tells nothing of the secret, nor of the other keys. */
export function signingKey(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`portevoix ${purpose}`).digest();
}
