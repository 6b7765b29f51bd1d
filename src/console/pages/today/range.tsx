import { todayWords } from '../../words/today-words.js';
import { useWords } from '../../words/use-words.js';

const RANGES = [7, 14, 30, 90] as const;
export type RangeDays = (typeof RANGES)[number];

/** How far back one looks. */
export function Range({
  days,
  onChoose,
}: {
  readonly days: RangeDays;
  onChoose(days: RangeDays): void;
}) {
  const words = useWords(todayWords);
  return (
    <div className="range" role="group" aria-label={words.range}>
      {RANGES.map((one) => (
        <button type="button" key={one} aria-pressed={one === days} onClick={() => onChoose(one)}>
          {words.days(one)}
        </button>
      ))}
    </div>
  );
}
