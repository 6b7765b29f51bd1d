import { useState } from 'react';
import { Link } from 'wouter';
import type { PostRowView } from '../../../staff/api.js';
import { useSession } from '../../session.js';
import { IconButton } from '../../ui/button.js';
import { Failure } from '../../ui/failure.js';
import { useApi } from '../../use-api.js';
import { postWords } from '../../words/post-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { addMonths, dayOf, groupBy, weeksOf } from './days.js';
import { DayList } from './day-list.js';
import { NetworkMark } from './network-mark.js';

/** Posts that have room in one day of the calendar. */
const SHOWN = 3;
const DAY_MS = 86_400_000;

/** A month of posts: a grid where there is room, and its days below each other on a phone. */
export function Month() {
  const words = useWords(postWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const { timezone } = session.campaign;
  const today = dayOf(Date.now(), timezone);
  const [month, setMonth] = useState(today.slice(0, 7));
  const weeks = weeksOf(month);
  const days = weeks.flat();
  const edge = (day = today, by = 0): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString();
  const { data, error, mutate } = useApi(
    'GET /posts',
    // A day more at each end: days are those of the campaign's clocks.
    { from: edge(days[0], -1), until: edge(days.at(-1), 2) },
    { keepPrevious: true },
  );
  const byDay = groupBy(data?.items ?? [], ({ goesAt }) => dayOf(goesAt, timezone));
  const title = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${month}-01T00:00:00Z`));
  const weekday = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short' });
  const within = (data?.items ?? []).filter(
    ({ goesAt }) => dayOf(goesAt, timezone).slice(0, 7) === month,
  );
  return (
    <>
      <div className="month-head">
        <h2>{title}</h2>
        <IconButton
          icon="left"
          label={words.monthBefore}
          onClick={() => setMonth(addMonths(month, -1))}
        />
        <IconButton
          icon="right"
          label={words.monthAfter}
          onClick={() => setMonth(addMonths(month, 1))}
        />
      </div>
      {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
      <table className="month" aria-label={title}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col">
                {weekday.format(new Date(`${day}T00:00:00Z`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <Day
                  key={day}
                  day={day}
                  posts={byDay.get(day) ?? []}
                  isOther={!day.startsWith(month)}
                  isToday={day === today}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="month-list">
        {data !== undefined && within.length === 0 ? (
          <p className="muted">{words.none.month}</p>
        ) : (
          <DayList items={within} />
        )}
      </div>
    </>
  );
}

function Day({
  day,
  posts,
  isOther,
  isToday,
}: {
  readonly day: string;
  readonly posts: readonly PostRowView[];
  readonly isOther: boolean;
  readonly isToday: boolean;
}) {
  const words = useWords(postWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const clock = new Intl.DateTimeFormat(language, {
    timeZone: session.campaign.timezone,
    timeStyle: 'short',
  });
  return (
    <td className={isOther ? 'month-other' : undefined}>
      <span className={isToday ? 'month-number month-today' : 'month-number'}>
        {Number(day.slice(8))}
        {isToday ? <span className="hidden"> ({words.today})</span> : null}
      </span>
      <span className="month-dots" aria-hidden="true">
        {posts.slice(0, SHOWN).map((post) => (
          <span key={post.id} className={`month-dot dot-${worst(post)}`} />
        ))}
      </span>
      <ul>
        {posts.slice(0, SHOWN).map((post) => (
          <li key={post.id}>
            <Link href={`/posts/${post.id}`} className={`month-post month-${worst(post)}`}>
              <span className="month-time">{clock.format(new Date(post.goesAt))}</span>
              <span className="month-name">{post.name}</span>
              <span className="month-marks">
                {post.sends.map(({ network }) => (
                  <NetworkMark key={network} network={network} />
                ))}
              </span>
            </Link>
          </li>
        ))}
        {posts.length > SHOWN ? (
          <li className="muted month-more">{words.more(posts.length - SHOWN)}</li>
        ) : null}
      </ul>
    </td>
  );
}

/** How a whole post stands: what went wrong anywhere comes first. */
function worst({ sends }: PostRowView): string {
  const order = ['failed', 'unknown', 'skipped', 'sending', 'planned', 'sent', 'cancelled'];
  return order.find((state) => sends.some((send) => send.state === state)) ?? 'planned';
}
