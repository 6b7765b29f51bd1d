import { isObject, type Json } from '../engine/json.js';
import type { SupporterRecord } from '../supporters/record.js';
import type { Volunteer } from './rank-shifts.js';
import { REACHES } from './tasks.js';

/**
 * What a profile tells of a volunteer: the fields `tasks`, `times`, `skills`, `tongues`, `reach` and
 * `starting_point` that the sample campaign declares, and where they live. What a flow says in `asked`
 * counts more.
 */
export function volunteerOf(
  record: Pick<SupporterRecord, 'fields' | 'language' | 'postal_code' | 'department'>,
  asked: { readonly [name: string]: Json },
): Omit<Volunteer, 'approved' | 'busy'> {
  const { fields } = record;
  const told = (name: string): Json | undefined => asked[name] ?? fields[name];
  const code = asked['postal_code'] ?? record.postal_code;
  const reach = REACHES.find((one) => one === told('reach'));
  const point = pointOf(told('starting_point'));
  const department = code === record.postal_code ? record.department : undefined;
  return {
    tasks: textsOf(told('tasks')),
    times: textsOf(told('times')),
    skills: textsOf(told('skills')),
    // Whoever is spoken to in a language speaks it.
    languages: [record.language, ...textsOf(told('tongues'))],
    ...(reach === undefined ? {} : { reach }),
    ...(point === undefined ? {} : { point }),
    ...(typeof code === 'string' && code !== '' ? { postal_code: code } : {}),
    ...(department === undefined ? {} : { department }),
  };
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A point of the globe; undefined for anything else. */
export function pointOf(value: Json | undefined): { lat: number; lon: number } | undefined {
  if (!isObject(value)) return undefined;
  const { lat, lon } = value;
  return typeof lat === 'number' && typeof lon === 'number' ? { lat, lon } : undefined;
}
