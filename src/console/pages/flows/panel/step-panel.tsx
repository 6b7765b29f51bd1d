import { useMemo } from 'react';
import type { DrawnStep } from '../../../../engine/edit/flow-graph.js';
import { freeName } from '../../../../engine/edit/steps.js';
import type { Problem } from '../../../../engine/problem.js';
import { IconButton } from '../../../ui/button.js';
import { Icon } from '../../../ui/icon.js';
import { useToast } from '../../../ui/toast.js';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import { KIND_ICONS } from '../kind-icons.js';
import { Check } from './check.js';
import { DeedFields } from './deed-fields.js';
import { PhraseFields } from './phrase-fields.js';
import { ProblemList } from './problem-list.js';
import { QuestionFields } from './question-fields.js';
import { TypedField } from './typed-field.js';
import type { Phrases } from '../use-phrases.js';
import { useFlow } from './use-flow.js';
import { WayFields } from './way-fields.js';
import { writtenKeys } from './written-keys.js';

/** All of one step, to be changed. */
export function StepPanel({
  step,
  problems,
  close,
}: {
  readonly step: DrawnStep;
  readonly problems: readonly Problem[];
  close(): void;
}) {
  const words = useWords(editorWords);
  const { operate, isWritable, texts, graph, phrases } = useFlow();
  const toast = useToast();
  const keys = useMemo(() => writtenKeys(texts.flow.text, step.id), [texts.flow.text, step.id]);
  const ids = graph.steps.map(({ id }) => id);
  const at = ids.indexOf(step.id);
  const move = (after: string | undefined): void =>
    operate({ type: 'move_step', step: step.id, ...(after === undefined ? {} : { after }) });
  // Retries for one reason only, where the words have them.
  const reasons = useMemo(() => reasonsIn(phrases, `${step.value}.retry.`), [phrases, step.value]);
  return (
    <section className="step-panel" aria-label={`${words.kinds[step.kind]} ${step.id}`}>
      <header className="panel-head">
        <span className={`add-icon step-${step.kind}`}>
          <Icon name={KIND_ICONS[step.kind]} size={18} />
        </span>
        <h2>{words.kinds[step.kind]}</h2>
        {isWritable ? (
          <div className="panel-tools">
            {at > 0 ? (
              <IconButton icon="up" label={words.moveUp} onClick={() => move(ids[at - 2])} />
            ) : null}
            {at < ids.length - 1 ? (
              <IconButton icon="down" label={words.moveDown} onClick={() => move(ids[at + 1])} />
            ) : null}
            <IconButton
              icon="copy"
              label={words.duplicate}
              onClick={() =>
                operate({
                  type: 'duplicate_step',
                  step: step.id,
                  name: freeName(step.id.replace(/~?_?\d*$/, ''), new Set(ids)),
                })
              }
            />
            <IconButton
              icon="trash"
              label={words.remove}
              onClick={() => {
                operate({ type: 'remove_step', step: step.id });
                if (ids.length > 1) toast(words.removed);
              }}
            />
          </div>
        ) : null}
        <IconButton icon="close" label={words.close} onClick={close} />
      </header>
      <div className="panel-body">
        <ProblemList problems={problems} />
        <TypedField
          label={words.stepName}
          isCode
          value={step.id}
          isReadOnly={!isWritable}
          write={(to) => operate({ type: 'rename_step', step: step.id, to: to.trim() })}
        />
        {step.kind === 'say' ? <PhraseFields phrase={step.value} label={words.keys.say} /> : null}
        {step.kind === 'collect' && keys !== undefined ? (
          <>
            <PhraseFields phrase={`${step.value}.ask`} label={words.keys.ask} />
            <PhraseFields phrase={`${step.value}.retry`} label={words.keys.retry} />
            {reasons.map((key) => (
              <PhraseFields
                key={key}
                phrase={key}
                label={`${words.keys.retry} (${key.split('.').at(-1)})`}
              />
            ))}
            {keys.flag('optional') ? (
              <PhraseFields phrase={`${step.value}.skip`} label={words.keys.skip} isShort />
            ) : null}
            <QuestionFields step={step} keys={keys} />
          </>
        ) : null}
        {keys === undefined ? null : <DeedFields step={step} keys={keys} />}
        {step.kind === 'link' || step.kind === 'broken' ? null : <WayFields step={step} />}
        {step.kind === 'say' && keys !== undefined ? (
          <Check
            label={words.notice}
            isOn={keys.text('notice') === 'donation'}
            isReadOnly={!isWritable}
            set={(isOn) =>
              operate({
                type: 'set_key',
                step: step.id,
                key: 'notice',
                ...(isOn ? { value: 'donation' } : {}),
              })
            }
          />
        ) : null}
      </div>
    </section>
  );
}

/** The keys that begin so, in any language. */
function reasonsIn(phrases: Phrases, stem: string): readonly string[] {
  const found = new Set<string>();
  for (const known of phrases.values()) {
    for (const key of known.keys()) if (key.startsWith(stem)) found.add(key);
  }
  return [...found];
}
