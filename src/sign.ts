import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

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
    matches: (text, signature) => isSame(Buffer.from(signature), Buffer.from(sign(text))),
  };
}

/** The key of a purpose: it tells nothing of the secret, nor of the other keys. */
export function signingKey(secret: string, purpose: string): Buffer {
  return createHmac('sha256', secret).update(`portevoix ${purpose}`).digest();
}

/** Whether two are the same; of one length, it takes the same time whatever differs. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Whether this is the secret; takes the same time whatever differs, its length too. */
export function isSameSecret(given: string, secret: string): boolean {
  return isSame(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
