import { useMemo } from 'react';
import type { DrawnStep } from '../../../../engine/edit/flow-graph.js';
import { ANSWER_TYPES } from '../../../../engine/flow.js';
import type { Value } from '../../../../engine/edit/write-yaml.js';
import { PURPOSES } from '../../../../engine/flow.js';
import { Select } from '../../../ui/field.js';
import { editorWords } from '../../../words/editor-words.js';
import { flowWords } from '../../../words/flow-words.js';
import { useWords } from '../../../words/use-words.js';
import { fieldsOf } from './known-names.js';
import { OptionFields } from './option-fields.js';
import { TypedField } from './typed-field.js';
import { useFlow } from './use-flow.js';
import { Check } from './check.js';
import type { WrittenKeys } from './written-keys.js';

const CHOOSING = ['choice', 'choices'];
const BOUNDED = ['choices', 'number', 'amount', 'text', 'name'];

/** What a question asks for, what it offers, and where the answer is kept. */
export function QuestionFields({
  step,
  keys,
}: {
  readonly step: DrawnStep;
  readonly keys: WrittenKeys;
}) {
  const words = useWords(editorWords);
  const { purposes } = useWords(flowWords);
  const { operate, isWritable, surroundings } = useFlow();
  const set = (key: string, value?: Value): void =>
    operate({ type: 'set_key', step: step.id, key, ...(value === undefined ? {} : { value }) });
  const fields = useMemo(() => fieldsOf(surroundings), [surroundings]);
  const answer = step.answer ?? 'text';
  const text = (key: string): string => keys.text(key) ?? '';
  const setText = (key: string) => (value: string) =>
    set(key, value.trim() === '' ? undefined : value.trim());
  const setNumber = (key: string) => (value: string) => {
    const number = Number(value);
    set(key, value.trim() === '' ? undefined : Number.isNaN(number) ? value : number);
  };
  return (
    <>
      <Select
        label={words.answerType}
        value={answer}
        options={ANSWER_TYPES.map((value) => ({ value, label: words.answerTypes[value] }))}
        onChoose={(value) => set('type', value)}
      />
      {CHOOSING.includes(answer) || (answer === 'amount' && step.options !== undefined) ? (
        <OptionFields step={step} hasLabels={CHOOSING.includes(answer)} />
      ) : null}
      <TypedField
        label={words.into}
        value={text('into')}
        write={setText('into')}
        list={fields}
        placeholder={words.nowhereKept}
        isCode
        isReadOnly={!isWritable}
      />
      {answer === 'yes_no' ? (
        <Select
          label={words.consent}
          value={keys.consent ?? 'none'}
          options={[
            { value: 'none', label: words.noConsent },
            ...PURPOSES.map((value) => ({ value, label: purposes[value] })),
          ]}
          onChoose={(purpose) =>
            set('consent', purpose === 'none' ? undefined : { ...keys.consentAsWritten, purpose })
          }
        />
      ) : null}
      <Check
        label={words.optional}
        isOn={keys.flag('optional')}
        isReadOnly={!isWritable}
        set={(isOn) => set('optional', isOn ? true : undefined)}
      />
      <details className="more">
        <summary>{words.details}</summary>
        <div className="form">
          {BOUNDED.includes(answer) ? (
            <div className="pair">
              <TypedField
                label={words.min}
                value={text('min')}
                write={setNumber('min')}
                isReadOnly={!isWritable}
              />
              <TypedField
                label={words.max}
                value={text('max')}
                write={setNumber('max')}
                isReadOnly={!isWritable}
              />
            </div>
          ) : null}
          <TypedField
            label={words.attempts}
            value={text('attempts')}
            write={setNumber('attempts')}
            placeholder={words.unlimited}
            isReadOnly={!isWritable}
          />
          <div className="pair">
            <TypedField
              label={words.remindIn}
              value={text('remind_in')}
              write={setText('remind_in')}
              hint={words.spanHint}
              isReadOnly={!isWritable}
            />
            <TypedField
              label={words.expireIn}
              value={text('expire_in')}
              write={setText('expire_in')}
              isReadOnly={!isWritable}
            />
          </div>
          <Check
            label={words.checkpoint}
            isOn={keys.flag('checkpoint')}
            isReadOnly={!isWritable}
            set={(isOn) => set('checkpoint', isOn ? true : undefined)}
          />
        </div>
      </details>
    </>
  );
}
