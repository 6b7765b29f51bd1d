import type { CanvassRules } from '../../engine/campaign.js';
import type { Measures, Reason } from './measure-area.js';
import type { RankedArea, Standing } from './rank-areas.js';

export type Tongue = 'fr' | 'en';

/** How far from the middle a standing speaks for or against an area, weighed. */
const LEAST_PULL = 0.1;

/**
 * Why an area has its rank, in one sentence: the two reasons that lift it most, and what holds it back
 * most, each with the area’s place among all and the figures that give it that place, averaged over the
 * elections that were ranked by.
 */
export function explainRank(ranked: RankedArea, rules: CanvassRules, tongue: Tongue): string {
  const { rank, of, measures, standings } = ranked;
  const words = WORDS[tongue];
  const pulled = standings
    .map((one) => ({ one, pull: one.weight * (one.standing - 0.5) }))
    .toSorted((a, b) => b.pull - a.pull);
  const pro = pulled.filter(({ pull }) => pull >= LEAST_PULL).slice(0, 2);
  const con = pulled.filter(({ pull }) => pull <= -LEAST_PULL).slice(pro.length > 0 ? -1 : -2);
  const tell = ({ one: { reason, place } }: { readonly one: Standing }): string =>
    `${words.placed(place, reason)} (${words.figures[reason](measures, rules.near.length > 0)})`;
  const parts = [
    ...(pro.length === 0 ? [] : [words.list(pro.map(tell))]),
    ...(con.length === 0
      ? []
      : [`${pro.length === 0 ? words.only : words.but} ${words.list(con.toReversed().map(tell))}`]),
  ];
  const told = parts.length === 0 ? words.ordinary : parts.join(words.between);
  return `${words.rank(rank, of)}${told}.`;
}

type Words = {
  readonly rank: (rank: number, of: number) => string;
  /** "2nd for density". */
  readonly placed: (place: number, reason: Reason) => string;
  readonly figures: {
    readonly [reason in Reason]: (measures: Measures, hasNear: boolean) => string;
  };
  readonly list: (parts: readonly string[]) => string;
  readonly between: string;
  readonly but: string;
  readonly only: string;
  readonly ordinary: string;
};

// Written here: which space Node's own formats take differs between its versions.
const SPACE = { fr: '\u202f', en: '' } as const;
const COMMA = { fr: '\u202f', en: ',' } as const;

function share(tongue: Tongue, value = 0): string {
  return `${Math.round(100 * value)}${SPACE[tongue]}%`;
}

function number(tongue: Tongue, value = 0): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, COMMA[tongue]);
}

const NAMES: { readonly [tongue in Tongue]: { readonly [reason in Reason]: string } } = {
  en: {
    mobilisation: 'mobilisation',
    persuasion: 'persuasion',
    income: 'income',
    density: 'density',
    unvisited: 'doors to do',
  },
  fr: {
    mobilisation: 'la mobilisation',
    persuasion: 'la persuasion',
    income: 'le niveau de vie',
    density: 'la densité',
    unvisited: 'les portes à faire',
  },
};

const WORDS: { readonly [tongue in Tongue]: Words } = {
  en: {
    rank: (rank, of) => `${ordinal(rank)} of ${of}: `,
    placed: (place, reason) => `${ordinal(place)} for ${NAMES.en[reason]}`,
    figures: {
      mobilisation: ({ abstention, own }) =>
        `${share('en', abstention)} abstained, ${share('en', own)} of the votes were yours`,
      persuasion: ({ persuasion, own }, hasNear) =>
        hasNear
          ? `${share('en', persuasion)} of the registered voted for lists near yours`
          : `with ${share('en', own)} of the votes yours, opinions are divided`,
      income: ({ income }) => `people live on about €${number('en', income)} a year`,
      density: ({ density }) => `about ${number('en', density)} doors an hour`,
      unvisited: ({ unvisited }) => `${share('en', unvisited)} are still to do`,
    },
    list: (parts) => parts.join(' and '),
    between: '; ',
    but: 'but',
    only: 'only',
    ordinary: 'in the middle for every reason',
  },
  fr: {
    rank: (rank, of) => `${rang(rank)} sur ${of}\u00a0: `,
    placed: (place, reason) => `${rang(place)} pour ${NAMES.fr[reason]}`,
    figures: {
      mobilisation: ({ abstention, own }) =>
        `${share('fr', abstention)} d’abstention, ${share('fr', own)} des voix pour vous`,
      persuasion: ({ persuasion, own }, hasNear) =>
        hasNear
          ? `${share('fr', persuasion)} des inscrits ont voté pour des listes proches`
          : `avec ${share('fr', own)} des voix pour vous, les avis sont partagés`,
      income: ({ income }) => `environ ${number('fr', income)}\u00a0€ par an`,
      density: ({ density }) => `environ ${number('fr', density)} portes à l’heure`,
      unvisited: ({ unvisited }) => `${share('fr', unvisited)} restent à faire`,
    },
    list: (parts) => parts.join(' et '),
    between: '\u202f; ',
    but: 'mais',
    only: 'seulement',
    ordinary: 'dans la moyenne pour toutes les raisons',
  },
};

function ordinal(place: number): string {
  const [tens, ones] = [place % 100, place % 10];
  if (tens >= 11 && tens <= 13) return `${place}th`;
  return `${place}${['th', 'st', 'nd', 'rd'][ones] ?? 'th'}`;
}

function rang(place: number): string {
  return place === 1 ? '1er' : `${place}e`;
}
