import type { Purpose } from '../engine/flow.js';
import { consentNow, consentsNow } from './consents-now.js';
import type { ConsentRecord } from './record.js';

type Said = Pick<ConsentRecord, 'purpose' | 'channel' | 'given'>;

/** Whether somebody agreed to be written to on a channel for a purpose, and did not take it back. */
export function mayWrite(consents: readonly Said[], purpose: Purpose, channel: string): boolean {
  const now = consentsNow(consents);
  return (
    now.includes(consentNow(purpose, channel, 'given')) ||
    (now.includes(consentNow(purpose, '*', 'given')) &&
      !now.includes(consentNow(purpose, channel, 'refused')))
  );
}

/** Whether a consent for this purpose is in force, on whatever channel. */
export function isGiven(consents: readonly Said[], purpose: Purpose): boolean {
  return consentsByPurpose(consents)[purpose] ?? false;
}

/** For each purpose that somebody was asked about, whether a consent is in force, on whatever channel. */
export function consentsByPurpose(consents: readonly Said[]): {
  readonly [purpose: string]: boolean;
} {
  const now = new Set(consentsNow(consents));
  const purposes = new Set(consents.map(({ purpose }) => purpose));
  return Object.fromEntries(
    [...purposes].map((purpose) => [purpose, now.has(consentNow(purpose, undefined, 'given'))]),
  );
}

/** Whether somebody agreed by name to be written to on a channel, for one purpose at least. */
export function agreedTo(consents: readonly Said[], channel: string): boolean {
  const now = new Set(consentsNow(consents));
  return consents.some(({ purpose }) => now.has(consentNow(purpose, channel, 'given')));
}
