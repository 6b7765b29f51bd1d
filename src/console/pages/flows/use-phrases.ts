import { useMemo, useRef } from 'react';
import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import { nameOf } from '../../../engine/parse/locales.js';
import { phrasesIn } from './phrases-in.js';

/** Phrases by their keys, by language. */
export type Phrases = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Phrases by language; those of a file that was not touched are the very same. */
export function usePhrases(texts: FlowTexts): Phrases {
  const known = useRef(new Map<string, { text: string; phrases: ReadonlyMap<string, string> }>());
  return useMemo(
    () =>
      new Map(
        texts.words.map(({ path, text }) => {
          const { language } = nameOf(path);
          const before = known.current.get(language);
          // While a file cannot be read, what it last said is shown.
          const phrases =
            before?.text === text
              ? before.phrases
              : (phrasesIn(text) ?? before?.phrases ?? new Map());
          known.current.set(language, { text, phrases });
          return [language, phrases];
        }),
      ),
    [texts.words],
  );
}
