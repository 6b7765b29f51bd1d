import type { ReactNode } from 'react';
import type { SequenceDraft, SequenceStepCounts } from '../../../staff/api.js';
import { Icon } from '../../ui/icon.js';
import { fieldWords } from '../../words/field-words.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';
import { gapOf } from './gap-of.js';
import { StepBar } from './step-bar.js';
import { spanMs, useAfter } from './tell-after.js';
import { useStart } from './use-start.js';

/** The steps of a sequence along time, from what it begins with on; the longer the wait, the longer the line. */
export function TimeLine({
  draft,
  counts,
}: {
  readonly draft: SequenceDraft;
  readonly counts: readonly SequenceStepCounts[];
}) {
  const words = useWords(sequenceWords);
  const { values } = useWords(fieldWords);
  const tellStart = useStart();
  const tellAfter = useAfter();
  return (
    <ol className="time-line">
      <Stop gap={0} isStart>
        <p className="time-line-start">
          <Icon name="bolt" size={18} />
          <span>
            {words.begins} <strong>{tellStart(draft.start)}</strong>
          </span>
        </p>
      </Stop>
      {draft.steps.map((step, index) => {
        const { after, says, flow, channels, purpose, content, skips } = step;
        const earlier = draft.steps[index - 1];
        const wait = spanMs(after) - (earlier === undefined ? 0 : spanMs(earlier.after));
        const mode = skips ? 'skip' : says === 'flow' ? 'interrupt' : 'passive';
        const own = counts[index];
        return (
          <Stop key={index} gap={gapOf(wait)}>
            <p className="time-line-when">{tellAfter(after)}</p>
            <section className="card card-body time-line-step" aria-label={words.step(index + 1)}>
              <header>
                <h3>{words.step(index + 1)}</h3>
                <span className="muted">
                  {[
                    values[purpose] ?? purpose,
                    ...(content === 'neutral' ? [words.neutral] : []),
                    channels.map((one) => values[one] ?? one).join(', '),
                    words.modes[mode],
                  ].join(' · ')}
                </span>
              </header>
              {says === 'flow' ? (
                <p className="time-line-flow">
                  <Icon name="flow" size={18} /> {words.flow(flow)}
                </p>
              ) : (
                <ul className="bubbles bubbles-row">
                  {Object.entries(step.words).map(([language, text]) => (
                    <li key={language}>
                      <p className="message-bubble" lang={language}>
                        {text}
                      </p>
                      <span className="muted">{language}</span>
                    </li>
                  ))}
                </ul>
              )}
              {own === undefined ? null : <StepBar counts={own} />}
            </section>
          </Stop>
        );
      })}
    </ol>
  );
}

function Stop({
  gap,
  isStart = false,
  children,
}: {
  readonly gap: number;
  readonly isStart?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <li className={isStart ? 'stop stop-start' : 'stop'} style={{ paddingTop: gap }}>
      {children}
    </li>
  );
}
