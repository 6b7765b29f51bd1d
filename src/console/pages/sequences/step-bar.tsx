import type { DeliveryState, SequenceStepCounts } from '../../../staff/api.js';
import { messageWords } from '../../words/message-words.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { Reasons } from '../messages/plan-figures.js';

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

/** How many people stand where in one step, as a bar and figures. */
export function StepBar({ counts }: { readonly counts: SequenceStepCounts }) {
  const words = useWords(sequenceWords);
  const { deliveries, reasonsTitle } = useWords(messageWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const all = SHOWN.reduce((sum, state) => sum + counts[state], 0);
  if (all === 0) return <p className="muted">{words.nobodyYet}</p>;
  const present = SHOWN.filter((state) => counts[state] > 0);
  return (
    <div className="step-bar">
      <div className="bar" aria-hidden="true">
        {present.map((state) => (
          <span
            key={state}
            className={`bar-part bar-${state}`}
            style={{ width: `${(counts[state] / all) * 100}%` }}
          />
        ))}
      </div>
      <ul className="legend">
        {present.map((state) => (
          <li key={state}>
            <span className={`legend-box bar-${state}`} aria-hidden="true" />
            {deliveries[state]} <strong>{number.format(counts[state])}</strong>
          </li>
        ))}
      </ul>
      <Reasons counts={counts.reasons} title={reasonsTitle} />
    </div>
  );
}
