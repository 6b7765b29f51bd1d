import type { DonationAnomalyKind, DonationCountry } from '../../../staff/api.js';
import { Icon } from '../../ui/icon.js';
import { anomalyWords } from '../../words/anomaly-words.js';
import { useWords } from '../../words/use-words.js';

/** One thing to look at: what it is, what to do about it, and what the law says. */
export function AnomalyWords({
  kind,
  country,
}: {
  readonly kind: DonationAnomalyKind;
  readonly country: DonationCountry;
}) {
  const { titles, todo, laws } = useWords(anomalyWords);
  const law = country === 'none' ? '' : laws[country][kind];
  return (
    <div className="anomaly-words">
      <h2>
        <Icon name="alert" size={18} />
        {titles[kind]}
      </h2>
      <p>{todo[kind]}</p>
      {law === '' ? null : <p className="anomaly-law">{law}</p>}
    </div>
  );
}
