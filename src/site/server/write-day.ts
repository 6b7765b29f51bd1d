import type { PageLanguage } from './page-words.js';

/** A day (`YYYY-MM-DD`) in full, as a language writes it. */
export function writeDay(day: string, language: PageLanguage): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** A time of day (`HH:MM`), as a language writes it: `19 h`, `7:30 pm`. */
export function writeTime(time: string, language: PageLanguage): string {
  if (language === 'fr') {
    const [hours = '', minutes = ''] = time.split(':');
    return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
  }
  return new Intl.DateTimeFormat(localeOf(language), {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h12',
    timeZone: 'UTC',
  }).format(new Date(`2000-01-01T${time}:00Z`));
}

function localeOf(language: PageLanguage): string {
  return language === 'en' ? 'en-GB' : language;
}
