import type { Field } from '../campaign.js';

/** Profile fields that every campaign has; `preferences.*` stands for every name below it. */
export const BUILT_IN_FIELDS: Readonly<Record<string, Field>> = {
  first_name: { type: 'text', sensitive: false },
  last_name: { type: 'text', sensitive: false },
  email: { type: 'text', sensitive: false, needs: 'engagement' },
  phone: { type: 'text', sensitive: false, needs: 'engagement' },
  postal_code: { type: 'text', sensitive: false, needs: 'engagement' },
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
