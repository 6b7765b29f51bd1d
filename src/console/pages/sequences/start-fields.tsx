import type { MessageOptions, SequenceStartDraft } from '../../../staff/api.js';
import { Select, TextField } from '../../ui/field.js';
import { fieldWords } from '../../words/field-words.js';
import { sequenceWords, signupWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';

const KINDS = ['consent', 'tag', 'signup', 'donation', 'silent', 'field'] as const;

/** What a sequence begins with. */
export function StartFields({
  start,
  options,
  error,
  change,
}: {
  readonly start: SequenceStartDraft;
  readonly options: MessageOptions;
  readonly error: string | undefined;
  change(start: SequenceStartDraft): void;
}) {
  const words = useWords(sequenceWords);
  const signups = useWords(signupWords);
  const { values } = useWords(fieldWords);
  return (
    <div className="pair">
      <Select
        label={words.startKind}
        value={start.type}
        error={start.type === 'donation' ? error : undefined}
        options={KINDS.map((value) => ({ value, label: words.startKinds[value] }))}
        onChoose={(type) => change(beginningOf(type))}
      />
      {start.type === 'consent' ? (
        <Select
          label={words.startPurpose}
          value={start.value}
          error={error}
          options={options.purposes.map((value) => ({ value, label: values[value] ?? value }))}
          onChoose={(value) => change({ type: 'consent', value })}
        />
      ) : null}
      {start.type === 'signup' ? (
        <Select
          label={words.startSignup}
          value={start.value}
          error={error}
          options={Object.entries(signups).map(([value, label]) => ({ value, label }))}
          onChoose={(value) => change({ type: 'signup', value })}
        />
      ) : null}
      {start.type === 'tag' ? (
        <TextField
          label={words.startTag}
          value={start.value}
          maxLength={100}
          error={error}
          onChange={({ target }) => change({ type: 'tag', value: target.value })}
        />
      ) : null}
      {start.type === 'silent' ? (
        <TextField
          label={words.startSilent}
          type="number"
          min={1}
          max={365}
          value={start.value}
          error={error}
          onChange={({ target }) => change({ type: 'silent', value: target.value.slice(0, 4) })}
        />
      ) : null}
      {start.type === 'field' ? (
        <>
          <TextField
            label={words.startField}
            hint={words.startFieldHint}
            value={start.field}
            maxLength={100}
            spellCheck={false}
            error={error}
            onChange={({ target }) => change({ ...start, field: target.value })}
          />
          <TextField
            label={words.startValue}
            value={start.value}
            maxLength={200}
            onChange={({ target }) => change({ ...start, value: target.value })}
          />
        </>
      ) : null}
    </div>
  );
}

function beginningOf(type: SequenceStartDraft['type']): SequenceStartDraft {
  switch (type) {
    case 'consent':
      return { type, value: 'engagement' };
    case 'signup':
      return { type, value: 'scheduled' };
    case 'silent':
      return { type, value: '30' };
    case 'tag':
      return { type, value: '' };
    case 'field':
      return { type, field: '', value: '' };
    case 'donation':
      return { type };
    default:
      return type satisfies never;
  }
}
