import { useRef } from 'react';
import type { MessageDraft, MessageOptions } from '../../../staff/api.js';
import { Select, TextArea } from '../../ui/field.js';
import { messageWords } from '../../words/message-words.js';
import { nameLanguage } from '../../words/name-language.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** The words of each language side by side, or the flow that is started instead. */
export function WordsFields({
  message,
  options,
  errorOf,
  set,
}: {
  readonly message: Pick<MessageDraft, 'says' | 'flow' | 'words'>;
  readonly options: MessageOptions;
  errorOf(field: string): string | undefined;
  set(part: Partial<Pick<MessageDraft, 'says' | 'flow' | 'words'>>): void;
}) {
  const words = useWords(messageWords);
  return (
    <>
      <Select
        label={words.says}
        value={message.says}
        options={[
          { value: 'words', label: words.saysKinds.words },
          { value: 'flow', label: words.saysKinds.flow },
        ]}
        onChoose={(says) => set({ says })}
      />
      {message.says === 'flow' ? (
        <Select
          label={words.flow}
          value={message.flow}
          error={errorOf('flow')}
          options={[
            { value: '', label: words.chooseFlow },
            ...options.flows.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChoose={(flow) => set({ flow })}
        />
      ) : (
        <div className="pair">
          {options.languages.map((language) => (
            <WordsField
              key={language}
              language={language}
              text={message.words[language] ?? ''}
              error={errorOf(`words.${language}`) ?? errorOf('words')}
              placeholders={options.placeholders}
              change={(text) => set({ words: { ...message.words, [language]: text } })}
            />
          ))}
        </div>
      )}
    </>
  );
}

function WordsField({
  language,
  text,
  error,
  placeholders,
  change,
}: {
  readonly language: string;
  readonly text: string;
  readonly error: string | undefined;
  readonly placeholders: MessageOptions['placeholders'];
  change(text: string): void;
}) {
  const words = useWords(messageWords);
  const { language: read } = useLanguage();
  const area = useRef<HTMLTextAreaElement>(null);
  const name = nameLanguage(language, read);

  function insert(placeholder: string, mayBeAbsent: boolean): void {
    const from = area.current?.selectionStart ?? text.length;
    const until = area.current?.selectionEnd ?? from;
    // What may have no value says what then, and brings its space along.
    const isApart = from === 0 || /\s/.test(text[from - 1] ?? '');
    const written = mayBeAbsent
      ? `{${placeholder}, select, none {} other {${isApart ? '' : ' '}{${placeholder}}}}`
      : `{${placeholder}}`;
    change(text.slice(0, from) + written + text.slice(until));
    area.current?.focus();
  }

  return (
    <div className="words-field">
      <TextArea
        ref={area}
        label={words.wordsIn(name)}
        lang={language}
        rows={6}
        value={text}
        error={error}
        onChange={({ target }) => change(target.value)}
      />
      <div className="placeholders" role="group" aria-label={words.placeholders}>
        {placeholders.map((one) => (
          <button
            key={one.name}
            type="button"
            className="placeholder"
            onClick={() => insert(one.name, one.mayBeAbsent)}
          >
            {`{${one.name}}`}
          </button>
        ))}
      </div>
    </div>
  );
}
