export { readPhrase, type PhraseReading } from './icu/read-phrase.js';
export { renameArgument } from './icu/rename-argument.js';
export { NONE } from './icu/render.js';
export type { Piece, Use } from './icu/uses.js';
