import type { SequenceLeft, SequenceTotals } from '../../../staff/api.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

const WHY: readonly SequenceLeft[] = ['left_answered', 'left_segment', 'left_taken_out'];

/** How many people began, are in it, finished, and left why. */
export function Totals({ totals }: { readonly totals: SequenceTotals }) {
  const words = useWords(sequenceWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const left = WHY.reduce((sum, why) => sum + totals.left[why], 0);
  const why = WHY.filter((one) => totals.left[one] > 0).map((one) =>
    words.leftWhy[one](totals.left[one]),
  );
  return (
    <dl className="totals">
      <div className="card">
        <dt>{words.began}</dt>
        <dd>{number.format(totals.began)}</dd>
      </div>
      <div className="card">
        <dt>{words.within}</dt>
        <dd>{number.format(totals.within)}</dd>
      </div>
      <div className="card">
        <dt>{words.finished}</dt>
        <dd>{number.format(totals.finished)}</dd>
      </div>
      <div className="card">
        <dt>{words.left}</dt>
        <dd>
          {number.format(left)}
          {why.length === 0 ? null : <span className="muted"> {why.join(', ')}</span>}
        </dd>
      </div>
    </dl>
  );
}
