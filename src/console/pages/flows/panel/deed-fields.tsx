import type { DrawnStep } from '../../../../engine/edit/flow-graph.js';
import type { Value } from '../../../../engine/edit/write-yaml.js';
import { nameOf } from '../../../../engine/parse/locales.js';
import { Button, IconButton } from '../../../ui/button.js';
import { Select } from '../../../ui/field.js';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import { TypedField } from './typed-field.js';
import { useFlow } from './use-flow.js';
import type { WrittenKeys } from './written-keys.js';

/** What a step does that says nothing: an action, a value, another flow, a wait. */
export function DeedFields({
  step,
  keys,
}: {
  readonly step: DrawnStep;
  readonly keys: WrittenKeys;
}) {
  const words = useWords(editorWords);
  const { operate, isWritable, surroundings, name } = useFlow();
  const set = (key: string, value?: Value): void =>
    operate({ type: 'set_key', step: step.id, key, ...(value === undefined ? {} : { value }) });
  switch (step.kind) {
    case 'action':
      return <ActionFields step={step} keys={keys} set={set} />;
    case 'set':
      return <ValueFields keys={keys} set={set} />;
    case 'call':
    case 'link': {
      const flows = surroundings.flows
        .map(({ path }) => nameOf(path).name)
        .filter((other) => other !== name)
        .sort();
      const known = flows.includes(step.value) ? flows : [step.value, ...flows];
      return (
        <Select
          label={words.otherFlow}
          value={step.value}
          options={known.map((value) => ({ value, label: value }))}
          onChoose={(value) => set(step.kind, value)}
        />
      );
    }
    case 'wait':
      return (
        <div className="pair">
          <TypedField
            label={words.wait}
            value={keys.until === undefined ? step.value : ''}
            hint={words.spanHint}
            isReadOnly={!isWritable}
            write={(value) => set('wait', value.trim())}
          />
          <TypedField
            label={words.waitUntil}
            isCode
            value={keys.until ?? ''}
            placeholder="campaign.election.opens"
            isReadOnly={!isWritable}
            write={(value) => set('wait', value.trim() === '' ? '1d' : { until: value.trim() })}
          />
        </div>
      );
    case 'say':
    case 'collect':
    case 'branch':
    case 'broken':
      return null;
    default:
      return step.kind satisfies never;
  }
}

type Setting = { readonly keys: WrittenKeys; set(key: string, value?: Value): void };

function ActionFields({ step, keys, set }: Setting & { readonly step: DrawnStep }) {
  const words = useWords(editorWords);
  const { surroundings, isWritable } = useFlow();
  const names = surroundings.actions.map(({ name }) => name);
  const known = names.includes(step.value) ? names : [step.value, ...names];
  const declared = surroundings.actions.find(({ name }) => name === step.value);
  const given = new Map(keys.entries('with'));
  const write = (name: string, value: string): void => {
    const next = new Map(given);
    if (value.trim() === '') next.delete(name);
    else next.set(name, value.trim());
    set('with', next.size === 0 ? undefined : Object.fromEntries(next));
  };
  const wanted = Object.entries(declared?.arguments ?? {});
  return (
    <>
      <Select
        label={words.action}
        value={step.value}
        options={known.map((value) => ({ value, label: value }))}
        onChoose={(value) => set('action', value)}
      />
      {wanted.length === 0 ? null : (
        <fieldset className="ways">
          <legend>{words.arguments}</legend>
          <div className="form">
            {wanted.map(([name, { type, optional }]) => (
              <TypedField
                key={name}
                label={`${name} (${type}${optional === true ? `, ${words.optionalMark}` : ''})`}
                isCode
                value={given.get(name) ?? ''}
                isReadOnly={!isWritable}
                write={(value) => write(name, value)}
              />
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

function ValueFields({ keys, set }: Setting) {
  const words = useWords(editorWords);
  const { isWritable } = useFlow();
  const values = keys.entries('set');
  const write = (entries: readonly (readonly [string, string])[]): void =>
    set('set', Object.fromEntries(entries));
  return (
    <fieldset className="ways">
      <legend>{words.kinds.set}</legend>
      <ul>
        {values.map(([path, value], at) => (
          <li key={path} className="value-row">
            <TypedField
              label={words.setPath}
              isCode
              value={path}
              isReadOnly={!isWritable}
              write={(to) =>
                write(values.map((one, index) => (index === at ? [to.trim(), value] : one)))
              }
            />
            <TypedField
              label={words.setValue}
              isCode
              value={value}
              isReadOnly={!isWritable}
              write={(to) =>
                write(values.map((one, index) => (index === at ? [path, to.trim()] : one)))
              }
            />
            {isWritable && values.length > 1 ? (
              <IconButton
                icon="trash"
                label={words.removeValue}
                onClick={() => write(values.filter((_, index) => index !== at))}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {isWritable ? (
        <Button
          size="small"
          icon="plus"
          onClick={() => write([...values, [`session.value_${values.length + 1}`, 'true']])}
        >
          {words.addValue}
        </Button>
      ) : null}
    </fieldset>
  );
}
