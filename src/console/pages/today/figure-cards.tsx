import type { Dashboard, DayFigure, Days } from '../../../staff/api.js';
import { todayWords } from '../../words/today-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { roundWriterOf, writerOf } from './show-figure.js';
import { Spark } from './spark.js';

export const SHOWN = [
  'supporters',
  'emails',
  'consents',
  'donations',
  'signups',
  'visits',
  'turnout',
] as const satisfies readonly DayFigure[];

/** Every figure with what it comes to, and what it gained today; one of them is chosen. */
export function FigureCards({
  standing,
  byDay,
  chosen,
  onChoose,
}: {
  readonly standing: Dashboard;
  readonly byDay: Days;
  readonly chosen: DayFigure;
  onChoose(figure: DayFigure): void;
}) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const under = useUnder(standing);
  const last = byDay.days.find(({ day }) => day === byDay.today);
  return (
    <div className="figure-cards" role="group" aria-label={words.cards}>
      {SHOWN.map((figure) => {
        const write = writerOf(figure, standing.donations.currency, language);
        const writeRound = roundWriterOf(figure, standing.donations.currency, language);
        const gained = last?.counts[figure].total;
        const values = byDay.days.map(({ counts }) => counts[figure].total);
        return (
          <button
            type="button"
            key={figure}
            className="card figure-card"
            aria-pressed={figure === chosen}
            onClick={() => onChoose(figure)}
          >
            <span className="figure-name">{words.figures[figure]}</span>
            <strong>{writeRound(totalOf(figure, standing))}</strong>
            <span className={(gained ?? 0) > 0 ? 'figure-gain' : 'figure-gain muted'}>
              {gained === undefined ? '…' : `${gained > 0 ? '+' : ''}${write(gained)}`}{' '}
              {words.today}
            </span>
            <span className="figure-under">{under[figure] ?? '\u00a0'}</span>
            <Spark values={values} />
          </button>
        );
      })}
    </div>
  );
}

function useUnder(standing: Dashboard): { readonly [figure in DayFigure]?: string } {
  const words = useWords(todayWords).under;
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const { donations, shifts, doors } = standing;
  const emails = standing.figures.find(({ figure }) => figure === 'emails')?.people ?? 0;
  return {
    emails: words.emails(number.format(emails)),
    donations: (donations.isTrial ? words.trials : words.donations)(donations.gifts),
    signups: words.places(number.format(shifts.taken), number.format(shifts.places)),
    visits: words.doors(number.format(doors.known)),
  };
}

/** What a figure comes to in all. */
function totalOf(figure: DayFigure, standing: Dashboard): number {
  const { figures, donations, shifts, doors, turnout } = standing;
  const people = (wanted: string): number =>
    figures.find((one) => one.figure === wanted)?.people ?? 0;
  switch (figure) {
    case 'supporters':
      return people('supporters');
    case 'emails':
      return people('confirmed');
    case 'consents':
      return people('agreed');
    case 'donations':
      return donations.cents;
    case 'signups':
      return shifts.taken;
    case 'visits':
      return doors.visits;
    case 'turnout':
      return turnout.at(-1)?.people ?? 0;
    default:
      return figure satisfies never;
  }
}
