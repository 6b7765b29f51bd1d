import type { CsvCell } from '../../csv/write-csv.js';
import { joinList } from '../../csv/list-cell.js';
import type { Field } from '../../engine/campaign.js';
import { isObject, type Json } from '../../engine/json.js';
import { consentNow, consentsNow } from '../consents-now.js';
import { mayWrite } from '../consents-in-force.js';
import type { AddressRow } from '../addresses.js';
import type { SupporterRecord } from '../record.js';

/** Programs whose tables are written. */
export const TABLE_FORMATS = ['csv', 'nationbuilder', 'action-network', 'van'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** One column: its name, and what it says of a supporter. */
export type Column = {
  readonly name: string;
  cell(record: SupporterRecord, addresses: readonly AddressRow[]): CsvCell;
};

/** Names of fields and preferences that people have. */
export type Extras = {
  readonly fields: readonly string[];
  readonly preferences: readonly string[];
  /** The types that the campaign gives its fields, by path. */
  readonly types: Readonly<Record<string, Pick<Field, 'type'>>>;
};

const NEWSLETTER = 'newsletter';

/** The columns of a format, as the import of that format reads them. */
export function columnsFor(format: TableFormat, extras: Extras): readonly Column[] {
  switch (format) {
    case 'csv':
      return plainColumns(extras);
    case 'nationbuilder':
      return [
        column('external_id', ({ _id }) => _id),
        ...names('first_name', 'last_name'),
        column('email', ({ email }) => email),
        column('email_opt_in', (record) => optIn(record, 'true', 'false', '')),
        column('mobile_number', ({ phone }) => phone),
        column('primary_zip', ({ postal_code }) => postal_code),
        column('language', ({ language }) => language),
        column('support_level', (record) => record.support_level),
        column('tag_list', ({ tags }) => joinList(tags)),
        column('do_not_contact', (record) => wantsNothing(record)),
      ];
    case 'action-network':
      return [
        column('external_id', ({ _id }) => _id),
        column('email', ({ email }) => email),
        ...names('first_name', 'last_name'),
        column('zip_code', ({ postal_code }) => postal_code),
        column('can2_phone', ({ phone }) => phone),
        column('language', ({ language }) => language),
        column('support_level', (record) => record.support_level),
        column('can2_user_tags', ({ tags }) => joinList(tags)),
        column('can2_subscription_status', (record) =>
          wantsNothing(record) ? 'do not contact' : optIn(record, 'subscribed', 'unsubscribed', ''),
        ),
      ];
    case 'van':
      return [
        column('External ID', ({ _id }) => _id),
        ...names('FirstName', 'LastName'),
        column('Preferred Email', ({ email }) => email),
        column('Email Subscription Status', (record) => optIn(record, 'S', 'U', 'N')),
        column('Cell Phone', ({ phone }) => phone),
        column('Zip', ({ postal_code }) => postal_code),
        column('Language', ({ language }) => language),
        column('Support', (record) => record.support_level),
        column('Activist Codes', ({ tags }) => joinList(tags)),
        column('Do Not Contact', (record) => (wantsNothing(record) ? 'Yes' : 'No')),
      ];
    default:
      return format satisfies never;
  }
}

function plainColumns({ fields, preferences, types }: Extras): readonly Column[] {
  return [
    column('id', ({ _id }) => _id),
    column('email', ({ email }) => email),
    column('email_confirmed_at', (record) => record.email_confirmed_at),
    column('phone', ({ phone }) => phone),
    ...names('first_name', 'last_name'),
    column('language', ({ language }) => language),
    column('postal_code', ({ postal_code }) => postal_code),
    // One that was looked up follows the postal code anyway.
    column('commune', ({ commune, located }) =>
      located?.fields.includes('commune') === true ? undefined : commune,
    ),
    column('commune_name', (record) => record.commune_name),
    column('department', ({ department }) => department),
    column('support_level', (record) => record.support_level),
    column('tags', ({ tags }) => joinList(tags)),
    column('status', (record) =>
      wantsNothing(record) ? 'refused' : optIn(record, 'subscribed', 'unsubscribed', ''),
    ),
    ...fields.map((name) =>
      column(`field.${name}`, (record) =>
        cellOf(record.fields[name], types[`fields.${name}`]?.type === 'amount'),
      ),
    ),
    ...preferences.map((name) =>
      column(`preference.${name}`, (record) => cellOf(record.preferences[name], false)),
    ),
    {
      name: 'addresses',
      cell: (_, addresses) => joinList(addresses.map(({ _id }) => _id)),
    },
    column('created_at', (record) => record.created_at),
  ];
}

function column(name: string, cell: (record: SupporterRecord) => CsvCell): Column {
  return { name, cell };
}

function names(first: string, last: string): readonly Column[] {
  return [column(first, (record) => record.first_name), column(last, (record) => record.last_name)];
}

/** Never says that somebody subscribed who did not agree to the newsletter by e-mail. */
function optIn(record: SupporterRecord, yes: string, no: string, neither: string): string {
  if (mayWrite(record.consents, NEWSLETTER, 'email')) return yes;
  const now = consentsNow(record.consents);
  const isRefused = [undefined, 'email', '*'].some((where) =>
    now.includes(consentNow(NEWSLETTER, where, 'refused')),
  );
  return isRefused ? no : neither;
}

/** A STOP is kept as a refusal of all channels. */
function wantsNothing({ consents }: SupporterRecord): boolean {
  return consentsNow(consents).includes(consentNow('engagement', '*', 'refused'));
}

function cellOf(value: Json | undefined, isAmount: boolean): CsvCell {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return isAmount ? (value / 100).toFixed(2) : value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) {
    return joinList(
      value.map((one: Json) => (typeof one === 'string' ? one : JSON.stringify(one))),
    );
  }
  if (isObject(value) && typeof value['lat'] === 'number' && typeof value['lon'] === 'number') {
    return `${value['lat']}, ${value['lon']}`;
  }
  return JSON.stringify(value);
}
