import { parse, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Phrase } from '../flow.js';
import { say, type Sentence } from '../sentence.js';
import { toWriter } from './render.js';
import {
  countCharacters,
  idleBranch,
  literalsOf,
  longestOf,
  printsSurely,
  usesOf,
  type Piece,
  type Use,
} from './uses.js';

/** What a phrase is made of. */
export type PhraseReading = {
  readonly phrase: Phrase;
  readonly uses: readonly Use[];
  /**
   * Characters of the longest it can become, whichever branches are taken; `lengthOf` tells how long an
   * argument is, as far as that is known.
   */
  readonly longest: (lengthOf: (name: string) => number) => number;
  /** Whether it prints a piece that is wanted whatever the values are: on every branch. */
  readonly surely: (wanted: (piece: Piece) => boolean) => boolean;
};

/**
 * Reads a phrase written in ICU MessageFormat, tags taken as plain text; dates are shown in the
 * time zone. `problem` is a sentence when its syntax is wrong.
 */
export function readPhrase(
  source: string,
  language: string,
  timezone: string,
): PhraseReading | { readonly problem: Sentence } {
  if (!/[{}']/.test(source)) {
    return {
      phrase: { arguments: [], render: () => source },
      uses: [],
      longest: () => countCharacters(source),
      surely: (wanted) => wanted({ type: 'text', text: source }),
    };
  }
  try {
    return readElements(source, parse(source, { ignoreTag: true, locale: localeOf(language) }), {
      language,
      timezone,
    });
  } catch (error) {
    return { problem: explain(error) };
  }
}

function readElements(
  source: string,
  elements: readonly MessageFormatElement[],
  place: { readonly language: string; readonly timezone: string },
): PhraseReading | { readonly problem: Sentence } {
  if (!source.includes("'") && literalsOf(elements).some((text) => text.includes('}'))) {
    return { problem: say`a } closes nothing; take it away or add the missing {` };
  }
  const idle = idleBranch(elements, place.language);
  if (idle !== undefined) {
    const { branch, taken } = idle;
    const exact = branch === 'zero' ? '=0' : '=1';
    return {
      problem: say`no number takes the branch "${branch}" in ${place.language}; write ${taken.join(', ')}, or a number such as ${exact}`,
    };
  }
  const uses = usesOf(elements);
  const names = [...new Set(uses.map(({ name }) => name))];
  // Most phrases are only checked: what writes one is made when it is first said.
  let write: Phrase['render'] | undefined;
  return {
    phrase: {
      arguments: names,
      render: (values) => {
        write ??= toWriter(elements, place);
        return write(values);
      },
    },
    uses,
    longest: (lengthOf) => longestOf(elements, lengthOf),
    surely: (wanted) => printsSurely(elements, wanted),
  };
}

const LOCALES = new Map<string, Intl.Locale>();

function localeOf(language: string): Intl.Locale {
  let locale = LOCALES.get(language);
  if (locale === undefined) {
    locale = new Intl.Locale(language);
    LOCALES.set(language, locale);
  }
  return locale;
}

const CAUSES: Readonly<Record<string, Sentence>> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: say`a { is never closed; add the missing }`,
  EMPTY_ARGUMENT: say`{} has no name in it; write the name of an argument, such as {firstName}`,
  MALFORMED_ARGUMENT: say`the name between { and } is not one; write letters and digits only, such as {firstName}`,
  MISSING_OTHER_CLAUSE: say`a select or plural has no \`other {…}\`; add it as the last branch`,
};

function explain(error: unknown): Sentence {
  const kind = error instanceof Error ? error.message : '';
  const known = CAUSES[kind];
  if (known !== undefined) return known;
  const words = kind.toLowerCase().replaceAll('_', ' ');
  return words === ''
    ? say`it cannot be read; check its braces, commas and branches`
    : say`${words}; check its braces, commas and branches`;
}
