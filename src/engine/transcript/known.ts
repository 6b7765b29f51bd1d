import { isObject, type Json } from '../json.js';
import type { Supporter } from '../supporter.js';
import type { Transcript } from '../transcript.js';

type Known = NonNullable<Transcript['after']>;

/** What differs between what should be known afterwards and what is; only keys named are compared. */
export function differences({ supporter = {}, consents = {} }: Known, is: Supporter): string[] {
  return [
    ...differing('supporter', supporter, is.profile),
    ...differing('consents', consents, is.consents),
  ];
}

/** The same keys, with what is known now; a key of which nothing is known goes. */
export function knownAs({ supporter, consents }: Known, is: Supporter): Known {
  const profile = supporter === undefined ? undefined : pick(supporter, is.profile);
  const given = Object.keys(consents ?? {}).filter((purpose) => is.consents[purpose] !== undefined);
  return {
    ...(profile === undefined ? {} : { supporter: profile }),
    ...(consents === undefined
      ? {}
      : { consents: Object.fromEntries(given.map((key) => [key, is.consents[key] === true])) }),
  };
}

function differing(path: string, wanted: unknown, is: unknown): string[] {
  if (isObject(wanted)) {
    return Object.entries(wanted).flatMap(([key, value]) =>
      differing(`${path}.${key}`, value, isObject(is) ? is[key] : undefined),
    );
  }
  // A postal code written without quotes is a number to YAML.
  const same = JSON.stringify(wanted) === JSON.stringify(is) || String(wanted) === is;
  return same ? [] : [`${path} is ${shown(is)}, not ${shown(wanted)}`];
}

function pick(
  named: { readonly [key: string]: Json },
  is: { readonly [key: string]: Json },
): { readonly [key: string]: Json } {
  const picked: { [key: string]: Json } = {};
  for (const [key, wanted] of Object.entries(named)) {
    const value = is[key];
    if (value !== undefined) picked[key] = narrowed(wanted, value);
  }
  return picked;
}

function narrowed(wanted: Json, value: Json): Json {
  return isGroup(wanted) && isGroup(value) ? pick(wanted, value) : value;
}

function isGroup(value: Json): value is { readonly [key: string]: Json } {
  return isObject(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'unknown' : JSON.stringify(value);
}
