import type { DonationTotals } from '../../../staff/api.js';
import { addDays } from '../../last-days.js';
import { useMoney } from '../../ui/use-money.js';
import { donationWords } from '../../words/donation-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** Of the drawing, in its own units. */
const WIDTH = 640;
const HEIGHT = 150;
const WIDEST = 26;
/** Days named below. */
const NAMED = 5;

/** What was kept each day: a drawing, and a table for whoever hears it. */
export function DonationDays({ totals }: { readonly totals: DonationTotals }) {
  const words = useWords(donationWords);
  const { language } = useLanguage();
  const money = useMoney();
  const { currency, from, until } = totals;
  const known = new Map(totals.days.map((one) => [one.day, one]));
  const days = daysFrom(from, until).map((day) => known.get(day) ?? { day, gifts: 0, cents: 0 });
  const most = Math.max(1, ...days.map(({ cents }) => cents));
  const step = WIDTH / days.length;
  const wide = Math.min(WIDEST, step * 0.72);
  const short = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const long = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const every = Math.max(1, Math.ceil(days.length / NAMED));
  return (
    <figure className="card card-body days">
      <figcaption>
        <h2>{words.perDay}</h2>
        <p className="days-legend" aria-hidden="true">
          {money(most, currency, true)} max
        </p>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 22}`} aria-hidden="true">
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="axis" />
        {days.map(({ day, gifts, cents }, index) => {
          const tall = cents <= 0 ? 0 : Math.max(2, (cents / most) * (HEIGHT - 4));
          const middle = index * step + step / 2;
          return (
            <g key={day}>
              <rect
                x={middle - wide / 2}
                y={HEIGHT - tall}
                width={wide}
                height={tall}
                rx={Math.min(3, wide / 3)}
                className="series-1"
              >
                <title>
                  {long.format(new Date(day))} · {money(cents, currency)} ({gifts})
                </title>
              </rect>
              {index % every === Math.floor(every / 2) ? (
                <text x={middle} y={HEIGHT + 16} textAnchor="middle">
                  {short.format(new Date(day))}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <div className="hidden">
        <table>
          <caption>{words.perDay}</caption>
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.donations}</th>
              <th scope="col">{words.kept}</th>
            </tr>
          </thead>
          <tbody>
            {totals.days.map(({ day, gifts, cents }) => (
              <tr key={day}>
                <th scope="row">{long.format(new Date(day))}</th>
                <td>{gifts}</td>
                <td>{money(cents, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function daysFrom(from: string, until: string): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}
