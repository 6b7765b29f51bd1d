import type { CollectStep, Flow } from '../flow.js';
import { isObject, type Json } from '../json.js';
import { findField } from '../parse/fields.js';
import { render } from './say.js';
import { spokenLanguage } from './spoken-language.js';
import type { Draft, Turn } from './turn.js';

/**
 * Writes a field of the profile; the rest of the turn sees it, and speaks a language so chosen. The
 * checker proves that a consent the field needs was given before; one that was taken back since, while
 * the question stood open, leaves the field as it is.
 */
export function remember(turn: Turn, field: string, value: Json): void {
  const needs = findField(turn.library.campaign.fields, field)?.needs;
  if (needs !== undefined && turn.consents[needs] !== true) return;
  turn.effects.push({ type: 'remember', field, value });
  turn.profile = withField(turn.profile, field.split('.'), value);
  if (field === 'language' && typeof value === 'string') {
    turn.language = spokenLanguage(turn.library, value);
  }
}

/** Records a consent, or its refusal, with the question as it was shown. */
export function recordConsent(
  turn: Turn,
  frame: Draft,
  flow: Flow,
  step: CollectStep,
  given: boolean,
): void {
  if (step.consent === undefined) return;
  const { purpose, channel } = step.consent;
  turn.effects.push({
    type: 'record_consent',
    purpose,
    ...(channel === undefined ? {} : { channel }),
    given,
    wording: render(turn, frame, flow, `${step.name}.ask`) ?? '',
    version: flow.version,
    language: turn.language,
    source: `${flow.name}.${step.id}`,
  });
  turn.consents = { ...turn.consents, [purpose]: given };
}

/** The same object with the value at a path below it. */
export function withField(
  object: { readonly [key: string]: Json },
  path: readonly string[],
  value: Json,
): { readonly [key: string]: Json } {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = Object.hasOwn(object, key) ? object[key] : undefined;
  return { ...object, [key]: withField(isJsonObject(inner) ? inner : {}, rest, value) };
}

function isJsonObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return isObject(value);
}
