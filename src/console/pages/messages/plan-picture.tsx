import type { PlanView, TimeSpan } from '../../../staff/api.js';
import { useSession } from '../../session.js';
import { fieldWords } from '../../words/field-words.js';
import { planWords } from '../../words/message-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { makeTicks, placeLabels, scaleOf } from './draw-time.js';
import { PlanFigures } from './plan-figures.js';

const WIDTH = 960;
const LEFT = 132;
const RIGHT = 16;
const TOP = 34;
const ROW = 36;
/** A send of a moment is still to be seen. */
const LEAST = 4;

/** When a message would leave on each channel, against what may hold it up; a table says the same. */
export function PlanPicture({ plan }: { readonly plan: PlanView }) {
  const words = useWords(planWords);
  if (plan.recipients === 0) {
    return (
      <>
        <p className="muted">{words.nobody}</p>
        <PlanFigures plan={plan} />
      </>
    );
  }
  return (
    <div className="plan">
      <PlanFigures plan={plan} />
      <div className="plan-scroll card" tabIndex={0} role="region" aria-label={words.picture}>
        <Picture plan={plan} />
      </div>
      <Legend />
      <PlanTable plan={plan} />
    </div>
  );
}

function Picture({ plan }: { readonly plan: PlanView }) {
  const words = useWords(planWords);
  const { values } = useWords(fieldWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const { picture } = plan;
  const { timezone } = session.campaign;
  const { channels, calendars } = picture;
  const rows = channels.length + calendars.length;
  const height = TOP + rows * ROW + 8;
  const x = scaleOf(picture, LEFT, WIDTH - RIGHT);
  const ticks = makeTicks(picture, { timezone, language });
  const number = new Intl.NumberFormat(language);
  const box = ({ from, until }: TimeSpan, row: number, inset: number) => ({
    x: x(from),
    y: TOP + row * ROW + inset,
    width: Math.max(LEAST, x(until) - x(from)),
    height: ROW - inset * 2,
  });
  const marks = placeLabels(
    [
      ...(picture.now >= picture.from && picture.now <= picture.until
        ? [{ at: picture.now, label: words.now, kind: 'now' }]
        : []),
      ...(plan.latestSafeStart === undefined
        ? []
        : [{ at: plan.latestSafeStart, label: words.latest, kind: 'latest' }]),
    ],
    x,
    WIDTH,
  );
  return (
    <svg
      className="plan-picture"
      viewBox={`0 0 ${WIDTH} ${height + (marks.length > 0 ? 22 : 0)}`}
      aria-hidden="true"
    >
      <defs>
        <pattern id="quiet" width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 6 6 0" className="hatch" />
        </pattern>
      </defs>
      {ticks.map(({ at, label, isDay }) => (
        <g key={at}>
          <line
            className={isDay ? 'tick tick-day' : 'tick'}
            x1={x(at)}
            x2={x(at)}
            y1={TOP - 8}
            y2={height}
          />
          <text
            className={isDay ? 'tick-label tick-label-day' : 'tick-label'}
            x={x(at) + 4}
            y={TOP - 14}
          >
            {label}
          </text>
        </g>
      ))}
      {channels.map(({ channel, recipients, sends }, row) => (
        <g key={channel}>
          <text className="row-label" x={12} y={TOP + row * ROW + ROW / 2 - 1}>
            {values[channel] ?? channel}
          </text>
          <text className="row-note" x={12} y={TOP + row * ROW + ROW / 2 + 12}>
            {number.format(recipients)}
          </text>
          {calendars[0]?.closed.map((span) => (
            <rect
              key={`${span.rule} ${span.from}`}
              className={`shade shade-${span.rule}`}
              {...box(span, row, 0)}
            />
          ))}
          {sends.map((span) => (
            <rect key={span.from} className="send" rx={4} {...box(span, row, 9)} />
          ))}
        </g>
      ))}
      {calendars.map((calendar, index) => {
        const row = channels.length + index;
        const [only, ...others] = calendar.territories;
        const name =
          only === undefined
            ? words.unknown
            : others.length === 0
              ? (values[only] ?? only)
              : words.others(calendar.territories.length);
        return (
          <g key={index}>
            <line
              className="row-line"
              x1={0}
              x2={WIDTH}
              y1={TOP + row * ROW}
              y2={TOP + row * ROW}
            />
            <text className="row-label row-quiet" x={12} y={TOP + row * ROW + ROW / 2 - 1}>
              {calendars.length === 1 && only === undefined ? words.everywhere : name}
            </text>
            <text className="row-note" x={12} y={TOP + row * ROW + ROW / 2 + 12}>
              {number.format(calendar.people)}
            </text>
            {calendar.closed.map((span) => (
              <rect
                key={`${span.rule} ${span.from}`}
                className={`closed closed-${span.rule}`}
                rx={3}
                {...box(span, row, 10)}
              />
            ))}
            {calendar.polls.map((span) => (
              <rect key={span.from} className="polls" rx={3} {...box(span, row, 10)} />
            ))}
          </g>
        );
      })}
      {marks.map(({ at, label, kind, anchor }) => (
        <g key={kind}>
          <line className={`mark mark-${kind}`} x1={x(at)} x2={x(at)} y1={TOP - 8} y2={height} />
          <text className={`mark-label mark-${kind}`} textAnchor={anchor} x={x(at)} y={height + 14}>
            {label}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Legend() {
  const words = useWords(planWords);
  const kinds = [
    ['send', words.sends],
    ['quiet-hours', words.quiet],
    ['silence', words.silence],
    ['polls', words.polls],
  ] as const;
  return (
    <ul className="legend">
      {kinds.map(([kind, label]) => (
        <li key={kind}>
          <span className={`legend-box legend-${kind}`} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  );
}

function PlanTable({ plan }: { readonly plan: PlanView }) {
  const words = useWords(planWords);
  const { values } = useWords(fieldWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const clock = new Intl.DateTimeFormat(language, {
    timeZone: session.campaign.timezone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (
    <details className="plan-table">
      <summary>{words.table}</summary>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.channel}</th>
              <th scope="col" className="number">
                {words.reached}
              </th>
              <th scope="col" className="number">
                {words.sends}
              </th>
              <th scope="col">{words.begins}</th>
              <th scope="col">{words.ends}</th>
            </tr>
          </thead>
          <tbody>
            {plan.picture.channels.map(({ channel, recipients, rate, sends }) => {
              const [first, last] = [sends[0], sends.at(-1)];
              return (
                <tr key={channel}>
                  <td>{values[channel] ?? channel}</td>
                  <td className="number">{number.format(recipients)}</td>
                  <td className="number">{words.rate(number.format(rate))}</td>
                  <td>{first === undefined ? words.never : clock.format(first.from)}</td>
                  <td>{last === undefined ? '–' : clock.format(last.until)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}
