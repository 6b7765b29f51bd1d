import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { createContext, memo, useContext } from 'react';
import type { DrawnWay } from '../../../../engine/edit/flow-graph.js';
import type { WayOut } from '../../../../engine/edit/ways.js';
import { Icon } from '../../../ui/icon.js';
import { editorWords } from '../../../words/editor-words.js';
import { flowWords } from '../../../words/flow-words.js';
import { useWords } from '../../../words/use-words.js';
import { KIND_ICONS } from '../kind-icons.js';
import { linesOf, type Card } from './draw-steps.js';
import { wayKey } from './way-key.js';

export type StepNode = Node<
  Card & { readonly isLit: boolean; readonly isStanding: boolean },
  'step'
>;

/** Asks for a step on a way, from where its button is on the page. */
export type AskToAdd = (on: WayOut, place: { readonly x: number; readonly y: number }) => void;
export const Adding = createContext<AskToAdd | undefined>(undefined);

/** A step on the canvas: what it is, what it says, and its ways out, each of which a line begins from. */
export const StepCard = memo(function StepCard({ data, selected }: NodeProps<StepNode>) {
  const words = useWords(editorWords);
  const counts = useWords(flowWords);
  const add = useContext(Adding);
  const { step, excerpt, errors, warnings, isFirst, isLit, isStanding } = data;
  const look = [
    'step-card',
    `step-${step.kind}`,
    selected ? 'is-selected' : '',
    errors > 0 ? 'is-faulty' : '',
    isLit ? 'is-lit' : '',
    isStanding ? 'is-standing' : '',
    step.isReachable ? '' : 'is-apart',
  ];
  const problem = errors > 0 ? counts.errors(errors) : counts.warnings(warnings);
  return (
    <article className={look.filter((one) => one !== '').join(' ')}>
      {isFirst ? <span className="step-start">{words.start}</span> : null}
      <Handle type="target" position={Position.Left} className="step-door" />
      <header className="step-head">
        <span className="step-icon">
          <Icon name={KIND_ICONS[step.kind]} size={16} />
        </span>
        <span className="step-name">{step.id}</span>
        {errors + warnings > 0 ? (
          <span className={errors > 0 ? 'step-problem' : 'step-remark'} title={problem}>
            <Icon name="alert" size={14} />
            <span className="hidden">{problem}</span>
          </span>
        ) : null}
        <span className="step-kind">
          {step.answer === undefined ? words.kinds[step.kind] : words.answerTypes[step.answer]}
        </span>
      </header>
      <p className={`step-excerpt step-lines-${linesOf(data)}`}>
        {excerpt === '' ? <em>{words.missing}</em> : excerpt}
      </p>
      <ul className="step-ways">
        {step.ways.map((way) => (
          <li key={wayKey(way.way)} className={`step-way step-way-${way.way.type}`}>
            <span className="step-way-name">{nameOf(way, words)}</span>
            {way.to === 'end' ? <span className="step-end">{words.end}</span> : null}
            {add === undefined ? null : (
              <button
                type="button"
                tabIndex={-1}
                className="step-add nodrag"
                aria-label={words.addHere}
                title={words.addHere}
                onClick={(event) => {
                  event.stopPropagation();
                  const { right, top } = event.currentTarget.getBoundingClientRect();
                  add({ step: step.id, way: way.way }, { x: right + 8, y: top });
                }}
              >
                <Icon name="plus" size={12} />
              </button>
            )}
            <Handle
              type="source"
              id={wayKey(way.way)}
              position={Position.Right}
              className={way.to === undefined ? 'step-exit is-open' : 'step-exit'}
            />
          </li>
        ))}
      </ul>
    </article>
  );
});

function nameOf(
  { way, when }: DrawnWay,
  words: { readonly next: string; readonly otherwise: string; readonly giveUp: string },
): string {
  if (way.type === 'give_up') return words.giveUp;
  if (way.type === 'next') return words.next;
  return when ?? words.otherwise;
}
