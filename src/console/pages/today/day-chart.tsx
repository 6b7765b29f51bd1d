import { useState } from 'react';
import type { Days, DayFigure } from '../../../staff/api.js';
import { todayWords } from '../../words/today-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { labelled, ticksUpTo } from './scale.js';
import { daysBetween, dayWriter } from './show-figure.js';
import { useWidth } from './use-width.js';

const HEIGHT = 190;
const LEFT = 46;
const BELOW = 24;
const LABEL = 52;

/** One figure by day: bars for who sees, and the same as a table. */
export function DayChart({
  byDay,
  figure,
  write,
  writeShort,
}: {
  readonly byDay: Days;
  readonly figure: DayFigure;
  write(amount: number): string;
  writeShort(amount: number): string;
}) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const { ref, width } = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<string>();
  const days = daysBetween(byDay.from, byDay.today);
  const amounts = new Map(byDay.days.map(({ day, counts }) => [day, counts[figure].total]));
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  const unit = figure === 'donations' ? 100 : 1;
  const ticks = ticksUpTo(Math.max(0, ...amounts.values()) / unit).map((tick) => tick * unit);
  const top = ticks.at(-1) ?? unit;
  const step = Math.max(1, width - LEFT) / days.length;
  const y = (amount: number): number => HEIGHT - (Math.max(0, amount) / top) * (HEIGHT - 8);
  const bar = Math.max(1, Math.min(34, step * 0.68));
  const short = dayWriter(language, { day: 'numeric', month: 'short' });
  const long = dayWriter(language, { weekday: 'long', day: 'numeric', month: 'long' });
  const shown = new Set(labelled(days.length, width - LEFT, LABEL));
  return (
    <>
      <p className="chart-told">
        <strong>{write(pointed === undefined ? total : (amounts.get(pointed) ?? 0))}</strong>{' '}
        <span className="muted">
          {pointed === undefined ? words.inAll(days.length) : long(pointed)}
        </span>
      </p>
      <div ref={ref} className="chart" onPointerLeave={() => setPointed(undefined)}>
        <svg width={width} height={HEIGHT + BELOW} aria-hidden="true">
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} className="axis" />
              <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
                {writeShort(tick)}
              </text>
            </g>
          ))}
          {days.map((day, index) => {
            const amount = amounts.get(day);
            const x = LEFT + index * step;
            return (
              <g
                key={day}
                className={day === pointed ? 'column is-pointed' : 'column'}
                onPointerEnter={() => setPointed(day)}
              >
                <rect x={x} width={step} height={HEIGHT + BELOW} className="column-ground" />
                {amount === undefined ? (
                  <rect
                    x={x + (step - bar) / 2}
                    y={HEIGHT - 6}
                    width={bar}
                    height={6}
                    rx={2}
                    className="column-waits"
                  />
                ) : (
                  <path
                    d={roundedBar(x + (step - bar) / 2, y(amount), bar, HEIGHT)}
                    className={day === byDay.today ? 'column-bar is-today' : 'column-bar'}
                  />
                )}
                {shown.has(index) ? (
                  <text
                    x={Math.min(x + step / 2, width - LABEL / 2 + 4)}
                    y={HEIGHT + 18}
                    textAnchor="middle"
                  >
                    {short(day)}
                  </text>
                ) : null}
              </g>
            );
          })}
        </svg>
      </div>
      <details className="as-table">
        <summary>{words.asTable}</summary>
        <div className="table-frame" tabIndex={0} role="region" aria-label={words.byDay[figure]}>
          <table className="table">
            <caption className="hidden">{words.byDay[figure]}</caption>
            <thead>
              <tr>
                <th scope="col">{words.day}</th>
                <th scope="col" className="number">
                  {words.byDay[figure]}
                </th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((day) => (
                <tr key={day}>
                  <td>{long(day)}</td>
                  <td className="number">
                    {amounts.has(day) ? write(amounts.get(day) ?? 0) : '…'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

/** A bar with round shoulders that stands on the ground. */
function roundedBar(x: number, top: number, width: number, ground: number): string {
  const height = ground - top;
  const radius = Math.min(4, width / 2, height);
  if (height <= 0) return '';
  return (
    `M${x} ${ground}v${-(height - radius)}q0 ${-radius} ${radius} ${-radius}` +
    `h${width - 2 * radius}q${radius} 0 ${radius} ${radius}v${height - radius}z`
  );
}
