import { useLanguage } from '../words/use-words.js';
import { useSession } from '../session.js';

/** An instant on the campaign's clocks; the whole of it shows on hover. */
export function Time({
  at,
  isShort = false,
  isClock = false,
}: {
  readonly at: string;
  /** The day, or of today the hour. */
  readonly isShort?: boolean;
  /** The hour only: the day stands above. */
  readonly isClock?: boolean;
}) {
  const { language } = useLanguage();
  const { session } = useSession();
  const { timezone: timeZone } = session.campaign;
  const date = new Date(at);
  const isToday =
    new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' }).format(date) ===
    new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short' }).format(new Date());
  const shown: Intl.DateTimeFormatOptions =
    isClock || (isToday && isShort)
      ? { timeStyle: 'short' }
      : isShort
        ? { day: 'numeric', month: 'short' }
        : { dateStyle: 'medium', timeStyle: 'short' };
  return (
    <time
      dateTime={at}
      title={new Intl.DateTimeFormat(language, {
        timeZone,
        dateStyle: 'full',
        timeStyle: 'long',
      }).format(date)}
    >
      {new Intl.DateTimeFormat(language, { timeZone, ...shown }).format(date)}
    </time>
  );
}
