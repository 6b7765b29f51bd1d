import { useMemo, type ReactNode } from 'react';
import type { DrawnStep, DrawnWay } from '../../../../engine/edit/flow-graph.js';
import { Button, IconButton } from '../../../ui/button.js';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import { wayKey } from '../canvas/way-key.js';
import { useTelling } from '../use-telling.js';
import { ConditionHelp } from './condition-help.js';
import { TypedField } from './typed-field.js';
import { useFlow } from './use-flow.js';

/** Where a step goes on, condition by condition. */
export function WayFields({ step }: { readonly step: DrawnStep }) {
  const words = useWords(editorWords);
  const { operate, isWritable, graph } = useFlow();
  // A long flow has hundreds of them, for each way; they are made once for all.
  const targets = useMemo(
    () =>
      graph.steps
        .filter(({ id }) => id !== step.id)
        .map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        )),
    [graph.steps, step.id],
  );
  const below = graph.steps[graph.steps.findIndex(({ id }) => id === step.id) + 1]?.id ?? 'end';
  return (
    <fieldset className="ways">
      <legend>{words.ways}</legend>
      <ul>
        {step.ways.map((way) => (
          <WayField key={wayKey(way.way)} step={step} way={way} targets={targets} />
        ))}
      </ul>
      {isWritable ? (
        <Button
          size="small"
          icon="plus"
          onClick={() =>
            operate({
              type: 'add_arm',
              step: step.id,
              when: step.kind === 'collect' ? `has(answers.${step.value})` : 'consents.engagement',
              to: below,
            })
          }
        >
          {words.addWay}
        </Button>
      ) : null}
      <ConditionHelp />
    </fieldset>
  );
}

function WayField({
  step,
  way: drawn,
  targets,
}: {
  readonly step: DrawnStep;
  readonly way: DrawnWay;
  /** Every other step, to be chosen. */
  readonly targets: ReactNode;
}) {
  const words = useWords(editorWords);
  const { operate, isWritable, graph, problems } = useFlow();
  const tell = useTelling();
  const { way, when, to } = drawn;
  const from = { step: step.id, way };
  const wrong =
    when === undefined
      ? undefined
      : problems.find(
          ({ code, line, message }) =>
            ['cel-syntax', 'cel-type', 'maybe-absent', 'null-comparison', 'unknown-field'].includes(
              code,
            ) &&
            line >= step.line &&
            line <= step.lastLine &&
            (message.includes(when) || step.ways.length <= 2),
        );
  const arm = way.type === 'arm' ? way.arm : undefined;
  const nameOf = (): string => {
    if (way.type === 'next') return words.next;
    return way.type === 'give_up' ? words.giveUp : (when ?? words.otherwise);
  };
  // What it goes to is there to be seen also when it is itself, or no step at all.
  const isApart =
    to !== undefined &&
    to !== 'end' &&
    (to === step.id || !graph.steps.some(({ id }) => id === to));
  return (
    <li className={`way way-${way.type}`}>
      <div className="way-head">
        {when === undefined || arm === undefined ? (
          <span className="way-name">{nameOf()}</span>
        ) : (
          <TypedField
            label={words.when}
            isCode
            value={when}
            isReadOnly={!isWritable}
            error={wrong === undefined ? undefined : tell(wrong)}
            write={(source) => operate({ type: 'set_condition', step: step.id, arm, when: source })}
          />
        )}
        {isWritable && when !== undefined && arm !== undefined ? (
          <div className="way-tools">
            {arm > 0 ? (
              <IconButton
                icon="up"
                label={words.raiseWay}
                onClick={() => operate({ type: 'raise_arm', step: step.id, arm })}
              />
            ) : null}
            <IconButton
              icon="trash"
              label={words.removeWay}
              onClick={() => operate({ type: 'connect', from })}
            />
          </div>
        ) : null}
      </div>
      <div className="way-target">
        <span aria-hidden="true">→</span>
        <select
          aria-label={`${nameOf()} ${words.goesTo}`}
          className="input select"
          value={to ?? ''}
          disabled={!isWritable}
          onChange={({ target: { value } }) => operate({ type: 'connect', from, to: value })}
        >
          {to === undefined ? <option value="">{words.nowhere}</option> : null}
          {isApart ? <option value={to}>{to}</option> : null}
          {targets}
          <option value="end">{words.endLong}</option>
        </select>
      </div>
    </li>
  );
}
