import type { Territory } from '../../engine/calendar/territories.js';

/** Where somebody with a postal code may live. Codes are those of INSEE. */
export type Place = {
  /** Absent where only the department of the code is known, as of a CEDEX. */
  readonly commune?: string;
  readonly commune_name?: string;
  /** In Paris, Lyon and Marseille. */
  readonly arrondissement?: string;
  readonly department?: string;
  readonly region: string;
  readonly territory: Territory;
  /** IANA time zone. */
  readonly timezone: string;
};

/** The communes of a postal code, the largest first; none when nothing is known of the code. */
export type FindPlaces = (postalCode: string) => readonly Place[];

/** What the profile keeps of a place, under the same names. */
export const PLACE_FIELDS = [
  'commune',
  'commune_name',
  'arrondissement',
  'department',
  'region',
  'territory',
  'timezone',
] as const satisfies readonly (keyof Place)[];
export type PlaceField = (typeof PLACE_FIELDS)[number];
