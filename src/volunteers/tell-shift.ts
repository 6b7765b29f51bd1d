import { tellInstant } from '../engine/calendar/wall-clock.js';
import type { Json } from '../engine/json.js';
import type { Shift } from './shift.js';

/** What is said of a shift in a language; its words are the campaign's own. */
export type ShiftWords = {
  /** A date and a time of day, short, on the shift's clock: `samedi 22 nov. 14:00`. */
  readonly when: string;
  readonly title: string;
};

/** How a shift is called among options: when and what, which fits on a button of most channels. */
export function labelOf(shift: Shift, language: string, more?: string): string {
  const { when, title } = wordsOf(shift, language);
  return `${when} · ${title}${more === undefined ? '' : ` (${more})`}`;
}

export function wordsOf({ title, starts, timezone }: Shift, language: string): ShiftWords {
  return {
    when: formatOf(language, timezone).format(starts),
    title: title[language] ?? Object.values(title)[0] ?? '',
  };
}

/** What flows say of a shift, as fields of a result. */
export function factsOf(
  shift: Shift,
  language: string,
  calendar: string,
): { readonly [name: string]: Json } {
  const { place, starts, timezone } = shift;
  return {
    title: wordsOf(shift, language).title,
    when: tellInstant(starts.getTime(), timezone),
    where: [place.name, place.address].filter((part) => part !== '').join(', '),
    map: mapLink(place),
    calendar,
  };
}

/** A page of OpenStreetMap with a mark on the place. */
export function mapLink({ lat, lon }: Shift['place']): string {
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=18/${lat}/${lon}`;
}

// Formatters are slow to make: one for each language and zone.
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  const known = FORMATS.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });
  FORMATS.set(key, format);
  return format;
}
