import { useEffect, useState } from 'react';
import type { Dashboard, Days } from '../../../staff/api.js';
import { todayWords } from '../../words/today-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { daysBetween } from './show-figure.js';

/** How old what is shown is; figures that are not of now say so. */
export function AgeLine({
  standing,
  byDay,
}: {
  readonly standing: Dashboard;
  readonly byDay: Days;
}) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const now = useNow();
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const today = byDay.days.find(({ day }) => day === byDay.today);
  const at = Math.min(Date.parse(standing.at), Date.parse(today?.countedAt ?? standing.at));
  const past = byDay.days
    .filter(({ day }) => day !== byDay.today)
    .map(({ countedAt }) => Date.parse(countedAt));
  return (
    <p className="muted age">
      {words.counted(tellAgo(ago, at, now))}{' '}
      {byDay.days.length < daysBetween(byDay.from, byDay.today).length
        ? words.counting
        : past.length === 0
          ? null
          : words.countedBefore(tellAgo(ago, Math.min(...past), now))}
    </p>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function tellAgo(format: Intl.RelativeTimeFormat, at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000));
  if (seconds < 60) return format.format(-seconds, 'second');
  if (seconds < 3_600) return format.format(-Math.round(seconds / 60), 'minute');
  if (seconds < 86_400) return format.format(-Math.round(seconds / 3_600), 'hour');
  return format.format(-Math.round(seconds / 86_400), 'day');
}
