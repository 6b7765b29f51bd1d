import type { Campaign } from './campaign.js';

/** ISO 4217; both divide by a hundred. */
export type Currency = 'EUR' | 'USD';

/** Minor units (cents) of one euro or dollar. */
export const MINOR_UNITS = 100;

/** The currency of a campaign, by its country; euros where none is named. */
export function currencyOf(country: Campaign['country']): Currency {
  return country === 'us' ? 'USD' : 'EUR';
}
