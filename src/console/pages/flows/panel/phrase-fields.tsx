import { useId } from 'react';
import type { Problem } from '../../../../engine/problem.js';
import { editorWords } from '../../../words/editor-words.js';
import { nameLanguage } from '../../../words/name-language.js';
import { useLanguage, useWords } from '../../../words/use-words.js';
import { useTelling } from '../use-telling.js';
import { useFlow } from './use-flow.js';

/** One phrase in every language of the campaign, side by side. */
export function PhraseFields({
  phrase,
  label,
  isShort = false,
  isRequired = true,
}: {
  /** Its key, such as `email.ask`. */
  readonly phrase: string;
  readonly label: string;
  /** A button or a label, on one line. */
  readonly isShort?: boolean;
  readonly isRequired?: boolean;
}) {
  const { surroundings } = useFlow();
  const id = useId();
  return (
    <div className="phrase" role="group" aria-labelledby={id}>
      <p className="phrase-label" id={id}>
        {label}
      </p>
      <div className="phrase-languages">
        {surroundings.languages.map((language) => (
          <PhraseField
            key={language}
            phrase={phrase}
            language={language}
            label={label}
            isShort={isShort}
            isRequired={isRequired}
          />
        ))}
      </div>
    </div>
  );
}

function PhraseField({
  phrase,
  language,
  label,
  isShort,
  isRequired,
}: {
  readonly phrase: string;
  readonly language: string;
  readonly label: string;
  readonly isShort: boolean;
  readonly isRequired: boolean;
}) {
  const words = useWords(editorWords);
  const shown = useLanguage().language;
  const id = useId();
  const { phrases, operate, isWritable, problems } = useFlow();
  const tell = useTelling();
  const text = phrases.get(language)?.get(phrase);
  const wrong = problems.find((problem) => isAbout(problem, phrase, language));
  const name = nameLanguage(language, shown);
  return (
    <div className="phrase-field">
      <label htmlFor={id} className="hidden">{`${label}, ${name}`}</label>
      <span className="phrase-language" aria-hidden="true">
        {language.toUpperCase()}
      </span>
      <textarea
        id={id}
        lang={language}
        className={isShort ? 'input input-short' : 'input input-words'}
        rows={isShort ? 1 : 3}
        value={text ?? ''}
        readOnly={!isWritable}
        placeholder={isRequired ? words.missing : ''}
        aria-invalid={wrong === undefined ? undefined : true}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        onChange={({ target: { value } }) => {
          const written = isShort ? value.replaceAll('\n', ' ') : value;
          operate(
            {
              type: 'set_words',
              language,
              key: phrase,
              ...(written === '' && text !== undefined ? {} : { text: written }),
            },
            true,
          );
        }}
      />
      {wrong === undefined ? null : (
        <span className="hidden" id={`${id}-wrong`}>
          {tell(wrong)}
        </span>
      )}
    </div>
  );
}

/** Whether a problem names a phrase: in its own file, or where the flow asks for it. */
function isAbout({ file, message }: Problem, phrase: string, language: string): boolean {
  if (!message.includes(`"${phrase}"`)) return false;
  return file.includes(`locales/${language}/`) || message.includes(` in ${language};`);
}
