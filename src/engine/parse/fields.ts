import type { Field } from '../campaign.js';

/** Profile fields that every campaign has; `preferences.*` stands for every name below it. */
export const BUILT_IN_FIELDS: Readonly<Record<string, Field>> = {
  first_name: { type: 'text', sensitive: false },
  last_name: { type: 'text', sensitive: false },
  email: { type: 'text', sensitive: false, needs: 'engagement' },
  phone: { type: 'text', sensitive: false, needs: 'engagement' },
  postal_code: { type: 'text', sensitive: false, needs: 'engagement' },
  // Found by the postal code, or told: codes of INSEE, a name, a territory of France, an IANA time zone.
  commune: { type: 'text', sensitive: false, needs: 'engagement' },
  commune_name: { type: 'text', sensitive: false, needs: 'engagement' },
  arrondissement: { type: 'text', sensitive: false, needs: 'engagement' },
  department: { type: 'text', sensitive: false, needs: 'engagement' },
  region: { type: 'text', sensitive: false, needs: 'engagement' },
  territory: { type: 'text', sensitive: false, needs: 'engagement' },
  timezone: { type: 'text', sensitive: false, needs: 'engagement' },
  language: { type: 'text', sensitive: false },
  tags: { type: 'list', sensitive: false },
  'preferences.*': { type: 'list', sensitive: true, needs: 'engagement' },
  support_level: { type: 'number', sensitive: true, needs: 'engagement' },
};

/** Finds a field by its path below `supporter`. */
export function findField(
  fields: Readonly<Record<string, Field>>,
  path: string,
): Field | undefined {
  if (Object.hasOwn(fields, path)) return fields[path];
  const dot = path.indexOf('.');
  const family = dot < 0 ? undefined : `${path.slice(0, dot)}.*`;
  return family !== undefined && Object.hasOwn(fields, family) ? fields[family] : undefined;
}
