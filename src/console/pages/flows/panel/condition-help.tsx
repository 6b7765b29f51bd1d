import { useMemo } from 'react';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import { answersOf, fieldsOf } from './known-names.js';
import { useFlow } from './use-flow.js';

/** What conditions may name, and how they are written. */
export function ConditionHelp() {
  const words = useWords(editorWords);
  const { graph, surroundings } = useFlow();
  const answers = useMemo(() => answersOf(graph.steps, surroundings), [graph.steps, surroundings]);
  const fields = useMemo(() => fieldsOf(surroundings), [surroundings]);
  const [first = 'answers.email'] = answers;
  const parts = [
    { title: words.helpAnswers, names: answers },
    { title: words.helpSupporter, names: fields },
    {
      title: words.helpConsents,
      names: ['consents.engagement', 'consents.newsletter', 'consents.donation'],
    },
    {
      title: words.helpExamples,
      names: [
        `has(${first})`,
        `!has(${first})`,
        `has(${first}) && ${first} == "…"`,
        '"health" in supporter.preferences.topics',
        'session.channel == "telegram"',
        'now < campaign.election.opens',
      ],
    },
  ];
  return (
    <details className="more">
      <summary>{words.conditionHelp}</summary>
      {parts.map(({ title, names }) =>
        names.length === 0 ? null : (
          <div key={title} className="help-part">
            <h4>{title}</h4>
            <p>
              {names.map((name) => (
                <code key={name}>{name}</code>
              ))}
            </p>
          </div>
        ),
      )}
    </details>
  );
}
