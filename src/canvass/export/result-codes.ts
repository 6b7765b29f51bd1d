import type { CanvassResult } from '../canvass-result.js';

/**
 * NGP VAN's ids of results (domain facts, 8: fburdell/franklinbot). It has none in common for a language
 * barrier: whoever has one in their committee names it.
 */
export const VAN_RESULTS: { readonly [result in CanvassResult]?: number } = {
  not_home: 1,
  refused: 2,
  inaccessible: 3,
  deceased: 4,
  moved: 5,
  vacant: 10,
  canvassed: 14,
  lit_dropped: 21,
};

/** Contact type "walk", and input type "API" (docs.ngpvan.com, canvassResponses). */
export const VAN_WALK = 2;
export const VAN_API = 11;

/** OSDI's status codes are words with hyphens (opensupporter.github.io/osdi-docs/canvasses). */
export function osdiStatus(result: CanvassResult): string {
  return result === 'canvassed' ? 'success' : result.replaceAll('_', '-');
}
