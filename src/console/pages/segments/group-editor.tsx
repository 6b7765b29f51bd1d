import type { Group, OutputOf, SegmentFaultRow } from '../../../staff/api.js';
import { Button, IconButton } from '../../ui/button.js';
import { Select } from '../../ui/field.js';
import { segmentWords } from '../../words/segment-words.js';
import { useWords } from '../../words/use-words.js';
import { addTo, changeAt, isGroup, negate, newRule, pathOf, type Place } from './edit-group.js';
import { RuleEditor } from './rule-editor.js';

/** Groups within groups that the store takes. */
const MOST_DEPTH = 5;

type Props = {
  readonly group: Group;
  readonly place: Place;
  readonly options: OutputOf<'GET /segment-fields'>;
  readonly faults: readonly SegmentFaultRow[];
  /** The whole segment, and how it is changed. */
  readonly root: Group;
  change(root: Group): void;
};

/** Conditions that hold together, or one of them, or not. */
export function GroupEditor({ group, place, options, faults, root, change }: Props) {
  const words = useWords(segmentWords);
  const [first] = options.fields;
  const isRoot = place.length === 0;
  const isEmpty = group.rules.length === 0;
  const path = pathOf(place);
  const own = faults.filter((fault) => fault.path === path || fault.path === `${path}.rules`);
  if (first === undefined) return null;
  const usual = options.fields.find(({ name }) => name === 'postal_code') ?? first;
  return (
    <div className={isRoot ? 'group' : 'group group-inner'} role="group">
      {isEmpty ? (
        <p className="muted">{words.everybody}</p>
      ) : (
        <div className="group-head">
          <Select
            label={words.matches}
            isLabelHidden
            value={group.not === true ? 'not' : 'is'}
            options={[
              { value: 'is', label: words.matches },
              { value: 'not', label: words.not },
            ]}
            onChoose={(chosen) =>
              change(
                changeAt(root, place, (is) => (isGroup(is) ? negate(is, chosen === 'not') : is)),
              )
            }
          />
          <Select
            label={words.combinator}
            isLabelHidden
            value={group.combinator}
            options={[
              { value: 'and', label: words.all },
              { value: 'or', label: words.any },
            ]}
            onChoose={(combinator) =>
              change(changeAt(root, place, (is) => (isGroup(is) ? { ...is, combinator } : is)))
            }
          />
          {isRoot ? null : (
            <IconButton
              icon="trash"
              label={words.removeGroup}
              onClick={() => change(changeAt(root, place, () => undefined))}
            />
          )}
        </div>
      )}
      <ul className="rules">
        {group.rules.map((part, index) => {
          const here = [...place, index];
          return (
            <li key={index}>
              {isGroup(part) ? (
                <GroupEditor
                  group={part}
                  place={here}
                  options={options}
                  faults={faults}
                  root={root}
                  change={change}
                />
              ) : (
                <RuleEditor
                  rule={part}
                  options={options}
                  faults={faults.filter((fault) => fault.path.startsWith(pathOf(here)))}
                  change={(next) => change(changeAt(root, here, () => next))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {own.map((fault) => (
        <p key={fault.message} className="field-error" lang="en">
          {fault.message}
        </p>
      ))}
      <div className="group-actions">
        <Button size="small" icon="plus" onClick={() => change(addTo(root, place, newRule(usual)))}>
          {words.addRule}
        </Button>
        {place.length + 1 < MOST_DEPTH && !isEmpty ? (
          <Button
            size="small"
            look="quiet"
            icon="plus"
            onClick={() =>
              change(addTo(root, place, { combinator: 'or', rules: [newRule(usual)] }))
            }
          >
            {words.addGroup}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
