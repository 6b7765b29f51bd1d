import './today/today.css';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Dashboard, DayFigure, Days } from '../../staff/api.js';
import { PAGES } from '../pages.js';
import { useSession } from '../session.js';
import { Failure } from '../ui/failure.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { todayWords } from '../words/today-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { AgeLine } from './today/age-line.js';
import { AlertList } from './today/alert-list.js';
import { FigureCards } from './today/figure-cards.js';
import { FigurePanel } from './today/figure-panel.js';
import { FirstSteps } from './today/first-steps.js';
import { Range, type RangeDays } from './today/range.js';
import { StandingBars } from './today/standing-bars.js';
import { useFigures } from './today/use-figures.js';

/** A campaign that met so many people has begun. */
const SETTLED = 25;

/** Where one begins: the campaign in figures, or the pages that one may open. */
export function Today() {
  const words = useWords(todayWords);
  const { session, may } = useSession();
  const [days, setDays] = useState<RangeDays>(14);
  const sees = may('dashboard.read');
  return (
    <Page
      title={words.title(session.name)}
      text={session.campaign.name}
      actions={sees ? <Range days={days} onChoose={setDays} /> : undefined}
    >
      {sees ? <Figures days={days} /> : <Ways />}
    </Page>
  );
}

function Figures({ days }: { readonly days: number }) {
  const { standing, byDay, error, again } = useFigures(days);
  if (standing !== undefined && byDay !== undefined) {
    return <Shown standing={standing} byDay={byDay} />;
  }
  if (error !== undefined) return <Failure error={error} again={again} />;
  return <Skeleton lines={10} />;
}

function Shown({ standing, byDay }: { readonly standing: Dashboard; readonly byDay: Days }) {
  const [figure, setFigure] = useState<DayFigure>('supporters');
  const met = standing.figures.find((one) => one.figure === 'supporters')?.people ?? 0;
  return (
    <div className="dashboard">
      <AlertList />
      {met < SETTLED ? <FirstSteps /> : null}
      <FigureCards standing={standing} byDay={byDay} chosen={figure} onChoose={setFigure} />
      <FigurePanel byDay={byDay} figure={figure} currency={standing.donations.currency} />
      <StandingBars standing={standing} />
      <AgeLine standing={standing} byDay={byDay} />
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
