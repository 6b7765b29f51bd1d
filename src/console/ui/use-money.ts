import { useLanguage } from '../words/use-words.js';

/** Writes amounts in minor units as the reader's language has them; `isShort` leaves out empty cents. */
export function useMoney(): (cents: number, currency: string, isShort?: boolean) => string {
  const { language } = useLanguage();
  return (cents, currency, isShort = false) =>
    new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      ...(isShort ? { trailingZeroDisplay: 'stripIfInteger' } : {}),
    }).format(cents / 100);
}
