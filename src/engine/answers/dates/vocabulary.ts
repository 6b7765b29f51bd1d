import type { WordGroup } from '../../flow.js';
import { isNear } from '../edit-distance.js';
import { perLists } from '../lexicon.js';

export const UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type Unit = (typeof UNITS)[number];

/** What a phrase can be in a date: one word may be several things ("sept" is a number and a month). */
export type Roles = {
  readonly number?: number;
  /** A day of the month that is no cardinal number: "premier". */
  readonly monthday?: number;
  /** From 1. */
  readonly month?: number;
  /** Monday is 0. */
  readonly weekday?: number;
  /** Days from today. */
  readonly offset?: number;
  /** The minutes of the hour that a part of the day stands for. */
  readonly part?: number;
  readonly unit?: Unit;
  readonly minutesAfter?: number;
  readonly minutesBefore?: number;
  /** The small words. */
  readonly small?: readonly string[];
};

/** Phrases by their words, and the words of the longest. */
export type Vocabulary = {
  readonly phrases: ReadonlyMap<string, Roles>;
  readonly longest: number;
  /** Days of the month that are said by their place: in English all, in French the first. */
  readonly placed: ReadonlySet<number>;
  /** Names of months and weekdays that are long enough to be known with a slip in them. */
  readonly names: readonly string[];
};

/** Shorter words have too many neighbours: "mars" and "mais". */
const SHORTEST_NAME = 5;

/** The words of dates in a language. */
export const vocabularyOf = perLists((words): Vocabulary => {
  const phrases = new Map<string, Roles>();
  const add = (written: string, roles: Roles): void => {
    // "2main" is cut as texts are.
    const phrase = written.replace(/\d(?=\p{L})|\p{L}(?=\d)/gu, '$& ');
    phrases.set(phrase, { ...phrases.get(phrase), ...roles });
  };
  const addGroup = (group: WordGroup | undefined, rolesOf: (key: string) => Roles): void => {
    for (const [key, list] of Object.entries(group ?? {})) {
      for (const phrase of list) add(phrase, rolesOf(key));
    }
  };
  for (const [index, list] of (words.months ?? []).entries()) {
    for (const phrase of list) add(phrase, { month: index + 1 });
  }
  for (const [index, list] of (words.weekdays ?? []).entries()) {
    for (const phrase of list) add(phrase, { weekday: index });
  }
  addGroup(words.month_days, (day) => ({ monthday: Number(day) }));
  addGroup(words.days, (days) => ({ offset: Number(days) }));
  addGroup(words.day_parts, (time) => ({ part: minutesOf(time) }));
  for (const unit of UNITS) {
    for (const phrase of words.units?.[unit] ?? []) add(phrase, { unit });
  }
  addGroup(words.minutes_after, (minutes) => ({ minutesAfter: Number(minutes) }));
  addGroup(words.minutes_before, (minutes) => ({ minutesBefore: Number(minutes) }));
  for (const [name, list] of Object.entries(words.dates ?? {})) {
    for (const phrase of list) {
      add(phrase, { small: [...(phrases.get(phrase)?.small ?? []), name] });
    }
  }
  const lengths = [...phrases.keys()].map((phrase) => phrase.split(' ').length);
  const names = [...phrases].flatMap(([phrase, { month, weekday }]) => {
    const isName = month !== undefined || weekday !== undefined;
    return isName && phrase.length >= SHORTEST_NAME ? [phrase] : [];
  });
  const placed = new Set(Object.keys(words.month_days ?? {}).map(Number));
  return { phrases, longest: Math.max(1, ...lengths), placed, names };
});

/** The month or weekday that a word is with a slip of the thumb: "samdi", "satruday". */
export function mistypedName(word: string, { phrases, names }: Vocabulary): Roles | undefined {
  if (word.length < SHORTEST_NAME) return undefined;
  const near = names.find((name) => name[0] === word[0] && isNear(name, word));
  return near === undefined ? undefined : phrases.get(near);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
