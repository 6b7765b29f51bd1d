import Metaphone from 'natural/lib/natural/phonetics/metaphone.js';
import german from 'natural/lib/natural/stemmers/porter_stemmer_de.js';
import spanish from 'natural/lib/natural/stemmers/porter_stemmer_es.js';
import french from 'natural/lib/natural/stemmers/porter_stemmer_fr.js';
import english from 'natural/lib/natural/stemmers/porter_stemmer.js';
import italian from 'natural/lib/natural/stemmers/porter_stemmer_it.js';
import dutch from 'natural/lib/natural/stemmers/porter_stemmer_nl.js';
import portuguese from 'natural/lib/natural/stemmers/porter_stemmer_pt.js';
import { soundOfFrench } from './sound-of-french.js';

/** What a language does to its words. */
export type Tongue = {
  /** The part of a folded word that its forms share. */
  stem(word: string): string;
  /** How a folded word sounds; words that sound alike are written for each other. */
  sound(word: string): string;
};

type Stemmer = { stem(word: string): string };

const STEMMERS: Readonly<Record<string, Stemmer>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
  nl: dutch,
  pt: portuguese,
};

const metaphone = new Metaphone();
const SOUNDS: Readonly<Record<string, (word: string) => string>> = {
  en: (word) => metaphone.process(word),
  fr: soundOfFrench,
};

/** Shorter words are their own stem: stemmers make one word of several there. */
const SHORTEST_STEMMED = 4;

/** The tongue of a language tag; of a language without a stemmer, words are taken as they are. */
export function tongueOf(language: string): Tongue {
  const [primary = ''] = language.split('-');
  const stemmer = STEMMERS[primary];
  const sound = SOUNDS[primary];
  return {
    stem: (word) =>
      stemmer === undefined || word.length < SHORTEST_STEMMED ? word : stemmer.stem(word),
    sound: (word) => sound?.(word) ?? word,
  };
}
