import type { DonationStep, DonationView } from '../../../staff/api.js';
import { Time } from '../../ui/time.js';
import { useMoney } from '../../ui/use-money.js';
import { donationWords } from '../../words/donation-words.js';
import { useWords } from '../../words/use-words.js';

/** What became of a donation, the oldest first. */
export function DonationHistory({ view }: { readonly view: DonationView }) {
  const words = useWords(donationWords);
  const money = useMoney();
  return (
    <section className="card card-body">
      <h2>{words.history}</h2>
      <ol className="donation-steps">
        {view.history.map((step, index) => (
          <li key={`${index} ${step.at}`} className={toneOf(step)}>
            <p>
              <strong>{nameOf(step, words)}</strong>
              {step.cents === undefined ? null : (
                <span className="donation-step-amount">{money(step.cents, view.currency)}</span>
              )}
            </p>
            <p className="muted">
              <Time at={step.at} />
              {step.by === undefined ? null : <span> · {words.authorised(step.by)}</span>}
              {step.reason === undefined ? null : <span> · {step.reason}</span>}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function nameOf(step: DonationStep, words: (typeof donationWords)['fr']): string {
  switch (step.type) {
    case 'refund':
      return words.refundSteps[step.state];
    case 'dispute':
      return words.disputeSteps[step.state];
    case 'begun':
    case 'declared':
    case 'attested':
    case 'paid':
    case 'late':
    case 'expired':
    case 'excess':
      return words.steps[step.type];
    default:
      return step satisfies never;
  }
}

function toneOf(step: DonationStep): string {
  if (step.type === 'paid') return 'step-good';
  const isBad =
    step.type === 'late' ||
    step.type === 'excess' ||
    (step.type === 'dispute' && step.state !== 'won') ||
    (step.type === 'refund' && step.state === 'failed');
  return isBad ? 'step-bad' : 'step';
}
