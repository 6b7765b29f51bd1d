import type { Located, SupporterRecord } from '../record.js';
import type { Places } from './open-places.js';
import { PLACE_FIELDS, type Place, type PlaceField } from './place.js';

/** What a postal code tells where its communes are not all in one. */
const AREA_FIELDS: readonly PlaceField[] = ['department', 'region', 'territory', 'timezone'];

/**
 * Fills in what the postal code tells of where a supporter lives; pure but for the lists. What they told
 * themselves stays; what was filled in follows the postal code. A commune they chose among those of a
 * postal code goes with that code, unless the new one has it too. The same record when nothing changed.
 */
export function locate(
  record: SupporterRecord,
  places: Places,
  country: string,
  at: Date,
): SupporterRecord {
  const { postal_code, located: before } = record;
  if (country !== 'fr' || postal_code === undefined) return record;
  const { commune: told, ...others } = toldOf(record);
  if (before?.postal_code === postal_code && before.commune === told) return record;

  const found = places.find(postal_code);
  const isFromBefore = before?.commune === told && before?.postal_code !== postal_code;
  const isElsewhere = found.length > 0 && found.every(({ commune }) => commune !== told);
  const chosen = told !== undefined && !(isFromBefore && isElsewhere) ? { commune: told } : {};
  const here = found.filter(({ commune }) => commune !== undefined && commune === chosen.commune);
  const known = inCommon(here.length > 0 ? here : found);

  // The name of another commune than the chosen one would be wrong.
  const isUnlisted = chosen.commune !== undefined && here.length === 0;
  const fields = (isUnlisted ? AREA_FIELDS : PLACE_FIELDS).filter(
    (field) => known[field] !== undefined && { ...others, ...chosen }[field] === undefined,
  );
  const filled = Object.fromEntries(fields.map((field) => [field, known[field]]));
  const located: Located = { postal_code, ...chosen, source: places.source(), at, fields };
  return { ...withoutPlace(record), ...others, ...chosen, ...filled, located };
}

/** Writes what the supporter told of where they live; it is never filled in over. */
export function tellPlace(
  record: SupporterRecord,
  field: PlaceField,
  value: string,
): SupporterRecord {
  const { located } = record;
  const told = { ...record, [field]: value };
  if (located === undefined) return told;
  const fields = located.fields.filter((other) => other !== field);
  return { ...told, located: { ...located, fields } };
}

/**
 * What is known of where one of two people who are the same lives; what `kept` tells wins, and what was
 * filled in goes with its postal code.
 */
export function mergePlaces(kept: SupporterRecord, merged: SupporterRecord): SupporterRecord {
  const isSame = kept.postal_code === merged.postal_code;
  const tells = kept.postal_code !== undefined && !(isSame && toldOf(kept).commune === undefined);
  if (tells) return kept;
  const told = { ...toldOf(merged), ...toldOf(kept) };
  const { postal_code, located } = merged;
  if (postal_code === undefined) return { ...kept, ...told };
  const filled = located?.fields.filter((field) => told[field] === undefined) ?? [];
  return {
    ...withoutPlace(kept),
    postal_code,
    ...Object.fromEntries(filled.map((field) => [field, merged[field]])),
    ...told,
    ...(located === undefined ? {} : { located: { ...located, fields: filled } }),
  };
}

export function isPlaceField(field: string): field is PlaceField {
  return PLACE_FIELDS.some((known) => known === field);
}

/** What the supporter told of it, and was not filled in. */
function toldOf(record: SupporterRecord): { readonly [field in PlaceField]?: string } {
  return Object.fromEntries(
    PLACE_FIELDS.filter((field) => record.located?.fields.includes(field) !== true).flatMap(
      (field) => (record[field] === undefined ? [] : [[field, record[field]]]),
    ),
  );
}

function withoutPlace(record: SupporterRecord): SupporterRecord {
  const { commune: _0, commune_name: _1, arrondissement: _2, department: _3, ...some } = record;
  const { region: _4, territory: _5, timezone: _6, located: _7, ...rest } = some;
  return rest;
}

/** What all the places agree on. */
function inCommon([first, ...others]: readonly Place[]): {
  readonly [field in PlaceField]?: string;
} {
  if (first === undefined) return {};
  return Object.fromEntries(
    PLACE_FIELDS.flatMap((field) =>
      first[field] !== undefined && others.every((other) => other[field] === first[field])
        ? [[field, first[field]]]
        : [],
    ),
  );
}
