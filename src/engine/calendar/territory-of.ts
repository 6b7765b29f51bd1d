import type { Json } from '../json.js';
import type { Country } from './make-calendar.js';
import { territoryFacts, territoryOfPostalCode } from './territories.js';

/** Where somebody votes, by the profile: its `territory`, else in France by the postal code. */
export function territoryOf(
  country: Country,
  profile:
    | { readonly [key: string]: Json }
    | { readonly territory?: string; readonly postal_code?: string },
): string | undefined {
  const { territory, postal_code: code } = profile;
  if (typeof territory === 'string' && territoryFacts(territory) !== undefined) return territory;
  return country === 'fr' && typeof code === 'string' ? territoryOfPostalCode(code) : undefined;
}
