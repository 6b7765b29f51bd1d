import type { ShiftListRow } from '../../../staff/api.js';
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
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    ...(hasDay ? { weekday: 'long', day: 'numeric', month: 'long' } : {}),
    hour: 'numeric',
    minute: '2-digit',
  });
  const [starts, ends] = [new Date(shift.starts), new Date(shift.ends)];
  const isOther = timeZone !== session.campaign.timezone;
  return (
    <span className="shift-time">
      <time dateTime={shift.starts}>{format.formatRange(starts, ends)}</time>
      {isOther ? <span className="muted"> {timeZone}</span> : null}
    </span>
  );
}

/** The title of a shift in the language of whoever looks. */
export function useTitle(): (title: ShiftListRow['title']) => string {
  const { language } = useLanguage();
  return (title) => title[language] ?? Object.values(title)[0] ?? '';
}
