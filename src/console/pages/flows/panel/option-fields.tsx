import { useState } from 'react';
import type { DrawnStep } from '../../../../engine/edit/flow-graph.js';
import { freeName } from '../../../../engine/edit/steps.js';
import { nameLike } from '../../../../engine/parse/read.js';
import { Button, IconButton } from '../../../ui/button.js';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import { PhraseFields } from './phrase-fields.js';
import { TypedField } from './typed-field.js';
import { useFlow } from './use-flow.js';

/** The choices of a question, with their labels in every language. */
export function OptionFields({
  step,
  hasLabels,
}: {
  readonly step: DrawnStep;
  readonly hasLabels: boolean;
}) {
  const words = useWords(editorWords);
  const { operate, isWritable } = useFlow();
  const [added, setAdded] = useState<string>();
  const options = step.options ?? [];
  const add = (): void => {
    const option = freeName(nameLike(`${words.option} ${options.length + 1}`), new Set(options));
    operate({ type: 'add_option', step: step.id, option: hasLabels ? option : '50' });
    setAdded(option);
  };
  return (
    <fieldset className="options">
      <legend>{words.options}</legend>
      <ul>
        {options.map((option, at) => (
          <li key={option} className="option" data-new={option === added ? true : undefined}>
            <div className="option-head">
              <TypedField
                label={words.optionName}
                isLabelHidden
                isCode
                value={option}
                isReadOnly={!isWritable}
                write={(to) =>
                  operate({ type: 'rename_option', step: step.id, option, to: to.trim() })
                }
              />
              {isWritable ? (
                <>
                  {at > 0 ? (
                    <IconButton
                      icon="up"
                      label={words.raiseOption}
                      onClick={() => operate({ type: 'raise_option', step: step.id, option })}
                    />
                  ) : null}
                  <IconButton
                    icon="trash"
                    label={words.removeOption}
                    onClick={() => operate({ type: 'remove_option', step: step.id, option })}
                  />
                </>
              ) : null}
            </div>
            {hasLabels ? (
              <PhraseFields
                phrase={`${step.value}.options.${option}`}
                label={words.labels}
                isShort
              />
            ) : null}
          </li>
        ))}
      </ul>
      {isWritable ? (
        <Button size="small" icon="plus" onClick={add}>
          {words.addOption}
        </Button>
      ) : null}
    </fieldset>
  );
}
