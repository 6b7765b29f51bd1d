import { readFlow } from '../../../../engine/parse/flow.js';
import { createReport } from '../../../../engine/parse/report.js';
import { PURPOSES, type Trigger } from '../../../../engine/flow.js';
import type { Problem } from '../../../../engine/problem.js';
import { readYaml } from '../../../../engine/yaml.js';
import { Select } from '../../../ui/field.js';
import { editorWords } from '../../../words/editor-words.js';
import { flowWords } from '../../../words/flow-words.js';
import { useWords } from '../../../words/use-words.js';
import { ProblemList } from './problem-list.js';
import { TypedField } from './typed-field.js';
import { useFlow } from './use-flow.js';

/** What stands above the steps, and what is wrong with no step. */
export function HeadPanel({ problems }: { readonly problems: readonly Problem[] }) {
  const words = useWords(editorWords);
  const { purposes } = useWords(flowWords);
  const { texts, operate, isWritable } = useFlow();
  const draft = readFlow('flow', texts.flow.path, readYaml(texts.flow).root, createReport());
  const triggers = (draft?.triggers ?? []).map(({ trigger }) => trigger);
  const set = (key: string, value: string): void => operate({ type: 'set_head', key, value });
  const start = (type: Trigger['type'], text: string): void => {
    const kept = triggers.filter((trigger) => trigger.type !== type);
    const typed = text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const value = [
      ...(type === 'command' ? typed : namesIn(kept, 'command')).map((command) => ({ command })),
      ...(type === 'intent' ? typed : namesIn(kept, 'intent')).map((intent) => ({ intent })),
      ...keywords(type === 'keyword' ? typed : namesIn(kept, 'keyword')),
    ];
    operate({ type: 'set_head', key: 'starts_on', ...(value.length === 0 ? {} : { value }) });
  };
  return (
    <section className="step-panel" aria-label={words.head}>
      <header className="panel-head">
        <h2>{words.head}</h2>
      </header>
      <div className="panel-body">
        <p className="muted">{words.selectStep}</p>
        <ProblemList problems={problems} />
        <TypedField
          label={words.flowTitle}
          value={draft?.title ?? ''}
          isReadOnly={!isWritable}
          write={(title) => set('title', title)}
        />
        <Select
          label={words.purpose}
          value={draft?.purpose ?? 'service'}
          options={PURPOSES.map((value) => ({ value, label: purposes[value] }))}
          onChoose={(purpose) => set('purpose', purpose)}
        />
        <Select
          label={words.content}
          value={draft?.content ?? 'campaign'}
          options={(['campaign', 'neutral'] as const).map((value) => ({
            value,
            label: words.contents[value],
          }))}
          onChoose={(content) => set('content', content)}
        />
        {(
          [
            ['command', words.commands],
            ['keyword', words.keywords],
            ['intent', words.intents],
          ] as const
        ).map(([type, label]) => (
          <TypedField
            key={type}
            label={label}
            value={namesIn(triggers, type).join(', ')}
            hint={type === 'command' ? words.commaHint : undefined}
            isReadOnly={!isWritable}
            write={(text) => start(type, text)}
          />
        ))}
      </div>
    </section>
  );
}

function keywords(names: readonly string[]): readonly { readonly keyword: readonly string[] }[] {
  return names.length === 0 ? [] : [{ keyword: names }];
}

function namesIn(triggers: readonly Trigger[], type: Trigger['type']): readonly string[] {
  return triggers.flatMap((trigger) => {
    if (trigger.type !== type) return [];
    switch (trigger.type) {
      case 'command':
        return [trigger.command];
      case 'intent':
        return [trigger.intent];
      case 'keyword':
        return [trigger.keyword];
      default:
        return trigger satisfies never;
    }
  });
}
