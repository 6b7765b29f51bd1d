import type { DeliveryState, MessageProgress } from '../../../staff/api.js';
import { Time } from '../../ui/time.js';
import { messageWords } from '../../words/message-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { Reasons } from './plan-figures.js';

/** In the order in which they are drawn: what arrived, what may have, what did not, what is to come. */
const SHOWN: readonly DeliveryState[] = [
  'read',
  'delivered',
  'sent',
  'sending',
  'unknown',
  'failed',
  'skipped',
  'planned',
];

/** How far a message got, as a bar, figures, and reasons. */
export function ProgressCard({
  progress,
  recipients = 0,
}: {
  readonly progress: MessageProgress;
  readonly recipients?: number | undefined;
}) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const counted = SHOWN.reduce((sum, state) => sum + progress[state], 0);
  const all = Math.max(counted, progress.state === 'cancelled' ? counted : recipients);
  const left = progress.planned + progress.sending;
  // What was left when it was cancelled was not dealt with.
  const done = counted - left - (progress.reasons['cancelled'] ?? 0);
  const { endsAt, rate } = progress;
  const isOver = progress.state === 'done' || progress.state === 'cancelled';
  return (
    <section className="card card-body progress" aria-label={words.progressTitle}>
      <p className="progress-head" role="status">
        <strong>{words.progressOf(number.format(done), number.format(all))}</strong>
        <span className="muted">
          {rate > 0 && !isOver ? `${words.rate(number.format(rate))} · ` : ''}
          {endsAt === undefined ? null : (
            <>
              {isOver ? words.ended : words.ends} <Time at={endsAt} />
            </>
          )}
        </span>
      </p>
      <div className="bar" aria-hidden="true">
        {SHOWN.filter((state) => progress[state] > 0).map((state) => (
          <span
            key={state}
            className={`bar-part bar-${state}`}
            style={{ width: `${(progress[state] / Math.max(1, all)) * 100}%` }}
          />
        ))}
      </div>
      <ul className="progress-states">
        {SHOWN.map((state) => (
          <li key={state} className={progress[state] === 0 ? 'muted' : undefined}>
            <span className={`legend-box bar-${state}`} aria-hidden="true" />
            <span>{words.deliveries[state]}</span>
            <strong>{number.format(progress[state])}</strong>
          </li>
        ))}
      </ul>
      <Reasons counts={progress.reasons} title={words.reasonsTitle} />
    </section>
  );
}
