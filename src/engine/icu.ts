export { readPhrase, type PhraseReading } from './icu/read-phrase.js';
export { NONE } from './icu/render.js';
export type { Piece, Use } from './icu/uses.js';
