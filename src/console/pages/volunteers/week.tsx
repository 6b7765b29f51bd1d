import { Link } from 'wouter';
import type { ShiftListRow } from '../../../staff/api.js';
import { addDays, dayOn } from '../../last-days.js';
import { useSession } from '../../session.js';
import { Empty } from '../../ui/empty.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { Fill } from './fill.js';
import { NewLink } from './new-link.js';
import { ShiftTime, useTitle } from './shift-time.js';

/** Seven days side by side, on a phone below each other, each with its shifts. */
export function Week({
  from,
  today,
  items,
}: {
  readonly from: string;
  readonly today: string;
  readonly items: readonly ShiftListRow[];
}) {
  const words = useWords(shiftWords);
  const { language } = useLanguage();
  const { session, may } = useSession();
  const { timezone } = session.campaign;
  const days = Array.from({ length: 7 }, (_day, index) => addDays(from, index));
  const name = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(language);
  const open = items.filter(({ state }) => state !== 'cancelled');
  const sum = (of: (row: ShiftListRow) => number): string =>
    number.format(open.reduce((all, row) => all + of(row), 0));
  if (items.length === 0) {
    return (
      <Empty
        icon="calendar"
        title={words.noneWeek}
        text={may('volunteers.write') ? words.noneText : words.noneReadText}
        action={<NewLink />}
      />
    );
  }
  return (
    <>
      <dl className="week-sums">
        <div>
          <dt>{words.sums.shifts}</dt>
          <dd>{number.format(open.length)}</dd>
        </div>
        <div>
          <dt>{words.sums.taken}</dt>
          <dd>
            {words.places(
              sum(({ taken }) => taken),
              sum(({ capacity }) => capacity),
            )}
          </dd>
        </div>
        <div>
          <dt>{words.sums.waiting}</dt>
          <dd>{sum(({ waiting }) => waiting)}</dd>
        </div>
        <div>
          <dt>{words.sums.came}</dt>
          <dd>{sum(({ came }) => came)}</dd>
        </div>
      </dl>
      <ol className="week">
        {days.map((day) => {
          const its = items.filter(({ starts }) => dayOn(Date.parse(starts), timezone) === day);
          return (
            <li
              key={day}
              className={its.length === 0 ? 'week-day week-empty' : 'week-day'}
              aria-current={day === today ? 'date' : undefined}
            >
              <h3>
                <span className="hidden">{long.format(new Date(day))}</span>
                <span aria-hidden="true">{name.format(new Date(day))}</span>
                <span aria-hidden="true" className="week-number">
                  {Number(day.slice(8))}
                </span>
              </h3>
              {its.length === 0 ? <p className="hidden">{words.emptyDay}</p> : null}
              {its.map((shift) => (
                <Card key={shift.name} shift={shift} />
              ))}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Card({ shift }: { readonly shift: ShiftListRow }) {
  const words = useWords(shiftWords);
  const titleOf = useTitle();
  const isOff = shift.state === 'cancelled';
  return (
    <Link
      href={`/volunteers/shifts/${shift.name}`}
      className={isOff ? 'shift-card shift-off' : `shift-card task-${shift.task}`}
    >
      <span className="shift-card-time">
        <ShiftTime shift={shift} />
      </span>
      <strong>{titleOf(shift.title)}</strong>
      <span className="shift-card-place">{shift.place.name}</span>
      {isOff ? <span className="muted">{words.states.cancelled}</span> : <Fill shift={shift} />}
    </Link>
  );
}
