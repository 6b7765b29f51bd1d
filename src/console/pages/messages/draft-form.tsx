import type { DraftProblemRow, MessageDraft, MessageOptions } from '../../../staff/api.js';
import { Select, TextField } from '../../ui/field.js';
import { Section } from '../../ui/page.js';
import { useApi } from '../../use-api.js';
import { fieldWords } from '../../words/field-words.js';
import { messageWords } from '../../words/message-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { ChannelOrder } from './channel-order.js';
import { TimeField } from './time-field.js';
import { useProblem } from './use-problem.js';
import { WordsFields } from './words-fields.js';

/** The form of a message: what it says, to whom, when and which way, with what is wrong beside it. */
export function DraftForm({
  message,
  options,
  problems,
  change,
}: {
  readonly message: MessageDraft;
  readonly options: MessageOptions;
  readonly problems: readonly DraftProblemRow[];
  change(message: MessageDraft): void;
}) {
  const words = useWords(messageWords);
  const { values } = useWords(fieldWords);
  const errorOf = useProblem(problems);
  const set = (part: Partial<MessageDraft>): void => change({ ...message, ...part });
  const { expires } = message;
  return (
    <div className="message-form">
      <Section title={words.whatTitle}>
        <div className="form">
          <TextField
            label={words.name}
            hint={words.nameHint}
            value={message.name}
            maxLength={200}
            autoFocus={message.name === ''}
            error={errorOf('name')}
            onChange={({ target }) => set({ name: target.value })}
          />
          <div className="pair">
            <Select
              label={words.purpose}
              hint={words.purposeHint}
              value={message.purpose}
              error={errorOf('purpose')}
              options={options.purposes.map((value) => ({ value, label: values[value] ?? value }))}
              onChoose={(purpose) => set({ purpose })}
            />
            <Select
              label={words.content}
              hint={words.contentHints[message.content]}
              value={message.content}
              error={errorOf('content')}
              options={[
                { value: 'campaign', label: words.contents.campaign },
                { value: 'neutral', label: words.contents.neutral },
              ]}
              onChoose={(content) => set({ content })}
            />
          </div>
          <WordsFields message={message} options={options} errorOf={errorOf} set={set} />
        </div>
      </Section>
      <Section title={words.whoTitle}>
        <Select
          label={words.segment}
          value={message.segment}
          error={errorOf('segment')}
          hint={message.segment === '' ? undefined : <SegmentCount name={message.segment} />}
          options={[
            { value: '', label: words.everybody },
            ...options.segments.map(({ name, title }) => ({ value: name, label: title })),
            ...(options.segments.some(({ name }) => name === message.segment) ||
            message.segment === ''
              ? []
              : [{ value: message.segment, label: message.segment }]),
          ]}
          onChoose={(segment) => set({ segment })}
        />
      </Section>
      <Section title={words.whenTitle}>
        <div className="form">
          <TimeField
            label={words.time}
            time={message.at}
            options={options}
            error={errorOf('at')}
            change={(at) => set({ at })}
          />
          <Select
            label={words.expires}
            value={expires === undefined ? 'never' : 'at'}
            options={[
              { value: 'never', label: words.expiresNever },
              { value: 'at', label: words.expiresAt },
            ]}
            onChoose={(chosen) => {
              const { expires: _, ...rest } = message;
              change(chosen === 'never' ? rest : { ...rest, expires: message.at });
            }}
          />
          {expires === undefined ? null : (
            <TimeField
              label={words.expires}
              time={expires}
              options={options}
              error={errorOf('expires')}
              change={(time) => set({ expires: time })}
            />
          )}
        </div>
      </Section>
      <Section title={words.whereTitle} text={words.channelHint}>
        <div className="form">
          <ChannelOrder
            chosen={message.channels}
            channels={options.channels}
            error={errorOf('channels')}
            change={(channels) => set({ channels })}
          />
          <label className="choice">
            <input
              type="checkbox"
              checked={message.urgent}
              onChange={({ target }) => set({ urgent: target.checked })}
            />
            {words.urgent}
          </label>
          <Select
            label={words.cap}
            value={typeof message.cap === 'string' ? message.cap : 'own'}
            error={errorOf('cap')}
            options={[
              { value: 'usual', label: words.caps.usual },
              { value: 'none', label: words.caps.none },
              ...(typeof message.cap === 'string'
                ? []
                : [
                    {
                      value: 'own' as const,
                      label: `${message.cap.messages} / ${message.cap.days}`,
                    },
                  ]),
            ]}
            onChoose={(cap) => (cap === 'own' ? undefined : set({ cap }))}
          />
        </div>
      </Section>
    </div>
  );
}

function SegmentCount({ name }: { readonly name: string }) {
  const words = useWords(messageWords);
  const { language } = useLanguage();
  const { data } = useApi('GET /segments/:name/count', { name });
  if (data === undefined) return '…';
  return (
    <>
      <strong>{new Intl.NumberFormat(language).format(data.count)}</strong>{' '}
      {words.inSegment(data.count).replace(/^\S+\s/, '')} {words.inSegmentNow}
    </>
  );
}
