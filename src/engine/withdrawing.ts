import type { Json } from './json.js';

/** Actions that take consents back. */
export const WITHDRAWING: readonly string[] = ['consent.withdraw', 'privacy.erase'];

/** What is consented to once an action is asked for: to one purpose less, or to nothing. */
export function consentsAfter(
  consents: { readonly [purpose: string]: boolean },
  action: string,
  { purpose }: { readonly [name: string]: Json },
): { readonly [purpose: string]: boolean } {
  if (!WITHDRAWING.includes(action)) return consents;
  const withdrawn = typeof purpose === 'string' ? [purpose] : Object.keys(consents);
  return { ...consents, ...Object.fromEntries(withdrawn.map((name) => [name, false])) };
}
