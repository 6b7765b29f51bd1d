import { useRef } from 'react';
import { Link } from 'wouter';
import type { Dashboard } from '../../staff/api.js';
import { PAGES } from '../pages.js';
import { useSession } from '../session.js';
import { Failure } from '../ui/failure.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { useApi } from '../use-api.js';
import { useLive } from '../use-live.js';
import { channelWords } from '../words/channel-words.js';
import { purposeWords } from '../words/purpose-words.js';
import { todayWords } from '../words/today-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { Bars } from './today/bars.js';
import { DaysChart } from './today/days-chart.js';

/** Figures are asked for again so often at most. */
const LOOK_MS = 5_000;

/** Where one begins: the campaign in figures, or the pages that one may open. */
export function Today() {
  const words = useWords(todayWords);
  const { session, may } = useSession();
  return (
    <Page title={words.title(session.name)} text={session.campaign.name}>
      {may('dashboard.read') ? <Figures /> : <Ways />}
    </Page>
  );
}

function Figures() {
  const { data, error, mutate } = useApi('GET /dashboard', {});
  const looked = useRef(0);
  useLive((event) => {
    if (event.type !== 'figures' || performance.now() - looked.current < LOOK_MS) return;
    looked.current = performance.now();
    void mutate();
  });
  if (error !== undefined) return <Failure error={error} again={() => void mutate()} />;
  if (data === undefined) return <Skeleton lines={10} />;
  return <Shown data={data} />;
}

function Shown({ data }: { readonly data: Dashboard }) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const { may } = useSession();
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const number = new Intl.NumberFormat(language);
  const waiting = data.figures.find(({ figure }) => figure === 'waiting')?.people ?? 0;
  return (
    <div className="dashboard">
      {waiting === 0 || !may('inbox.read') ? null : (
        <Link href="/inbox" className="alert-line">
          <Icon name="alert" />
          <span>{words.wait(waiting)}</span>
          <Icon name="right" />
        </Link>
      )}
      <dl className="figures">
        {data.figures.map(({ figure, people }) => (
          <div className="card figure" key={figure}>
            <dt>{words.figures[figure]}</dt>
            <dd>{number.format(people)}</dd>
          </div>
        ))}
      </dl>
      <DaysChart days={data.days} />
      <div className="dashboard-bars">
        <Bars
          title={words.consents}
          rows={data.consents.map(({ purpose, people }) => ({
            name: purposes[purpose] ?? purpose,
            people,
          }))}
        />
        <Bars
          title={words.channels}
          rows={data.channels.map(({ channel, people }) => ({
            name: channels[channel] ?? channel,
            people,
          }))}
        />
        <Bars
          title={words.territories}
          rows={data.territories.map(({ territory, people }) => ({ name: territory, people }))}
        />
        {data.turnout.length === 0 ? null : (
          <Bars
            title={words.turnout}
            rows={data.turnout.map(({ round, people }) => ({ name: words.round(round), people }))}
          />
        )}
      </div>
    </div>
  );
}

function Ways() {
  const { language } = useLanguage();
  const { may } = useSession();
  const pages = PAGES.filter(
    ({ path, nav, permission }) =>
      path !== '/' && nav !== undefined && (permission === undefined || may(permission)),
  );
  return (
    <ul className="tiles">
      {pages.map(({ path, name, nav }) => (
        <li key={path}>
          <Link href={path} className="card tile">
            <Icon name={nav?.icon ?? 'list'} size={22} />
            <span>{name[language]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
