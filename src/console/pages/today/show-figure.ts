import type { Dashboard, DayFigure } from '../../../staff/api.js';
import type { Language } from '../../words/define-words.js';

/** Writes amounts of a figure: money where it is money, without cents where there are none. */
export function writerOf(
  figure: DayFigure,
  currency: Dashboard['donations']['currency'],
  language: Language,
): (amount: number) => string {
  if (figure !== 'donations') {
    const number = new Intl.NumberFormat(language);
    return (amount) => number.format(amount);
  }
  const whole = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  });
  const exact = new Intl.NumberFormat(language, { style: 'currency', currency });
  return (cents) => (cents % 100 === 0 ? whole : exact).format(cents / 100);
}

/** The same without cents, whatever there are. */
export function roundWriterOf(
  figure: DayFigure,
  currency: Dashboard['donations']['currency'],
  language: Language,
): (amount: number) => string {
  const write = writerOf(figure, currency, language);
  return (amount) => write(figure === 'donations' ? Math.round(amount / 100) * 100 : amount);
}

/** The same in little room: `12 k`. */
export function shortWriterOf(
  figure: DayFigure,
  currency: Dashboard['donations']['currency'],
  language: Language,
): (amount: number) => string {
  const money = figure === 'donations';
  const short = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumFractionDigits: 1,
    ...(money ? { style: 'currency', currency } : {}),
  });
  return (amount) => short.format(money ? amount / 100 : amount);
}

/** A day as people write it; days have no clock. */
export function dayWriter(
  language: Language,
  how: Intl.DateTimeFormatOptions,
): (day: string) => string {
  const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...how });
  return (day) => format.format(new Date(day));
}

/** The days from one to another, `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}
