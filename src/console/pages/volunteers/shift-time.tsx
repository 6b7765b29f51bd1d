import type { ShiftListRow } from '../../../staff/api.js';
import { dayOn } from '../../last-days.js';
import { useSession } from '../../session.js';
import { useLanguage } from '../../words/use-words.js';

type Times = Pick<ShiftListRow, 'starts' | 'ends' | 'timezone'>;

/** From when to when a shift is, on its own clock; another clock than the campaign's is named. */
export function ShiftTime({
  shift,
  hasDay = false,
}: {
  readonly shift: Times;
  readonly hasDay?: boolean;
}) {
  const { language } = useLanguage();
  const { session } = useSession();
  const { timezone: timeZone } = shift;
  const clock = { timeZone, hour: 'numeric', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat(language, {
    ...clock,
    ...(hasDay ? { weekday: 'long', day: 'numeric', month: 'long' } : {}),
  });
  const time = new Intl.DateTimeFormat(language, clock);
  const [starts, ends] = [new Date(shift.starts), new Date(shift.ends)];
  const isOther = timeZone !== session.campaign.timezone;
  return (
    <span className="shift-time">
      <time dateTime={shift.starts}>
        {isOneDay(starts, ends, timeZone)
          ? format.formatRange(starts, ends)
          : `${format.format(starts)} – ${time.format(ends)}`}
      </time>
      {isOther ? <span className="muted"> {timeZone}</span> : null}
    </span>
  );
}

/** A range over midnight is written with both dates, which say nothing here: no shift lasts a day. */
function isOneDay(starts: Date, ends: Date, timeZone: string): boolean {
  return dayOn(starts.getTime(), timeZone) === dayOn(ends.getTime(), timeZone);
}

/** The title of a shift in the language of whoever looks. */
export function useTitle(): (title: ShiftListRow['title']) => string {
  const { language } = useLanguage();
  return (title) => title[language] ?? Object.values(title)[0] ?? '';
}
