import { Link } from 'wouter';
import type { ShiftListRow } from '../../../staff/api.js';
import { dayOn } from '../../last-days.js';
import { useSession } from '../../session.js';
import { Badge } from '../../ui/badge.js';
import { Empty } from '../../ui/empty.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { Fill } from './fill.js';
import { NewLink } from './new-link.js';
import { ShiftTime, useTitle } from './shift-time.js';

/** Shifts to come, by the day. */
export function ShiftList({ items }: { readonly items: readonly ShiftListRow[] }) {
  const words = useWords(shiftWords);
  const { language } = useLanguage();
  const { session, may } = useSession();
  const titleOf = useTitle();
  const long = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  const dayOf = ({ starts }: ShiftListRow): string =>
    dayOn(Date.parse(starts), session.campaign.timezone);
  const days = [...new Set(items.map(dayOf))];
  if (items.length === 0) {
    return (
      <Empty
        icon="calendar"
        title={words.noneList}
        text={may('volunteers.write') ? words.noneText : words.noneReadText}
        action={<NewLink />}
      />
    );
  }
  return (
    <div className="shift-days">
      {days.map((day) => (
        <section key={day}>
          <h2>{long.format(new Date(day))}</h2>
          <ul className="card rows">
            {items
              .filter((shift) => dayOf(shift) === day)
              .map((shift) => (
                <li key={shift.name}>
                  <Link
                    href={`/volunteers/shifts/${shift.name}`}
                    className={shift.state === 'cancelled' ? 'shift-row shift-off' : 'shift-row'}
                  >
                    <ShiftTime shift={shift} />
                    <span className="who-words">
                      <span>{titleOf(shift.title)}</span>
                      <span>
                        {words.tasks[shift.task]} · {shift.place.name}
                      </span>
                    </span>
                    {shift.state === 'open' ? (
                      <Fill shift={shift} />
                    ) : (
                      <Badge>{words.states[shift.state]}</Badge>
                    )}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
