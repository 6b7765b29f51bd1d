import { isObject, type Json } from '../../engine/json.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { ProxyPlace } from './match-proxies.js';

/**
 * Where somebody votes, as far as the profile knows: the commune found by the postal code, and, where the
 * campaign keeps them, the fields `polling_station` (text) and `location` (a point). `given` is a postal
 * code they told just now.
 */
export function proxyPlace(
  record: Pick<
    SupporterRecord,
    'commune' | 'commune_name' | 'department' | 'postal_code' | 'fields'
  >,
  given: Json | undefined,
): ProxyPlace {
  const code = typeof given === 'string' && given !== '' ? given : record.postal_code;
  // Another code than that of the profile: of the rest only what the code itself tells is known.
  const isOther = code !== record.postal_code;
  const { commune, commune_name: name } = isOther ? {} : record;
  const department = isOther ? departmentOf(code) : (record.department ?? departmentOf(code));
  const station = record.fields['polling_station'];
  const point = pointOf(record.fields['location']);
  return {
    ...(typeof station === 'string' ? { station } : {}),
    ...(commune === undefined ? {} : { commune }),
    ...(name === undefined ? {} : { name }),
    ...(code === undefined ? {} : { postal_code: code }),
    ...(department === undefined ? {} : { department }),
    ...(point === undefined ? {} : { point }),
  };
}

/** A French postal code begins with its department but for Corsica's, and for rare edges of departments. */
function departmentOf(code: string | undefined): string | undefined {
  if (code === undefined || !/^\d{5}$/.test(code) || code.startsWith('20')) return undefined;
  return /^9[78]/.test(code) ? code.slice(0, 3) : code.slice(0, 2);
}

function pointOf(value: Json | undefined): { lat: number; lon: number } | undefined {
  if (!isObject(value)) return undefined;
  const { lat, lon } = value;
  return typeof lat === 'number' && typeof lon === 'number' ? { lat, lon } : undefined;
}
