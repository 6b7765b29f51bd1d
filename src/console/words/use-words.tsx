import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { keepChoice } from '../keep-choice.js';
import { LANGUAGES, type Language, type Words } from './define-words.js';

type Speech = { readonly language: Language; speak(language: Language): void };

const Speaking = createContext<Speech>({ language: 'en', speak: () => undefined });

/** Holds the language of everything below; the page says the first one, a switch another. */
export function SpeechProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo(
    () => ({
      language,
      speak(chosen: Language) {
        keepChoice('portevoix_language', chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Speaking value={speech}>{children}</Speaking>;
}

/** The words in the language of whoever looks. */
export function useWords<T>(words: Words<T>): T {
  return words[useContext(Speaking).language];
}

/** The language, and how to change it. */
export function useLanguage(): Speech {
  return useContext(Speaking);
}

function firstLanguage(): Language {
  return LANGUAGES.find((one) => one === document.documentElement.lang) ?? 'en';
}
