import type { PlanView } from '../../../staff/api.js';
import { Time } from '../../ui/time.js';
import { planWords, reasonWords } from '../../words/message-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** How many get it from when to when, and why others do not. */
export function PlanFigures({ plan }: { readonly plan: PlanView }) {
  const words = useWords(planWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const left = Object.values(plan.cannot).reduce((sum, one) => sum + one, 0);
  const at = (instant: number) => <Time at={new Date(instant).toISOString()} />;
  return (
    <div className="plan-figures">
      <dl className="plan-facts">
        <div>
          <dt>{words.reached}</dt>
          <dd>{number.format(plan.recipients)}</dd>
        </div>
        <div>
          <dt>{words.notReached}</dt>
          <dd>{number.format(left)}</dd>
        </div>
        {plan.start === undefined || plan.end === undefined ? null : (
          <>
            <div>
              <dt>{words.begins}</dt>
              <dd>{at(plan.start)}</dd>
            </div>
            <div>
              <dt>{words.ends}</dt>
              <dd>{at(plan.end)}</dd>
            </div>
          </>
        )}
        {plan.latestSafeStart === undefined ? null : (
          <div className="plan-facts-bad">
            <dt>{words.latestText}</dt>
            <dd>{at(plan.latestSafeStart)}</dd>
          </div>
        )}
      </dl>
      <Reasons counts={plan.late} title={words.lateTitle} isBad />
      <Reasons counts={plan.cannot} title={words.whyNot} />
    </div>
  );
}

/** Why people are left out, most of them first. */
export function Reasons({
  counts,
  title,
  isBad = false,
}: {
  readonly counts: { readonly [reason: string]: number };
  readonly title: string;
  readonly isBad?: boolean;
}) {
  const { reasons } = useWords(reasonWords);
  const { language } = useLanguage();
  const rows = Object.entries(counts).toSorted((one, other) => other[1] - one[1]);
  if (rows.length === 0) return null;
  return (
    <section className={isBad ? 'reasons reasons-bad' : 'reasons'}>
      <p className="reasons-title">{title}</p>
      <ul>
        {rows.map(([reason, count]) => (
          <li key={reason}>
            <strong>{new Intl.NumberFormat(language).format(count)}</strong>{' '}
            {reasons[reason] ?? reason.replaceAll('_', ' ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
