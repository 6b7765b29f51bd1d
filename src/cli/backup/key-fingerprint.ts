import { createSigner } from '../../sign.js';

/** Tells whether two keys are the same one, and nothing more of them. */
export function keyFingerprint(secret: string): string {
  return createSigner(secret, 'backups').sign('key').slice(0, 16);
}
