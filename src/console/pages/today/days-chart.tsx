import type { Dashboard } from '../../../staff/api.js';
import { todayWords } from '../../words/today-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** Of the drawing, in its own units. */
const STEP = 40;
const HEIGHT = 150;
const BAR = 13;

/** New supporters and confirmed e-mails of the last two weeks: a drawing, and a table for whoever hears it. */
export function DaysChart({ days }: { readonly days: Dashboard['days'] }) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const most = Math.max(1, ...days.flatMap(({ supporters, confirmed }) => [supporters, confirmed]));
  const tall = (people: number): number => (people / most) * HEIGHT;
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <figure className="card card-body days">
      <figcaption>
        <h2>{words.days}</h2>
        <p className="days-legend" aria-hidden="true">
          <span className="dot dot-1" /> {words.newSupporters} <span className="dot dot-2" />{' '}
          {words.figures.confirmed}
        </p>
      </figcaption>
      <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT + 22}`} aria-hidden="true">
        <line x1="0" x2={days.length * STEP} y1={HEIGHT} y2={HEIGHT} className="axis" />
        {days.map(({ day, supporters, confirmed }, index) => (
          <g key={day} transform={`translate(${index * STEP + 5} 0)`}>
            <rect
              y={HEIGHT - tall(supporters)}
              width={BAR}
              height={tall(supporters)}
              rx="3"
              className="series-1"
            />
            <rect
              x={BAR + 3}
              y={HEIGHT - tall(confirmed)}
              width={BAR}
              height={tall(confirmed)}
              rx="3"
              className="series-2"
            />
            <text x={BAR + 1} y={HEIGHT + 16} textAnchor="middle">
              {short.format(new Date(day))}
            </text>
          </g>
        ))}
      </svg>
      <div className="hidden">
        <table>
          <caption>{words.days}</caption>
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.newSupporters}</th>
              <th scope="col">{words.figures.confirmed}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, supporters, confirmed }) => (
              <tr key={day}>
                <th scope="row">{long.format(new Date(day))}</th>
                <td>{supporters}</td>
                <td>{confirmed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
