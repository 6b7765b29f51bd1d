import type { MessageOptions, SequenceStepDraft } from '../../../staff/api.js';
import { Select } from '../../ui/field.js';
import { fieldWords } from '../../words/field-words.js';
import { messageWords } from '../../words/message-words.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';
import { ChannelOrder } from '../messages/channel-order.js';
import { WordsFields } from '../messages/words-fields.js';
import { AfterFields } from './after-fields.js';

/** One step of a sequence: when, what for, in which words, and which way. */
export function StepFields({
  step,
  number,
  options,
  errorOf,
  change,
}: {
  readonly step: SequenceStepDraft;
  readonly number: number;
  readonly options: MessageOptions;
  errorOf(field: string): string | undefined;
  change(step: SequenceStepDraft): void;
}) {
  const words = useWords(sequenceWords);
  const messages = useWords(messageWords);
  const { values } = useWords(fieldWords);
  const set = (part: Partial<SequenceStepDraft>): void => change({ ...step, ...part });
  const channelError = errorOf('channels');
  return (
    <section className="card card-body step-form" aria-label={words.step(number)}>
      <AfterFields after={step.after} error={errorOf('after')} change={(after) => set({ after })} />
      <div className="pair">
        <Select
          label={messages.purpose}
          hint={messages.purposeHint}
          value={step.purpose}
          error={errorOf('purpose')}
          options={options.purposes.map((value) => ({ value, label: values[value] ?? value }))}
          onChoose={(purpose) => set({ purpose })}
        />
        <Select
          label={messages.content}
          hint={messages.contentHints[step.content]}
          value={step.content}
          error={errorOf('content')}
          options={[
            { value: 'campaign', label: messages.contents.campaign },
            { value: 'neutral', label: messages.contents.neutral },
          ]}
          onChoose={(content) => set({ content })}
        />
      </div>
      <WordsFields message={step} options={options} errorOf={errorOf} set={set} />
      <details open={channelError !== undefined ? true : undefined}>
        <summary>{words.more}</summary>
        <div className="step-more">
          <ChannelOrder
            chosen={step.channels}
            channels={options.channels}
            error={channelError}
            change={(channels) => set({ channels })}
          />
          <label className="step-choice">
            <input
              type="checkbox"
              checked={step.skips}
              onChange={({ target }) => set({ skips: target.checked })}
            />
            {words.skips}
          </label>
          <label className="step-choice">
            <input
              type="checkbox"
              checked={step.urgent}
              onChange={({ target }) => set({ urgent: target.checked })}
            />
            {messages.urgent}
          </label>
          <Select
            label={messages.cap}
            value={typeof step.cap === 'string' ? step.cap : 'own'}
            error={errorOf('cap')}
            options={[
              { value: 'usual', label: messages.caps.usual },
              { value: 'none', label: messages.caps.none },
              ...(typeof step.cap === 'string'
                ? []
                : [{ value: 'own' as const, label: `${step.cap.messages} / ${step.cap.days}` }]),
            ]}
            onChoose={(cap) => (cap === 'own' ? undefined : set({ cap }))}
          />
        </div>
      </details>
    </section>
  );
}
