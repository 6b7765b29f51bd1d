import { useState } from 'react';
import { Link } from 'wouter';
import type { CanvassResult, FigureGroup, FiguresRow, FiguresView } from '../../../staff/api.js';
import { urlOf } from '../../client.js';
import { useSession } from '../../session.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { TextField } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { More } from '../../ui/more.js';
import { Page, Section } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Tabs } from '../../ui/tabs.js';
import { Time } from '../../ui/time.js';
import { useApi, useList } from '../../use-api.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { CanvassViews } from './canvass-views.js';
import './canvass.css';

const GROUPS = ['turf', 'street', 'canvasser', 'hour'] as const satisfies readonly FigureGroup[];
const RESULTS = [
  'canvassed',
  'refused',
  'language_barrier',
  'not_home',
  'lit_dropped',
  'inaccessible',
  'moved',
  'vacant',
  'deceased',
] as const satisfies readonly CanvassResult[];
/** How often figures are asked for again. */
const LIVE_MS = 5_000;

/** What was found at the doors, as it comes in. */
export function FiguresPage() {
  const words = useWords(canvassWords);
  const { may } = useSession();
  const [by, setBy] = useState<FigureGroup>('turf');
  const list = useList('GET /canvass/figures', { by });
  const live = useApi('GET /canvass/figures', { by, limit: 1 }, { everyMs: LIVE_MS });
  const all = live.data?.all;
  const seen =
    live.data === undefined ? undefined : `${live.data.all?.visits} ${live.data.all?.lastAt}`;
  const [told, setTold] = useState(seen);
  if (seen !== told) {
    setTold(seen);
    // Something came in since the table was read.
    if (told !== undefined) list.again();
  }
  const isEmpty = live.data !== undefined && all === undefined;
  return (
    <Page
      title={words.figuresTitle}
      text={words.contactNote}
      actions={<CanvassViews here="figures" />}
    >
      {live.error === undefined || live.data !== undefined ? null : (
        <Failure error={live.error} again={() => void live.mutate()} />
      )}
      {isEmpty ? <Empty icon="map" title={words.noVisits} text={words.noVisitsText} /> : null}
      {all === undefined ? null : <Totals all={all} />}
      {isEmpty ? null : (
        <Section title={words.byGroup}>
          <Tabs
            label={words.byGroup}
            of={GROUPS}
            chosen={by}
            choose={setBy}
            name={(group) => words.groups[group]}
          />
          {list.isLoading && list.items.length === 0 ? <Skeleton lines={8} /> : null}
          {list.items.length === 0 ? null : <FiguresTable by={by} rows={list.items} />}
          <More list={list} />
        </Section>
      )}
      {isEmpty || !may('canvass.write') ? null : <Exports />}
    </Page>
  );
}

function Totals({ all }: { readonly all: FiguresView }) {
  const words = useWords(canvassWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const rate = (share: number | undefined): string =>
    share === undefined ? '–' : words.percent(share);
  const most = Math.max(1, ...Object.values(all.results));
  return (
    <div className="dashboard">
      <dl className="figures">
        <div className="card figure">
          <dt>{words.visits}</dt>
          <dd>{number.format(all.visits)}</dd>
        </div>
        <div className="card figure">
          <dt>{words.contacts}</dt>
          <dd>
            {number.format(all.contacts)} <small>{rate(all.contactRate)}</small>
          </dd>
        </div>
        <div className="card figure">
          <dt>{words.told}</dt>
          <dd>{number.format(all.told)}</dd>
        </div>
        <div className="card figure">
          <dt>{words.supporters}</dt>
          <dd>
            {number.format(all.supporters)} <small>{rate(all.conversionRate)}</small>
          </dd>
        </div>
      </dl>
      <section className="card card-body">
        <h2>{words.result}</h2>
        <dl className="bars bars-two">
          {RESULTS.filter((result) => all.results[result] !== undefined).map((result) => (
            <div key={result}>
              <dt>{words.results[result]}</dt>
              <dd>{number.format(all.results[result] ?? 0)}</dd>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="6" rx="3" className="bar-ground" />
                <rect
                  width={((all.results[result] ?? 0) / most) * 100}
                  height="6"
                  rx="3"
                  className="bar-fill"
                />
              </svg>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

function FiguresTable({
  by,
  rows,
}: {
  readonly by: FigureGroup;
  readonly rows: readonly FiguresRow[];
}) {
  const words = useWords(canvassWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const rate = (share: number | undefined): string =>
    share === undefined ? '–' : words.percent(share);
  return (
    <div className="table-frame">
      <table className="table figures-table">
        <thead>
          <tr>
            <th scope="col">{words.groups[by]}</th>
            <th scope="col" className="number">
              {words.visits}
            </th>
            <th scope="col" className="number">
              {words.contacts}
            </th>
            <th scope="col" className="number figures-told">
              {words.told}
            </th>
            <th scope="col" className="number">
              {words.supporters}
            </th>
            <th scope="col" className="figures-when">
              {words.when}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ group, name, figures }) => (
            <tr key={group}>
              <td>
                <GroupName by={by} group={group} name={name} />
              </td>
              <td className="number">{number.format(figures.visits)}</td>
              <td className="number">
                {number.format(figures.contacts)}
                <span className="rate">{rate(figures.contactRate)}</span>
              </td>
              <td className="number figures-told">{number.format(figures.told)}</td>
              <td className="number">
                {number.format(figures.supporters)}
                <span className="rate">{rate(figures.conversionRate)}</span>
              </td>
              <td className="muted figures-when">
                <Time at={figures.lastAt} isShort />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GroupName({
  by,
  group,
  name,
}: {
  readonly by: FigureGroup;
  readonly group: string;
  readonly name: string;
}) {
  const words = useWords(canvassWords);
  const { language } = useLanguage();
  if (by === 'turf') return <Link href={`/canvass/turfs/${group}`}>{name}</Link>;
  if (by === 'canvasser') return group === 'erased' ? words.erased : name;
  if (by === 'street') return name;
  const [, day = '', hour = ''] = /^(\S+) (\d+)h$/.exec(name) ?? [];
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return name;
  const shown = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  return `${shown.format(date)}, ${Number(hour)} h`;
}

/** All visits as files. */
function Exports() {
  const words = useWords(canvassWords);
  const [support, setSupport] = useState('');
  const [barrier, setBarrier] = useState('');
  const isRight = support === '' || /^\d{1,12}:\d{1,12}(,\d{1,12}){4}$/.test(support);
  const code = /^[1-9]\d{0,11}$/.test(barrier) ? Number(barrier) : undefined;
  const van = urlOf('GET /canvass/exports/van', {
    ...(support === '' || !isRight ? {} : { support }),
    ...(code === undefined ? {} : { barrier: code }),
  });
  return (
    <Section title={words.exportTitle} text={words.exportText}>
      <div className="canvass-exports">
        <Download href={urlOf('GET /canvass/exports/csv', {})} name={words.exportCsv} />
        <Download href={urlOf('GET /canvass/exports/osdi', {})} name={words.exportOsdi} />
        <Download href={van} name={words.exportVan} />
      </div>
      <details className="canvass-van">
        <summary>{words.vanTitle}</summary>
        <div className="pair">
          <TextField
            label={words.vanSupport}
            hint={words.vanSupportHint}
            value={support}
            error={isRight ? undefined : words.vanSupportHint}
            onChange={(event) => setSupport(event.target.value.replaceAll(/\s/g, ''))}
          />
          <TextField
            label={words.vanBarrier}
            hint={words.vanBarrierHint}
            inputMode="numeric"
            value={barrier}
            onChange={(event) => setBarrier(event.target.value.trim())}
          />
        </div>
      </details>
    </Section>
  );
}

function Download({ href, name }: { readonly href: string; readonly name: string }) {
  return (
    <a className="button button-plain button-medium" href={href} download>
      <Icon name="download" size={18} />
      <span>{name}</span>
    </a>
  );
}
