import { createClassify, type Candidate, type Classified } from './classify.js';
import { createDetectLanguage } from './detect-language.js';
import type { Model } from './model.js';

/** What a text was understood to mean. */
export type Understood = {
  /** The language it was read in. */
  readonly locale: string;
  /** Null: not understood. */
  readonly intent: string | null;
  /** How likely the intent is right, or the nearest one when none was understood, 0 to 1. */
  readonly confidence: number;
  /** The next likeliest intent; the nearest one when none was understood. */
  readonly runnerUp: Candidate | null;
  /** When none was understood: the intents worth offering, the likeliest first. */
  readonly guesses: readonly string[];
};

export type Understand = (text: string, options?: UnderstandOptions) => Understood;

export type UnderstandOptions = {
  /** The language the text is likely to be in. */
  readonly expected?: string;
  /** The language it is in, whatever it looks like. */
  readonly locale?: string;
};

/** A language less likely than this is not tried. */
const LEAST_LANGUAGE = 0.05;
/** An intent less certain than this is not worth offering. */
const LEAST_GUESS = 0.3;
const MOST_GUESSES = 3;

/**
 * Makes a function that tells what a text means: by the model of the language it seems to be in, and
 * by that of the next likely one where the first understands nothing.
 */
export function createUnderstand(models: readonly Model[]): Understand {
  const readers = models.map((model) => ({
    language: model.language,
    classify: classifyWhenAsked(model),
  }));
  const detect = createDetectLanguage(models);

  return (text, { expected, locale } = {}) => {
    const likely = detect(text, expected);
    const tried = readers
      .map((reader, at) => ({ ...reader, likely: likely[at] ?? 0 }))
      .filter((one) => (locale === undefined ? one.likely >= LEAST_LANGUAGE : true))
      .filter((one) => locale === undefined || one.language === locale)
      .sort((a, b) => b.likely - a.likely);
    const [first] = tried;
    if (first === undefined) return unread(locale ?? expected ?? models[0]?.language ?? '');
    let nearest: Understood | undefined;
    for (const { language, classify } of tried) {
      const understood = outcome(language, classify(text));
      if (understood.intent !== null) return understood;
      nearest ??= understood;
    }
    return nearest ?? unread(first.language);
  };
}

/** Makes ready for a language when somebody writes in it: it takes a tenth of a second, and many campaigns speak one. */
function classifyWhenAsked(model: Model): (text: string) => Classified {
  let classify: ((text: string) => Classified) | undefined;
  return (text) => (classify ??= createClassify(model))(text);
}

function outcome(locale: string, { understood, candidates }: Classified): Understood {
  const [first, second = null] = candidates;
  if (first === undefined) return unread(locale);
  if (understood) {
    const { intent, confidence } = first;
    return { locale, intent, confidence, runnerUp: second, guesses: [] };
  }
  const guesses = candidates
    .filter(({ confidence }) => confidence >= LEAST_GUESS)
    .slice(0, MOST_GUESSES)
    .map(({ intent }) => intent);
  return { locale, intent: null, confidence: first.confidence, runnerUp: first, guesses };
}

function unread(locale: string): Understood {
  return { locale, intent: null, confidence: 0, runnerUp: null, guesses: [] };
}
