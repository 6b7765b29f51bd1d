/** What happened at a door; a visit carries answers only when it is `canvassed`. */
export const CANVASS_RESULTS = [
  'canvassed',
  'not_home',
  'refused',
  'lit_dropped',
  'inaccessible',
  'language_barrier',
  'moved',
  'vacant',
  'deceased',
] as const;

export type CanvassResult = (typeof CANVASS_RESULTS)[number];
