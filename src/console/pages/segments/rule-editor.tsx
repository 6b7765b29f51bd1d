import { useId } from 'react';
import type { OutputOf, Rule, SegmentFaultRow, SegmentFieldRow } from '../../../staff/api.js';
import { IconButton } from '../../ui/button.js';
import { Select } from '../../ui/field.js';
import { fieldWords, nameField } from '../../words/field-words.js';
import { operatorWords, segmentWords } from '../../words/segment-words.js';
import { useWords } from '../../words/use-words.js';
import { newRule, withOperator } from './edit-group.js';
import { ValueEditor } from './value-editor.js';

/** One condition: what is known, how it compares, with what. */
export function RuleEditor({
  rule,
  options,
  faults,
  change,
}: {
  readonly rule: Rule;
  readonly options: OutputOf<'GET /segment-fields'>;
  readonly faults: readonly SegmentFaultRow[];
  change(rule: Rule | undefined): void;
}) {
  const words = useWords(segmentWords);
  const operators = useWords(operatorWords);
  const field = options.fields.find(({ name }) => name === rule.field);
  return (
    <div className="rule">
      <FieldSelect
        value={rule.field}
        fields={options.fields}
        choose={(chosen) => change(newRule(chosen))}
      />
      {field === undefined ? null : (
        <>
          <Select
            label={words.operator}
            isLabelHidden
            value={rule.operator}
            options={field.operators.map((value) => ({ value, label: operators[value] }))}
            onChoose={(operator) => change(withOperator(rule, field, operator))}
          />
          <ValueEditor
            rule={rule}
            field={field}
            tags={field.name === 'tags' ? options.tags : []}
            change={(value) => change({ ...rule, value })}
          />
        </>
      )}
      <IconButton icon="close" label={words.removeRule} onClick={() => change(undefined)} />
      {faults.map((fault) => (
        <p key={fault.message} className="field-error rule-fault" lang="en">
          {fault.message}
        </p>
      ))}
    </div>
  );
}

/** All fields in their groups; one that the campaign does not have any more is shown as it is. */
function FieldSelect({
  value,
  fields,
  choose,
}: {
  readonly value: string;
  readonly fields: readonly SegmentFieldRow[];
  choose(field: SegmentFieldRow): void;
}) {
  const words = useWords(segmentWords);
  const names = useWords(fieldWords);
  const id = useId();
  const named = fields.map((field) => ({ field, ...nameField(field.name, names) }));
  const isKnown = fields.some(({ name }) => name === value);
  return (
    <div className="field">
      <label htmlFor={id} className="hidden">
        {words.field}
      </label>
      <select
        id={id}
        className="input select"
        value={value}
        onChange={(event) => {
          const chosen = fields.find(({ name }) => name === event.target.value);
          if (chosen !== undefined) choose(chosen);
        }}
      >
        {isKnown ? null : <option value={value}>{value}</option>}
        {Object.entries(names.groups).map(([group, label]) => {
          const own = named.filter((one) => one.group === group);
          return own.length === 0 ? null : (
            <optgroup key={group} label={label}>
              {own.map((one) => (
                <option key={one.field.name} value={one.field.name}>
                  {one.label}
                </option>
              ))}
            </optgroup>
          );
        })}
      </select>
    </div>
  );
}
