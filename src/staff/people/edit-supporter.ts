import { findPhones } from '../../engine/answers/phone.js';
import { findPostalCodes } from '../../engine/answers/postal-code.js';
import type { Campaign } from '../../engine/campaign.js';
import { remember } from '../../supporters/profile.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { InputOf } from '../api.js';

export type Edit = Omit<InputOf<'PATCH /supporters/:id'>, 'id'>;

/** What is wrong with an edit, by the field's name. */
export type EditFault = { readonly path: string; readonly message: string };

/** Signs of one tag; those are what flows and segments name. */
const TAG = /^[a-z0-9][a-z0-9_-]{0,39}$/;
const MOST_TAGS = 50;

/**
 * The record as staff correct it, or every fault of the correction at once; pure. An empty text takes a
 * value away, which only names, e-mail, phone and postal code may be.
 */
export function editSupporter(
  record: SupporterRecord,
  edit: Edit,
  campaign: Pick<Campaign, 'country' | 'languages'>,
): { readonly record: SupporterRecord } | { readonly faults: readonly EditFault[] } {
  const faults: EditFault[] = [];
  let next = record;
  const write = (
    path: keyof Edit,
    field: TextField,
    read: (text: string) => string | undefined,
  ) => {
    const given = edit[path];
    if (typeof given !== 'string') return;
    const text = given.trim();
    if (text === (record[field] ?? '')) return;
    if (text === '') {
      next = without(next, field);
      return;
    }
    const value = read(text);
    if (value === undefined) faults.push({ path, message: MESSAGES[field] });
    else next = remember(next, field, value);
  };
  write('firstName', 'first_name', (text) => text);
  write('lastName', 'last_name', (text) => text);
  write('email', 'email', readEmail);
  write('phone', 'phone', (text) => findPhones(text, campaign.country)[0]?.value);
  write('postalCode', 'postal_code', (text) => readCode(text, campaign.country));
  if (edit.language !== undefined) {
    if (campaign.languages.includes(edit.language)) {
      next = remember(next, 'language', edit.language);
    } else faults.push({ path: 'language', message: 'is no language of the campaign' });
  }
  if (edit.supportLevel !== undefined) next = remember(next, 'support_level', edit.supportLevel);
  if (edit.tags !== undefined) {
    const tags = [...new Set(edit.tags.map((tag) => tag.trim().toLowerCase()))];
    const isSound = tags.length <= MOST_TAGS && tags.every((tag) => TAG.test(tag));
    if (isSound) next = { ...next, tags };
    else faults.push({ path: 'tags', message: 'are small letters, digits, - and _; 50 at most' });
  }
  return faults.length > 0 ? { faults } : { record: next };
}

type TextField = 'first_name' | 'last_name' | 'email' | 'phone' | 'postal_code';

const MESSAGES: { readonly [field in TextField]: string } = {
  first_name: 'cannot be read',
  last_name: 'cannot be read',
  email: 'is no e-mail address',
  phone: 'is no phone number; with a country code any is read',
  postal_code: 'is no postal code',
};

function readEmail(text: string): string | undefined {
  return /^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@.]{2,}$/.test(text) ? text : undefined;
}

/** A code as the campaign's country has them; where it has no rule, as it was written. */
function readCode(text: string, country: Campaign['country']): string | undefined {
  if (country === 'none') return text.slice(0, 12);
  return findPostalCodes(text, country)[0]?.value;
}

function without(record: SupporterRecord, field: TextField): SupporterRecord {
  const { [field]: _gone, ...rest } = record;
  if (field !== 'email') return rest;
  const { email_confirmed_at: _with, ...other } = rest;
  return other;
}
