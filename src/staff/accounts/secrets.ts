import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { signingKey } from '../../sign.js';

/** A secret for somebody to keep: 256 bits, as base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What the store keeps of a secret that has 256 bits of chance: enough to know it again, and nothing to use.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Keeps what has to be read again, but not by whoever holds a copy of the store alone. */
export type Seal = { close(text: string): string; open(sealed: string): string | undefined };

/** Seals with AES-256-GCM, under a key of its own for each purpose. */
export function createSeal(secret: string, purpose: string): Seal {
  const key = signingKey(secret, purpose);
  return {
    close(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < 28) return undefined;
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      cipher.setAuthTag(bytes.subarray(12, 28));
      try {
        return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
      } catch {
        // Sealed with another secret, or changed since.
        return undefined;
      }
    },
  };
}
