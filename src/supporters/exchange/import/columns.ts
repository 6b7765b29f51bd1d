import { fold } from '../../../engine/fold.js';
import type { SupporterFormat } from './person.js';

/** What a column may mean, beside those of fields, groups and addresses. */
export type Meaning =
  | 'id'
  | 'email'
  | 'phone'
  | 'first_name'
  | 'last_name'
  | 'full_name'
  | 'postal_code'
  | 'commune'
  | 'language'
  | 'tags'
  | 'support_level'
  /** Whether they subscribed. */
  | 'status'
  /** Whether they want nothing at all. */
  | 'do_not_contact'
  /** Whether they want no mail. */
  | 'do_not_mail'
  /** Whether mail comes back. */
  | 'bad_email';

type Names = { readonly [meaning in Meaning]?: readonly string[] };

const COMMON: Names = {
  first_name: ['first_name', 'first', 'prenom'],
  last_name: ['last_name', 'last', 'nom'],
  full_name: ['full_name', 'name'],
  language: ['language', 'locale', 'langue', 'preferred_language'],
  support_level: ['support_level', 'support'],
  do_not_contact: ['do_not_contact'],
};

/**
 * What columns are called, the preferred one first; headers are compared without case, accents and
 * punctuation. As exported by each program in several versions (domain-facts, 9).
 */
const NAMES: Readonly<Record<SupporterFormat, Names>> = {
  nationbuilder: {
    ...COMMON,
    id: ['nationbuilder_id', 'id', 'external_id'],
    email: ['email', 'email1'],
    phone: ['mobile_number', 'mobile', 'phone_number', 'phone', 'work_phone_number'],
    postal_code: ['primary_zip', 'zip', 'address_zip', 'home_zip', 'mailing_zip'],
    tags: ['tags', 'tag_list'],
    status: ['email_opt_in'],
    bad_email: ['email1_is_bad', 'is_email1_bad'],
  },
  van: {
    ...COMMON,
    id: ['voter_file_vanid', 'vanid', 'van_id', 'voterfilevanid', 'myc_vanid', 'external_id'],
    first_name: ['first_name', 'firstname', 'first'],
    last_name: ['last_name', 'lastname', 'last'],
    email: ['preferred_email', 'preferredemail', 'email', 'email_address'],
    phone: ['cell_phone', 'cellphone', 'preferred_phone', 'preferredphone', 'phone', 'home_phone'],
    postal_code: ['zip', 'zip5', 'mzip5', 'vzip5', 'postal_code'],
    tags: ['activist_codes', 'activistcodes', 'tags'],
    support_level: ['support', 'support_level', 'support_score', 'id_support'],
    status: ['email_subscription_status', 'emailsubscriptionstatus'],
    do_not_mail: ['do_not_email', 'no_email', 'donotemail'],
  },
  'action-network': {
    ...COMMON,
    id: ['uuid', 'external_id'],
    email: ['email'],
    phone: ['can2_phone', 'phone'],
    postal_code: ['zip_code', 'can2_user_zip'],
    language: ['language', 'can2_language', 'languages_spoken'],
    tags: ['can2_user_tags'],
    status: ['can2_subscription_status'],
  },
  rapidpro: {
    id: ['contact_uuid', 'uuid'],
    full_name: ['name'],
    language: ['language'],
    status: ['status'],
  },
  csv: {
    ...COMMON,
    id: ['id', 'external_id', 'identifiant'],
    email: ['email', 'e_mail', 'courriel', 'mail'],
    phone: ['phone', 'telephone', 'mobile', 'portable', 'phone_number'],
    full_name: ['full_name', 'name', 'nom_complet'],
    postal_code: ['postal_code', 'postcode', 'zip', 'zip_code', 'code_postal'],
    commune: ['commune'],
    tags: ['tags', 'etiquettes'],
    status: ['status', 'statut', 'subscribed'],
  },
};

/** Addresses by the scheme of RapidPro's URNs, and what else they say. */
const SCHEMES: { readonly [scheme: string]: string } = {
  tel: 'phone',
  mailto: 'email',
  telegram: 'telegram',
  whatsapp: 'whatsapp',
};

/** Where a file has what. */
export type SupporterColumns = {
  /** Places of the columns of one meaning, the preferred first. */
  readonly of: ReadonlyMap<Meaning, readonly number[]>;
  /** Columns of fields and preferences, by the path they are kept under. */
  readonly fields: ReadonlyMap<string, number>;
  /** Columns of groups, by the tag they are. */
  readonly groups: ReadonlyMap<string, number>;
  /** Columns of addresses on a network. */
  readonly addresses: readonly { readonly channel: string; readonly at: number }[];
  /** Names of columns that nothing is taken from. */
  readonly unused: readonly string[];
};

/** Finds the columns; `paths` are the fields that the campaign keeps. */
export function findSupporterColumns(
  header: readonly string[],
  format: SupporterFormat,
  paths: (path: string) => boolean,
): SupporterColumns {
  const names = NAMES[format];
  const of = new Map<Meaning, number[]>();
  const fields = new Map<string, number>();
  const groups = new Map<string, number>();
  const addresses: { channel: string; at: number }[] = [];
  const unused: string[] = [];
  const folded = header.map((name) => fold(name));
  for (const [meaning, aliases] of Object.entries(names)) {
    const places = aliases.flatMap((alias) => placesOf(fold(alias), folded));
    // Object.entries forgets that the keys are meanings.
    const known = MEANINGS.find((one) => one === meaning);
    if (places.length > 0 && known !== undefined) of.set(known, places);
  }
  const used = new Set([...of.values()].flat());
  for (const [at, name] of header.entries()) {
    if (used.has(at)) continue;
    const [, kind = '', rest = ''] = /^(field|group|urn|preference)[:.]\s*(.+)$/i.exec(name) ?? [];
    const path = pathOf(kind.toLowerCase(), rest, paths);
    if (path !== undefined && paths(path) && !fields.has(path)) fields.set(path, at);
    else if (kind.toLowerCase() === 'group') groups.set(rest.trim(), at);
    else if (kind.toLowerCase() === 'urn' && SCHEMES[fold(rest)] !== undefined) {
      addresses.push({ channel: SCHEMES[fold(rest)] ?? '', at });
    } else if (name !== '') unused.push(name);
  }
  return { of, fields, groups, addresses, unused };
}

const MEANINGS: readonly Meaning[] = [
  'id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'full_name',
  'postal_code',
  'commune',
  'language',
  'tags',
  'support_level',
  'status',
  'do_not_contact',
  'do_not_mail',
  'bad_email',
];

function placesOf(name: string, folded: readonly string[]): number[] {
  return folded.flatMap((other, at) => (other === name ? [at] : []));
}

/** Names of fields have letters, digits and underscores only. */
function pathOf(kind: string, name: string, paths: (path: string) => boolean): string | undefined {
  if (kind === 'preference') return `preferences.${name.trim()}`;
  if (kind === 'field' && paths(`fields.${name.trim()}`)) return `fields.${name.trim()}`;
  return kind === 'field' ? `fields.${fold(name).replaceAll(' ', '_')}` : undefined;
}
