import type { ReactNode } from 'react';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import { nameOf } from '../../../../engine/parse/locales.js';
import { editorWords } from '../../../words/editor-words.js';
import { nameLanguage } from '../../../words/name-language.js';
import { useLanguage, useWords } from '../../../words/use-words.js';

/** The files of a flow, one of which is shown below. */
export function TextFiles({
  texts,
  file,
  choose,
  languages,
  children,
}: {
  readonly texts: FlowTexts;
  readonly file: string;
  choose(path: string): void;
  readonly languages: readonly string[];
  readonly children: ReactNode;
}) {
  const words = useWords(editorWords);
  const { language: spoken } = useLanguage();
  const { name } = nameOf(texts.flow.path);
  const files = [
    { path: texts.flow.path, label: words.flow },
    ...languages.map((language) => ({
      path: `locales/${language}/${name}.yaml`,
      label: words.wordsOf(nameLanguage(language, spoken)),
    })),
  ];
  return (
    <div className="text-files">
      <div className="faces text-tabs" role="group" aria-label={words.text}>
        {files.map(({ path, label }) => (
          <button
            key={path}
            type="button"
            aria-pressed={path === file}
            onClick={() => choose(path)}
          >
            {label}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}
