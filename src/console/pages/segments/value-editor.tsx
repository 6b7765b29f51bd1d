import { useId, useState } from 'react';
import type { Rule, RuleValue, SegmentFieldRow } from '../../../staff/api.js';
import { Select } from '../../ui/field.js';
import { fieldWords } from '../../words/field-words.js';
import { segmentWords } from '../../words/segment-words.js';
import { useWords } from '../../words/use-words.js';
import { kindOf } from './edit-group.js';

const CONSENTS = ['given', 'refused', 'never_asked'];

type Props = {
  readonly rule: Rule;
  readonly field: SegmentFieldRow;
  readonly tags: readonly string[];
  change(value: RuleValue): void;
};

/** What a condition compares with, as its field and operator take it. */
export function ValueEditor({ rule, field, tags, change }: Props) {
  const words = useWords(segmentWords);
  const { value } = rule;
  const kind = kindOf(rule.operator);
  const choices = field.values ?? (field.type === 'consent' ? CONSENTS : undefined);
  switch (kind) {
    case 'none':
      return null;
    case 'days':
      return (
        <span className="rule-value rule-days">
          <NumberInput label={words.days} value={value} change={change} />
          <span>{words.days}</span>
        </span>
      );
    case 'two': {
      const [from = 0, to = 0] = Array.isArray(value) ? value : [];
      return (
        <span className="rule-value rule-days">
          <NumberInput label={words.from} value={from} change={(next) => change([next, to])} />
          <span aria-hidden="true">–</span>
          <NumberInput label={words.to} value={to} change={(next) => change([from, next])} />
        </span>
      );
    }
    case 'list':
      return choices === undefined ? (
        <ListInput value={value} isNumber={field.type === 'number'} change={change} />
      ) : (
        <Choices choices={choices} value={value} change={change} />
      );
    case 'one':
      return <One {...{ rule, field, tags, change }} choices={choices} />;
    default:
      return kind satisfies never;
  }
}

function One({
  rule: { value = '' },
  field,
  tags,
  choices,
  change,
}: Props & { readonly choices: readonly string[] | undefined }) {
  const words = useWords(segmentWords);
  const { values } = useWords(fieldWords);
  if (choices !== undefined) {
    return (
      <Select
        label={words.value}
        isLabelHidden
        value={String(value)}
        options={choices.map((one) => ({ value: one, label: values[one] ?? one }))}
        onChoose={change}
      />
    );
  }
  if (field.type === 'yes_no') {
    return (
      <Select
        label={words.value}
        isLabelHidden
        value={value === true ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]}
        onChoose={(chosen) => change(chosen === 'yes')}
      />
    );
  }
  if (field.type === 'number') {
    return <NumberInput label={words.value} value={value} change={change} />;
  }
  if (field.type === 'instant' || field.type === 'day') {
    return <DayInput value={String(value)} change={change} />;
  }
  return <TextInput value={String(value)} tags={tags} change={change} />;
}

function NumberInput({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: RuleValue | undefined;
  change(value: number | string): void;
}) {
  return (
    <input
      className="input rule-number"
      type="number"
      inputMode="decimal"
      aria-label={label}
      value={String(value ?? '')}
      onChange={({ target }) => change(target.value === '' ? '' : Number(target.value))}
    />
  );
}

function TextInput({
  value,
  tags,
  change,
}: {
  readonly value: string;
  readonly tags: readonly string[];
  change(value: string): void;
}) {
  const words = useWords(segmentWords);
  const id = useId();
  return (
    <span className="rule-value">
      <input
        className="input"
        aria-label={words.value}
        value={value}
        maxLength={200}
        autoComplete="off"
        {...(tags.length === 0 ? {} : { list: id })}
        onChange={({ target }) => change(target.value)}
      />
      {tags.length === 0 ? null : (
        <datalist id={id}>
          {tags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      )}
    </span>
  );
}

/** Typed as it is, so that a comma just written is not taken away. */
function ListInput({
  value,
  isNumber,
  change,
}: {
  readonly value: RuleValue | undefined;
  readonly isNumber: boolean;
  change(value: RuleValue): void;
}) {
  const words = useWords(segmentWords);
  const [text, setText] = useState(() => [value ?? []].flat().join(', '));
  return (
    <input
      className="input rule-value"
      aria-label={words.values}
      placeholder={words.values}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        const parts = target.value
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '');
        change(isNumber ? parts.map(Number) : parts);
      }}
    />
  );
}

function Choices({
  choices,
  value,
  change,
}: {
  readonly choices: readonly string[];
  readonly value: RuleValue | undefined;
  change(value: RuleValue): void;
}) {
  const words = useWords(segmentWords);
  const { values } = useWords(fieldWords);
  const chosen = [value ?? []].flat().map(String);
  return (
    <fieldset className="rule-choices rule-value">
      <legend className="hidden">{words.value}</legend>
      {choices.map((one) => (
        <label key={one} className="rule-choice">
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={({ target }) =>
              change(
                choices.filter((other) =>
                  other === one ? target.checked : chosen.includes(other),
                ),
              )
            }
          />
          {values[one] ?? one}
        </label>
      ))}
    </fieldset>
  );
}

function DayInput({ value, change }: { readonly value: string; change(value: string): void }) {
  const words = useWords(segmentWords);
  const isToday = value === 'today';
  return (
    <span className="rule-value rule-days">
      <Select
        label={words.day}
        isLabelHidden
        value={isToday ? 'today' : 'day'}
        options={[
          { value: 'today', label: words.today },
          { value: 'day', label: words.aDay },
        ]}
        onChoose={(chosen) =>
          change(chosen === 'today' ? chosen : new Date().toISOString().slice(0, 10))
        }
      />
      {isToday ? null : (
        <input
          type="date"
          className="input"
          aria-label={words.day}
          value={value.slice(0, 10)}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </span>
  );
}
