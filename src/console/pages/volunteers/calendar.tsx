import { useLocation, useSearch } from 'wouter';
import { urlOf } from '../../client.js';
import { addDays, dayOn } from '../../last-days.js';
import { useSession } from '../../session.js';
import { IconButton, Button } from '../../ui/button.js';
import { Failure } from '../../ui/failure.js';
import { Icon } from '../../ui/icon.js';
import { More } from '../../ui/more.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Tabs } from '../../ui/tabs.js';
import { useList } from '../../use-api.js';
import { useFresh } from '../../use-fresh.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { ShiftList } from './shift-list.js';
import { Week } from './week.js';

const VIEWS = ['week', 'list'] as const;
type View = (typeof VIEWS)[number];
/** The list goes so far ahead. */
const AHEAD_DAYS = 180;
const IN_A_WEEK = 200;

/** Shifts as a week of days, or as a list of those to come; the address says which week. */
export function Calendar() {
  const words = useWords(shiftWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const asked = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const { timezone } = session.campaign;
  const today = dayOn(Date.now(), timezone);
  const view: View = asked.get('view') === 'list' ? 'list' : 'week';
  const from = mondayOf(readDay(asked.get('week')) ?? today);
  const days =
    view === 'week'
      ? { from, until: addDays(from, 6) }
      : { from: today, until: addDays(today, AHEAD_DAYS) };
  const list = useList('GET /shifts', view === 'week' ? { ...days, limit: IN_A_WEEK } : days);
  useFresh(list.again);
  const show = (next: { readonly view?: View; readonly week?: string }): void => {
    const to = { view, week: from, ...next };
    go(`/volunteers?${to.view === 'list' ? 'view=list' : `week=${to.week}`}`, { replace: true });
  };
  const short = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return (
    <>
      <div className="calendar-head">
        {view === 'week' ? (
          <div className="calendar-week">
            <IconButton
              icon="left"
              label={words.before}
              onClick={() => show({ week: addDays(from, -7) })}
            />
            <IconButton
              icon="right"
              label={words.after}
              onClick={() => show({ week: addDays(from, 7) })}
            />
            <h2 aria-live="polite">
              {words.weekOf(
                short.format(new Date(days.from)),
                new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
                  new Date(days.until),
                ),
              )}
            </h2>
            {from === mondayOf(today) ? null : (
              <Button size="small" onClick={() => show({ week: mondayOf(today) })}>
                {words.today}
              </Button>
            )}
          </div>
        ) : null}
        <Tabs
          label={words.view}
          of={VIEWS}
          chosen={view}
          choose={(one) => show({ view: one })}
          name={(one) => words.views[one]}
        />
        <div className="calendar-files">
          <a className="button button-small" href={urlOf('GET /shift-calendar', days)} download>
            <Icon name="calendar" size={16} />
            <span>{words.exportIcs}</span>
          </a>
          <a className="button button-small" href={urlOf('GET /shift-export', days)} download>
            <Icon name="download" size={16} />
            <span>{words.exportCsv}</span>
          </a>
        </div>
      </div>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading ? <Skeleton lines={8} /> : null}
      {list.isLoading || list.error !== undefined ? null : view === 'week' ? (
        <Week from={from} today={today} items={list.items} />
      ) : (
        <ShiftList items={list.items} />
      )}
      <More list={list} />
    </>
  );
}

/** The Monday of a day's week. */
function mondayOf(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

function readDay(text: string | null): string | undefined {
  const isDay = text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  return isDay ? text : undefined;
}
