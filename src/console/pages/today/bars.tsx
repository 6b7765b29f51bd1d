import { todayWords } from '../../words/today-words.js';
import { useWords } from '../../words/use-words.js';

export type BarRow = {
  readonly name: string;
  readonly amount: number;
  /** All that had no line of its own: compared with none of them. */
  readonly isRest?: boolean;
};

/** How several compare, as a list whose lines have bars. */
export function Bars({
  title,
  text,
  rows,
  write,
}: {
  readonly title: string;
  readonly text?: string;
  readonly rows: readonly BarRow[];
  write(amount: number): string;
}) {
  const words = useWords(todayWords);
  const most = Math.max(1, ...rows.map(({ amount, isRest }) => (isRest === true ? 0 : amount)));
  return (
    <section className="card card-body">
      <h2>{title}</h2>
      {text === undefined ? null : <p className="muted bars-text">{text}</p>}
      {rows.length === 0 ? <p className="muted bars-text">{words.nothing}</p> : null}
      <dl className="bars">
        {rows.map(({ name, amount, isRest }) => (
          <div key={name} className={isRest === true ? 'muted' : undefined}>
            <dt>{name}</dt>
            <dd>{write(amount)}</dd>
            {isRest === true ? null : (
              <dd className="bar-frame" aria-hidden="true">
                <span style={{ width: `${(Math.max(0, amount) / most) * 100}%` }} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
