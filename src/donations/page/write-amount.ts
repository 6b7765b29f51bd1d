import { MINOR_UNITS, type Currency } from '../../engine/currency.js';

/** An amount in minor units, as people of a language read it: "40 €", "$35.50". */
export function writeAmount(cents: number, currency: Currency, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(cents / MINOR_UNITS);
}
