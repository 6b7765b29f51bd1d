import type { Dashboard } from '../../../staff/api.js';
import { channelWords } from '../../words/channel-words.js';
import { placeName, territoryWords } from '../../words/place-names.js';
import { purposeWords } from '../../words/purpose-words.js';
import { todayWords } from '../../words/today-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { Bars } from './bars.js';

/** How things stand now, whenever it came to be so. */
export function StandingBars({ standing }: { readonly standing: Dashboard }) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const territories: Readonly<Record<string, string>> = useWords(territoryWords);
  const number = new Intl.NumberFormat(language);
  const write = (people: number): string => number.format(people);
  return (
    <>
      <h2 className="dashboard-part">{words.standing}</h2>
      <div className="dashboard-bars">
        <Bars
          title={words.consents}
          rows={standing.consents.map(({ purpose, people }) => ({
            name: purposes[purpose] ?? purpose,
            amount: people,
          }))}
          write={write}
        />
        <Bars
          title={words.channels}
          rows={standing.channels
            .map(({ channel, people }) => ({ name: channels[channel] ?? channel, amount: people }))
            .toSorted((one, other) => other.amount - one.amount)}
          write={write}
        />
        <Bars
          title={words.territories}
          rows={standing.territories.map(({ territory, people }) => ({
            name: placeName(territory, territories),
            amount: people,
          }))}
          write={write}
        />
        {standing.turnout.length === 0 ? null : (
          <Bars
            title={words.turnout}
            rows={standing.turnout.map(({ round, people }) => ({
              name: words.round(round),
              amount: people,
            }))}
            write={write}
          />
        )}
      </div>
    </>
  );
}
