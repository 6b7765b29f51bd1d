import { CANVASS_RESULTS, type CanvassResult } from '../canvass-result.js';

/** How volunteers name results in shorthand, French and English, folded; several words at most four. */
const WORDS: { readonly [result in CanvassResult]: readonly string[] } = {
  not_home: [
    'abs',
    'absent',
    'absente',
    'absents',
    'personne',
    'pas la',
    'nh',
    'not home',
    'nobody',
    'no answer',
    'away',
  ],
  refused: ['ref', 'refus', 'refuse', 'refusee', 'refused', 'refusal'],
  canvassed: [
    'vu',
    'vue',
    'vus',
    'parle',
    'on a parle',
    'discute',
    'canvassed',
    'talked',
    'spoke',
    'met',
    'seen',
  ],
  lit_dropped: [
    'tract',
    'tracts',
    'bal',
    'boite',
    'boite aux lettres',
    'tract depose',
    'lit',
    'leaflet',
    'flyer',
    'dropped',
  ],
  inaccessible: [
    'inacc',
    'inaccessible',
    'digicode',
    'ferme',
    'pas d acces',
    'pas acces',
    'no access',
    'locked',
  ],
  language_barrier: ['langue', 'autre langue', 'language', 'other language'],
  moved: ['dem', 'demenage', 'a demenage', 'moved', 'moved out'],
  vacant: ['vide', 'vacant', 'logement vide', 'empty'],
  deceased: ['deces', 'decede', 'decedee', 'dcd', 'deceased'],
};

const RESULTS: ReadonlyMap<string, CanvassResult> = new Map(
  CANVASS_RESULTS.flatMap((result) => WORDS[result].map((word) => [word, result] as const)),
);
const MOST_WORDS = 4;

/** The result that the last words name, a support level behind `canvassed` included; and what stands before. */
export function readResult(words: readonly string[]):
  | {
      readonly result: CanvassResult;
      readonly level?: 1 | 2 | 3 | 4 | 5;
      readonly before: readonly string[];
    }
  | undefined {
  const level = LEVELS.find((one) => String(one) === words.at(-1));
  const levelled = level === undefined ? undefined : named(words.slice(0, -1));
  if (levelled?.result === 'canvassed' && level !== undefined) return { ...levelled, level };
  return named(words);
}

const LEVELS = [1, 2, 3, 4, 5] as const;

function named(words: readonly string[]) {
  for (let count = Math.min(MOST_WORDS, words.length); count > 0; count -= 1) {
    const result = RESULTS.get(words.slice(-count).join(' '));
    if (result !== undefined) return { result, before: words.slice(0, -count) };
  }
  return undefined;
}
