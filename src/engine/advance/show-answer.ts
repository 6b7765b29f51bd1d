import { currencyOf, MINOR_UNITS } from '../currency.js';
import type { AnswerType, Printed } from '../flow.js';
import { isObject } from '../json.js';
import { instantOf, isDate } from '../parse/instant.js';
import type { Turn } from './turn.js';

/** What a clock shows that is told with its distance from UTC. */
const WALL = /^(.+)[+-]\d{2}:\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * How words print the answers that are not texts, numbers or choices, in the language of the turn and the
 * currency and time zone of the campaign; undefined for those that print as they are.
 */
export function showAnswer(
  turn: Turn,
  answer: AnswerType,
  value: unknown,
): string | Printed | undefined {
  switch (answer) {
    case 'date':
      return showDate(turn, value);
    case 'amount':
      return typeof value === 'number' ? showAmount(turn, value) : undefined;
    case 'location':
      return isObject(value) ? `${String(value['lat'])}, ${String(value['lon'])}` : undefined;
    case 'contact':
      return partOf(value, 'phone');
    case 'address':
      return partOf(value, 'text');
    case 'text':
    case 'name':
    case 'email':
    case 'phone':
    case 'postal_code':
    case 'number':
    case 'yes_no':
    case 'choice':
    case 'choices':
    case 'media':
      return undefined;
    default:
      return answer satisfies never;
  }
}

/**
 * A day, or an instant with its time of day, by the clock it names or else the campaign's; undefined for a
 * text that is neither.
 */
export function showDate(turn: Turn, value: unknown): Printed | undefined {
  if (typeof value !== 'string') return undefined;
  const { timezone } = turn.library.campaign;
  const isDay = isDate(value);
  if (!isDay && !INSTANT.test(value)) return undefined;
  const date = new Date(isDay ? instantOf(value, '12:00', timezone) : value);
  if (Number.isNaN(date.getTime())) return undefined;
  const wall = WALL.exec(value)?.[1];
  const text =
    wall === undefined
      ? dateFormat(turn.language, timezone, isDay).format(date)
      : dateFormat(turn.language, 'UTC', false).format(new Date(`${wall}Z`));
  return { value: date, text };
}

/** An amount in minor units, in the campaign's currency. */
export function showAmount(turn: Turn, minor: number): Printed {
  const value = minor / MINOR_UNITS;
  const currency = currencyOf(turn.library.campaign.country);
  return { value, text: amountFormat(turn.language, currency).format(value) };
}

function partOf(value: unknown, part: string): string | undefined {
  const text = isObject(value) ? value[part] : undefined;
  return typeof text === 'string' ? text : undefined;
}

// Formatters are slow to make: one for each language.
const DATES = new Map<string, Intl.DateTimeFormat>();
const AMOUNTS = new Map<string, Intl.NumberFormat>();

function dateFormat(language: string, timeZone: string, isDay: boolean): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${isDay}`;
  const known = DATES.get(key);
  if (known !== undefined) return known;
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = isDay ? {} : ({ hour: 'numeric', minute: '2-digit' } as const);
  const format = new Intl.DateTimeFormat(language, { ...day, ...time, timeZone });
  DATES.set(key, format);
  return format;
}

function amountFormat(language: string, currency: string): Intl.NumberFormat {
  const key = `${language} ${currency}`;
  const known = AMOUNTS.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
  });
  AMOUNTS.set(key, format);
  return format;
}
