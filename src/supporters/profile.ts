import type { Json } from '../engine/json.js';
import type { Supporter } from '../engine/supporter.js';
import { consentsByPurpose } from './consents-in-force.js';
import { PLACE_FIELDS } from './places/place.js';
import { isPlaceField, tellPlace } from './places/locate.js';
import type { SupporterRecord } from './record.js';

/** Profile fields kept at the top of the record, each of one type. */
export const TEXT_FIELDS = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'postal_code',
  ...PLACE_FIELDS,
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/**
 * What the engine may know of a supporter, with absent keys for what is unknown; `segments` are those
 * that flows ask for and the supporter is in.
 */
export function viewSupporter(
  record: SupporterRecord,
  segments: readonly string[] = [],
): Supporter {
  const profile: Record<string, Json> = {
    language: record.language,
    preferences: record.preferences,
    fields: record.fields,
    tags: record.tags,
    segments,
  };
  for (const field of TEXT_FIELDS) {
    const value = record[field];
    if (value !== undefined) profile[field] = value;
  }
  if (record.support_level !== undefined) profile['support_level'] = record.support_level;
  return { language: record.language, profile, consents: consentsByPurpose(record.consents) };
}

/**
 * Writes one value into the profile. `field` is a declared path below `supporter` (`email`,
 * `preferences.topics`, `fields.round`); throws on a path or a type the profile does not have, which
 * the checker of flows rules out.
 */
export function remember(record: SupporterRecord, field: string, value: Json): SupporterRecord {
  const dot = field.indexOf('.');
  if (dot > 0) {
    const [room, name] = [field.slice(0, dot), field.slice(dot + 1)];
    if (room === 'preferences' || room === 'fields') {
      return { ...record, [room]: { ...record[room], [name]: value } };
    }
  } else if (field === 'language' && typeof value === 'string') {
    return { ...record, language: value };
  } else if (field === 'support_level' && typeof value === 'number') {
    return { ...record, support_level: value };
  } else if (field === 'email' && typeof value === 'string' && value !== record.email) {
    // Another address has yet to be confirmed.
    const { email_confirmed_at: _, ...rest } = record;
    return { ...rest, email: value };
  } else if (isPlaceField(field) && typeof value === 'string') {
    return tellPlace(record, field, value);
  } else if (isTextField(field) && typeof value === 'string') {
    return { ...record, [field]: value };
  }
  throw new TypeError(`The profile has no field "${field}" for a ${typeof value}.`);
}

function isTextField(field: string): field is TextField {
  return TEXT_FIELDS.some((known) => known === field);
}
