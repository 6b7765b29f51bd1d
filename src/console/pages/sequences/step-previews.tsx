import type { SequenceStepDraft } from '../../../staff/api.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';
import { useAfter } from './tell-after.js';

/** The words of each step as somebody reads them, in the order in which they come. */
export function StepPreviews({
  steps,
  previews,
}: {
  readonly steps: readonly SequenceStepDraft[];
  readonly previews: readonly { readonly [language: string]: string }[];
}) {
  const words = useWords(sequenceWords);
  const tellAfter = useAfter();
  const isSilent = previews.every((one) => Object.keys(one).length === 0);
  if (isSilent && steps.every(({ says }) => says === 'words')) {
    return <p className="muted">{words.previewNone}</p>;
  }
  return (
    <ol className="step-previews">
      {steps.map(({ after, says, flow }, index) => (
        <li key={index}>
          <p className="time-line-when">{tellAfter(after)}</p>
          {says === 'flow' && flow !== '' ? <p>{words.flow(flow)}</p> : null}
          <ul className="bubbles">
            {Object.entries(previews[index] ?? {}).map(([language, text]) => (
              <li key={language}>
                <p className="message-bubble" lang={language}>
                  {text}
                </p>
                <span className="muted">{language}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
