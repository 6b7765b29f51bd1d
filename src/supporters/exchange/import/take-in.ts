import { isDeepStrictEqual } from 'node:util';
import { PURPOSES, type Purpose } from '../../../engine/flow.js';
import type { Json } from '../../../engine/json.js';
import { boundConsents } from '../../bounds.js';
import { locate, isPlaceField } from '../../places/locate.js';
import type { Places } from '../../places/open-places.js';
import { remember, TEXT_FIELDS } from '../../profile.js';
import type { ConsentRecord, ImportedPart, SupporterRecord } from '../../record.js';
import { BY_IMPORT } from '../../withdraw-consents.js';
import type { Coverage, ImportedConsent, Person, SupporterFormat } from './person.js';

/** How people of a file are taken in. */
export type TakingIn = {
  readonly format: SupporterFormat;
  /** The name of the file, which is the origin of what it tells. */
  readonly file: string;
  readonly at: Date;
  readonly covers: Coverage;
  readonly country: string;
  readonly places: Places;
  readonly consent?: ImportedConsent;
  /** The other program has confirmed the addresses. */
  readonly emailConfirmed: boolean;
};

/**
 * The profile with what a row tells of it; pure. What an earlier import gave follows the file, as long as it
 * is still so here: what the person has told, or taken away, since stays as they want it. The same record when
 * nothing changes.
 */
export function takeIn(before: SupporterRecord, person: Person, how: TakingIn): SupporterRecord {
  const part = before.imported?.find(({ row }) => row === person.id);
  const told = takeValues(before, part?.given ?? {}, person, how);
  const tagged = takeTags(told.record, part?.tags ?? [], person, how);
  const located = locate(tagged.record, how.places, how.country, how.at);
  const confirmed = confirm(located, person, how);
  const next = takeStanding(confirmed, person, how);
  const given = { given: told.given, tags: tagged.given };
  const isKnown =
    part !== undefined && isDeepStrictEqual({ given: part.given, tags: part.tags }, given);
  const isNothing = Object.keys(given.given).length + given.tags.length === 0;
  if ((isKnown || (part === undefined && isNothing)) && isDeepStrictEqual(next, before)) {
    return before;
  }
  const { format, file, at } = how;
  const fresh: ImportedPart = { row: person.id, format, file, at, ...given };
  const others = before.imported?.filter(({ row }) => row !== person.id) ?? [];
  return { ...next, imported: [...others, fresh] };
}

type Given = ImportedPart['given'];

function takeValues(
  before: SupporterRecord,
  was: Given,
  { values }: Person,
  { covers }: TakingIn,
): { readonly record: SupporterRecord; readonly given: Given } {
  let record = before;
  const given: Record<string, Json> = { ...was };
  for (const path of new Set([...covers.paths, ...Object.keys(values)])) {
    const [now, once] = [values[path], was[path]];
    // Nobody has told the language that a new profile begins with.
    const isUntold = path === 'language' && before.revision === 0 && once === undefined;
    const current = isUntold ? undefined : valueOf(record, path);
    // Told otherwise, or taken away: it is theirs.
    if (!isDeepStrictEqual(current, once)) {
      if (current !== undefined && path !== 'language') delete given[path];
      continue;
    }
    if (now === undefined) {
      if (current === undefined || path === 'language') continue;
      record = without(record, path);
      delete given[path];
    } else {
      if (!isDeepStrictEqual(current, now)) record = remember(record, path, now);
      given[path] = now;
    }
  }
  return { record, given };
}

function takeTags(
  record: SupporterRecord,
  was: readonly string[],
  { tags }: Person,
  { covers }: TakingIn,
): { readonly record: SupporterRecord; readonly given: readonly string[] } {
  if (!covers.tags) return { record, given: was };
  const kept = record.tags.filter((tag) => tags.includes(tag) || !was.includes(tag));
  const fresh = tags.filter((tag) => !was.includes(tag) && !kept.includes(tag));
  const isSame = kept.length === record.tags.length && fresh.length === 0;
  // A tag they had before is no gift of this file.
  const given = tags.filter((tag) => was.includes(tag) || fresh.includes(tag));
  return { record: isSame ? record : { ...record, tags: [...kept, ...fresh] }, given };
}

function confirm(
  record: SupporterRecord,
  { values, standing }: Person,
  { emailConfirmed, consent, at }: TakingIn,
): SupporterRecord {
  const isTheirs = values['email'] !== undefined && record.email === values['email'];
  const isGood = standing !== 'bounced' && standing !== 'refused';
  if (!emailConfirmed || !isTheirs || !isGood || record.email_confirmed_at !== undefined) {
    return record;
  }
  return { ...record, email_confirmed_at: consent?.at ?? at };
}

function takeStanding(record: SupporterRecord, person: Person, how: TakingIn): SupporterRecord {
  switch (person.standing) {
    case 'subscribed':
      return how.consent === undefined ? record : agree(record, person, how, how.consent);
    case 'refused':
      // As a STOP: nothing at all, on no channel.
      return [...new Set<Purpose>(['engagement', ...purposesOf(record, how)])].reduce(
        (one, purpose) => refuse(one, purpose, undefined, person, how),
        record,
      );
    case 'unsubscribed':
    case 'bounced':
      return purposesOf(record, how).reduce(
        (one, purpose) => refuse(one, purpose, 'email', person, how),
        record,
      );
    case 'unknown':
      return record;
    default:
      return person.standing satisfies never;
  }
}

/** What a refusal of a list is about: all that was agreed to there by import, or what the list is for. */
function purposesOf({ consents }: SupporterRecord, { consent }: TakingIn): readonly Purpose[] {
  const agreed = new Set(consents.filter(isImported).map(({ purpose }) => purpose));
  const known = PURPOSES.filter((purpose) => agreed.has(purpose) || purpose === consent?.purpose);
  return known.length === 0 ? ['engagement'] : known;
}

/** Consents hold in the order of time, so one given before a refusal does not undo it. */
function agree(
  record: SupporterRecord,
  { addresses, values }: Person,
  { file }: TakingIn,
  { purpose, wording, language, at, channel }: ImportedConsent,
): SupporterRecord {
  const networks = addresses.map((reach) => reach.channel);
  const reached = [...new Set([...networks, ...(values['email'] === undefined ? [] : ['email'])])];
  const channels = channel === undefined ? reached : [channel];
  const fresh = channels
    .map((one): ConsentRecord => ({
      purpose,
      channel: one,
      given: true,
      wording,
      version: BY_IMPORT,
      language,
      source: sourceOf(file),
      at,
    }))
    .filter((consent) => !record.consents.some((known) => isSameAnswer(known, consent)));
  if (fresh.length === 0) return record;
  const all = [...record.consents, ...fresh].sort(
    (one, other) =>
      one.at.getTime() - other.at.getTime() || Number(other.given) - Number(one.given),
  );
  return { ...record, consents: boundConsents(all) };
}

/** A refusal that is there already is not told again, and a later yes in the chat is not undone. */
function refuse(
  record: SupporterRecord,
  purpose: Purpose,
  channel: string | undefined,
  { status }: Person,
  { file, at }: TakingIn,
): SupporterRecord {
  const answers = record.consents.filter((one) => one.purpose === purpose);
  const own = answers.filter((one) => one.channel === channel).at(-1);
  const isToldOtherwise = answers.some(
    (one) =>
      one.given &&
      !isImported(one) &&
      (channel === undefined || (one.channel ?? channel) === channel),
  );
  if (own?.given === false || isToldOtherwise) return record;
  const refusal: ConsentRecord = {
    purpose,
    ...(channel === undefined ? {} : { channel }),
    given: false,
    wording: status,
    version: BY_IMPORT,
    language: record.language,
    source: sourceOf(file),
    at,
  };
  return { ...record, consents: boundConsents([...record.consents, refusal]) };
}

function isSameAnswer(one: ConsentRecord, other: ConsentRecord): boolean {
  return (
    one.purpose === other.purpose &&
    one.channel === other.channel &&
    one.given === other.given &&
    one.wording === other.wording &&
    one.at.getTime() === other.at.getTime()
  );
}

function isImported({ source }: ConsentRecord): boolean {
  return source.startsWith('import:');
}

function sourceOf(file: string): string {
  return `import:${file}`;
}

function valueOf(record: SupporterRecord, path: string): Json | undefined {
  const [room = '', name] = path.split('.', 2);
  if (name !== undefined && (room === 'fields' || room === 'preferences')) {
    return record[room][name];
  }
  if (path === 'support_level') return record.support_level;
  if (path === 'language') return record.language;
  const field = TEXT_FIELDS.find((known) => known === path);
  if (field === undefined) return undefined;
  // What was looked up follows the postal code, and nobody told it.
  const isLookedUp = isPlaceField(field) && record.located?.fields.includes(field) === true;
  return isLookedUp ? undefined : record[field];
}

function without(record: SupporterRecord, path: string): SupporterRecord {
  const [room = '', name] = path.split('.', 2);
  if (name !== undefined && (room === 'fields' || room === 'preferences')) {
    const left = Object.entries(record[room]).filter(([key]) => key !== name);
    return { ...record, [room]: Object.fromEntries(left) };
  }
  const gone = [path, ...goingWith(record, path)];
  const left = Object.entries(record).filter(([key]) => !gone.includes(key));
  // The fields that go may all be absent.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(left) as SupporterRecord;
}

/** What says nothing without the field that goes. */
function goingWith({ located }: SupporterRecord, path: string): readonly string[] {
  if (path === 'email') return ['email_confirmed_at'];
  return path === 'postal_code' ? ['located', ...(located?.fields ?? [])] : [];
}
