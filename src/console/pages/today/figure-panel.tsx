import type { Counts, Dashboard, DayCount, DayFigure, Days } from '../../../staff/api.js';
import { channelWords } from '../../words/channel-words.js';
import { placeName, territoryWords } from '../../words/place-names.js';
import { purposeWords } from '../../words/purpose-words.js';
import { todayWords } from '../../words/today-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { Bars, type BarRow } from './bars.js';
import { DayChart } from './day-chart.js';
import { shortWriterOf, writerOf } from './show-figure.js';

/** Lines of one list; what is left is told together. */
const MOST = 8;

/** One figure of the last days: by day, channel, territory, and what else it divides into. */
export function FigurePanel({
  byDay,
  figure,
  currency,
}: {
  readonly byDay: Days;
  readonly figure: DayFigure;
  readonly currency: Dashboard['donations']['currency'];
}) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const names = useNames(figure);
  const write = writerOf(figure, currency, language);
  const writeShort = shortWriterOf(figure, currency, language);
  const counts = byDay.days.map((one) => one.counts[figure]);
  const channels = rowsOf(sumOf(counts, 'channels'), names.channel, words.others);
  const territories = rowsOf(sumOf(counts, 'territories'), names.place, words.others);
  const kinds = sumOf(counts, 'kinds');
  return (
    <>
      <figure className="card card-body">
        <figcaption>
          <h2>{words.byDay[figure]}</h2>
        </figcaption>
        <DayChart byDay={byDay} figure={figure} write={write} writeShort={writeShort} />
      </figure>
      <div className="dashboard-bars">
        {figure === 'visits' || figure === 'turnout' ? null : (
          <Bars
            title={words.byChannel}
            {...(figure === 'donations' ? {} : { text: words.byChannelText })}
            rows={channels}
            write={write}
          />
        )}
        <Bars title={words.byTerritory} rows={territories} write={write} />
        {figure === 'consents' || figure === 'signups' || figure === 'visits' ? (
          <Bars
            title={words.byKind[figure]}
            rows={rowsOf(kinds, names.kind, words.others)}
            write={write}
          />
        ) : null}
        {figure === 'turnout' ? (
          <Bars title={words.byKind.turnout} rows={hoursOf(kinds)} write={write} />
        ) : null}
      </div>
    </>
  );
}

function useNames(figure: DayFigure) {
  const words = useWords(todayWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const territories: Readonly<Record<string, string>> = useWords(territoryWords);
  const kinds: Readonly<Record<string, string>> =
    figure === 'signups' ? words.tasks : figure === 'visits' ? words.results : purposes;
  return {
    channel: (name: string) => (name === '' ? words.noChannel : (channels[name] ?? name)),
    place: (name: string) => (name === '' ? words.noPlace : placeName(name, territories)),
    kind: (name: string) => kinds[name] ?? name,
  };
}

function sumOf(counts: readonly DayCount[], by: 'channels' | 'territories' | 'kinds'): Counts {
  const sums: Record<string, number> = {};
  for (const count of counts) {
    for (const [name, amount] of Object.entries(count[by])) sums[name] = (sums[name] ?? 0) + amount;
  }
  return sums;
}

/** The largest first. */
function rowsOf(
  counts: Counts,
  nameOf: (name: string) => string,
  others: (count: number) => string,
): readonly BarRow[] {
  const rows = Object.entries(counts)
    .filter(([, amount]) => amount !== 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, amount]) => ({ name: nameOf(name), amount }));
  if (rows.length <= MOST) return rows;
  const rest = rows.slice(MOST - 1);
  const amount = rest.reduce((sum, row) => sum + row.amount, 0);
  return [...rows.slice(0, MOST - 1), { name: others(rest.length), amount, isRest: true }];
}

/** Hours in their order, whatever they have. */
function hoursOf(counts: Counts): readonly BarRow[] {
  return Object.entries(counts)
    .filter(([, amount]) => amount !== 0)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([hour, amount]) => ({ name: `${hour}:00`, amount }));
}
