import { todayWords } from '../../words/today-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** How many people each of several has, as a table whose lines have bars. */
export function Bars({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly people: number }[];
}) {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const most = Math.max(1, ...rows.map(({ people }) => people));
  return (
    <section className="card card-body">
      <h2>{title}</h2>
      {rows.length === 0 ? <p className="muted">{words.nothing}</p> : null}
      <dl className="bars">
        {rows.map(({ name, people }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{number.format(people)}</dd>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="6" rx="3" className="bar-ground" />
              <rect width={(people / most) * 100} height="6" rx="3" className="bar-fill" />
            </svg>
          </div>
        ))}
      </dl>
    </section>
  );
}
