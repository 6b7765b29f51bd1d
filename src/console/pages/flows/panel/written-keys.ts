import { stepsOf } from '../../../../engine/edit/steps.js';
import type { Value } from '../../../../engine/edit/write-yaml.js';
import { RefusedEdit } from '../../../../engine/edit/refusal.js';
import type { YamlMap, YamlNode } from '../../../../engine/yaml.js';

/** What a step says of itself, key by key. */
export type WrittenKeys = {
  text(key: string): string | undefined;
  flag(key: string): boolean;
  /** Names with what is written under them, as of `with` and `set`. */
  entries(key: string): readonly (readonly [name: string, value: string])[];
  /** The purpose of the consent it asks for. */
  readonly consent?: Consent;
  readonly consentAsWritten: { readonly [key: string]: Value };
  /** The instant that a `wait` ends at. */
  readonly until?: string;
};

type Consent =
  | 'engagement'
  | 'newsletter'
  | 'donation'
  | 'volunteering'
  | 'canvassing'
  | 'vote'
  | 'service';

/** Reads what is written of a step; undefined when there is no such step. */
export function writtenKeys(text: string, id: string): WrittenKeys | undefined {
  try {
    const map = stepsOf(text).find((step) => step.id === id)?.map;
    return map === undefined ? undefined : keysOf(map);
  } catch (error) {
    if (error instanceof RefusedEdit) return undefined;
    throw error;
  }
}

function keysOf(map: YamlMap): WrittenKeys {
  const textOf = (node: YamlNode | undefined): string | undefined =>
    node?.type === 'scalar' && node.value !== null ? node.text : undefined;
  const entriesOf = (node: YamlNode | undefined): readonly (readonly [string, string])[] =>
    node?.type === 'map' ? node.entries.map(({ key, value }) => [key, textOf(value) ?? '']) : [];
  const consent = map.get('consent');
  const purpose = consent?.type === 'map' ? textOf(consent.get('purpose')) : undefined;
  const wait = map.get('wait');
  const until = wait?.type === 'map' ? textOf(wait.get('until')) : undefined;
  return {
    text: (key) => textOf(map.get(key)),
    flag: (key) => textOf(map.get(key)) === 'true',
    entries: (key) => entriesOf(map.get(key)),
    ...(isConsent(purpose) ? { consent: purpose } : {}),
    consentAsWritten: Object.fromEntries(entriesOf(consent)),
    ...(until === undefined ? {} : { until }),
  };
}

function isConsent(text: string | undefined): text is Consent {
  return (
    text !== undefined &&
    [
      'engagement',
      'newsletter',
      'donation',
      'volunteering',
      'canvassing',
      'vote',
      'service',
    ].includes(text)
  );
}
