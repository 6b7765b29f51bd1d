import { generateSecret, generateURI, verifySync } from 'otplib';
import { qrSquares } from '../qr-squares.js';

/** Seconds that one code is good for (RFC 6238), and how far the clock of a phone may be off. */
const STEP_S = 30;
const TOLERANCE_S = 30;

/** A new second factor: the secret, the link an app opens, and the rows of its QR code (`1` is dark). */
export function newSecondFactor(issuer: string, email: string) {
  const secret = generateSecret();
  const url = generateURI({ issuer, label: email, secret });
  return { secret, url, squares: qrSquares(url) };
}

/**
 * The step of a code that is right now and later than `after`; undefined when it is not. A code that was
 * taken is not taken again, for somebody may have looked over a shoulder.
 */
export function readCode(
  secret: string,
  code: string,
  at: Date,
  after: number | undefined,
): number | undefined {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const epoch = Math.floor(at.getTime() / 1_000);
  const result = verifySync({ secret, token, epoch, epochTolerance: TOLERANCE_S });
  if (!result.valid) return undefined;
  const step = Math.floor(epoch / STEP_S) + result.delta;
  return after !== undefined && step <= after ? undefined : step;
}
