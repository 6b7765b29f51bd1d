import { createHash } from 'node:crypto';
import { plain } from '../../../csv/columns.js';
import { splitList } from '../../../csv/list-cell.js';
import type { CsvRow } from '../../../csv/open-csv.js';
import type { Signer } from '../../../sign.js';
import { plainEmail } from '../../../engine/answers/email.js';
import { findPhones } from '../../../engine/answers/phone.js';
import { findPostalCodes } from '../../../engine/answers/postal-code.js';
import type { Campaign } from '../../../engine/campaign.js';
import type { Json } from '../../../engine/json.js';
import { findField } from '../../../engine/parse/fields.js';
import type { Reach } from '../../record.js';
import type { Meaning, SupporterColumns } from './columns.js';
import { readStanding } from './read-standing.js';
import type { Coverage, Person, SupporterFormat } from './person.js';
import { readValue, readYes } from './read-value.js';

/** How rows are read. */
export type PersonReading = {
  readonly format: SupporterFormat;
  readonly columns: SupporterColumns;
  readonly campaign: Pick<Campaign, 'country' | 'languages' | 'fields'>;
  /** Makes ids of what names people: nobody is to find an e-mail in an id by trying. */
  readonly signer: Signer;
  /** Leaves out a value that cannot be read, instead of the whole row. */
  readonly leaveOutBadCells: boolean;
};

/** A person, with how many values were left out; or everything that is wrong with the row. */
export type ReadPerson =
  | { readonly type: 'person'; readonly person: Person; readonly leftOut: number }
  | { readonly type: 'refused'; readonly reason: string };

/** Signs that a name may have, and a tag, and tags of one person. */
const LONGEST_NAME = 120;
const LONGEST_TAG = 100;
const MOST_TAGS = 200;
/** JSON of all that one row tells. */
const MOST_BYTES = 12_000;

/** Reads one row; pure. */
export function readPerson(row: CsvRow, reading: PersonReading): ReadPerson {
  const { columns, campaign, format } = reading;
  const faults: string[] = [];
  const cell = (at: number): string => asWritten(row.cells[at] ?? '');
  /** The first of the columns that has something that can be read. */
  const read = <T extends Json>(
    meaning: Meaning,
    make: (text: string) => T | undefined,
    otherwise: string,
    more: readonly string[] = [],
  ): T | undefined => {
    const told = [...(columns.of.get(meaning) ?? []).map(cell), ...more].map(plain);
    const written = told.filter((text) => text !== '');
    for (const text of written) {
      const made = make(text);
      if (made !== undefined) return made;
    }
    if (written[0] !== undefined) faults.push(`${meaning} “${shortened(written[0])}” ${otherwise}`);
    return undefined;
  };
  const urns = (channel: string): string[] =>
    columns.addresses.filter((one) => one.channel === channel).map(({ at }) => cell(at));
  const text = (meaning: Meaning): string | undefined =>
    read(meaning, (written) => withinLength(written), `is longer than ${LONGEST_NAME} signs`);

  const email = read('email', plainEmail, 'is no e-mail address', urns('email'));
  const phone = read(
    'phone',
    (one) => readPhone(one, campaign),
    'is no phone number',
    urns('phone'),
  );
  const values: Record<string, Json | undefined> = {
    ...readNames(text('first_name'), text('last_name'), text('full_name')),
    email,
    phone,
    postal_code: read('postal_code', (one) => readCode(one, campaign), 'is no postal code'),
    commune: text('commune'),
    language: read('language', (one) => readLanguage(one, campaign), 'is no language spoken here'),
    support_level: read('support_level', readLevel, 'is no level from 1 to 5'),
  };
  for (const [path, at] of columns.fields) {
    const written = cell(at);
    if (written.trim() === '') continue;
    const type = findField(campaign.fields, path)?.type ?? 'any';
    const made = readValue(
      type === 'text' || type === 'any' ? written : plain(written),
      type,
      campaign.country,
    );
    if (made.type === 'value') values[path] = made.value;
    else faults.push(`${path} “${shortened(written)}” ${made.reason}`);
  }
  const tags = readTags(columns, cell, faults);
  const addresses = readAddresses(urns, campaign, faults);
  const standing = readStanding(columns, (at) => plain(cell(at)));
  if (standing.type === 'fault') faults.push(standing.reason);

  const ownId = (columns.of.get('id') ?? []).map((at) => plain(cell(at))).find((one) => one !== '');
  const name = nameOf(reading, { id: ownId, email, phone });
  if (name === undefined) faults.push('nothing names this person: no id, e-mail or phone number');
  const isUsable = faults.length === 0 || (reading.leaveOutBadCells && name !== undefined);
  if (!isUsable || name === undefined) return { type: 'refused', reason: faults.join('; ') };
  const known = Object.entries(values).flatMap(([path, value]) =>
    value === undefined ? [] : [[path, value] as const],
  );
  const person: Person = {
    id: name,
    ...(format === 'csv' && ownId !== undefined ? { ownId } : {}),
    values: Object.fromEntries(known),
    tags,
    addresses,
    standing: standing.type === 'fault' ? 'unknown' : standing.standing,
    status: standing.type === 'fault' ? '' : standing.status,
  };
  if (JSON.stringify([person.values, tags]).length > MOST_BYTES) {
    return { type: 'refused', reason: 'this row tells more than one profile may hold' };
  }
  return { type: 'person', person, leftOut: faults.length };
}

/** What files with these columns tell of everybody. */
export function coverageOf({ of, fields, groups, addresses }: SupporterColumns): Coverage {
  const paths = new Set<string>(fields.keys());
  for (const meaning of ['email', 'phone', 'postal_code', 'commune', 'support_level'] as const) {
    if (of.has(meaning)) paths.add(meaning);
  }
  for (const { channel } of addresses)
    if (channel === 'email' || channel === 'phone') paths.add(channel);
  if (of.has('first_name') || of.has('full_name')) paths.add('first_name');
  if (of.has('last_name') || of.has('full_name')) paths.add('last_name');
  return { paths, tags: of.has('tags') || groups.size > 0 };
}

/** A cell as it was before a spreadsheet was kept from running it (`write-csv.ts`), in Unicode's short form. */
function asWritten(cell: string): string {
  const bare = /^'+[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? cell.slice(1) : cell;
  return bare.normalize('NFC');
}

function nameOf(
  { format, signer }: PersonReading,
  {
    id,
    email,
    phone,
  }: {
    readonly id?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
  },
): string | undefined {
  if (id !== undefined) {
    const hash = createHash('sha256').update(`${format} id ${id}`).digest('base64url');
    return `i-${hash.slice(0, 22)}`;
  }
  const named = email === undefined ? phone : `email ${email.toLowerCase()}`;
  return named === undefined ? undefined : `i-${signer.sign(`${format} ${named}`).slice(0, 22)}`;
}

function readNames(
  first: string | undefined,
  last: string | undefined,
  full: string | undefined,
): { readonly first_name: string | undefined; readonly last_name: string | undefined } {
  if (full === undefined || first !== undefined || last !== undefined) {
    return { first_name: first, last_name: last };
  }
  const space = full.indexOf(' ');
  if (space < 0) return { first_name: full, last_name: undefined };
  return { first_name: full.slice(0, space), last_name: full.slice(space + 1).trim() };
}

function withinLength(text: string): string | undefined {
  return text.length <= LONGEST_NAME ? text : undefined;
}

function readPhone(text: string, { country }: Pick<Campaign, 'country'>): string | undefined {
  // Some programs leave the sign of international numbers out.
  const international = /^\d{11,15}$/.test(text) ? [`+${text}`] : [];
  for (const written of [text, ...international]) {
    const [only, ...others] = findPhones(written, country);
    if (only !== undefined && others.length === 0) return only.value;
  }
  return undefined;
}

/** Spreadsheets take the nought away with which a code begins. */
function readCode(text: string, { country }: Pick<Campaign, 'country'>): string | undefined {
  const padded = country !== 'none' && /^\d{4}$/.test(text) ? `0${text}` : text;
  const [only, ...others] = findPostalCodes(padded, country);
  return only !== undefined && others.length === 0 ? only.value : undefined;
}

/** ISO 639-2 and -3 codes, as RapidPro writes them. */
const LONG_CODES: { readonly [code: string]: string } = {
  fra: 'fr',
  fre: 'fr',
  eng: 'en',
  spa: 'es',
  deu: 'de',
  ger: 'de',
  ita: 'it',
  por: 'pt',
  ara: 'ar',
  nld: 'nl',
};

/** One that the campaign speaks; any other language is none that people could be answered in. */
function readLanguage(
  text: string,
  { languages }: Pick<Campaign, 'languages'>,
): string | undefined {
  const [code = ''] = text.toLowerCase().split(/[-_,; ]/);
  const short = LONG_CODES[code] ?? code;
  const spoken = languages.find((tag) => tag.toLowerCase() === text.toLowerCase() || tag === short);
  // Told, though nobody speaks it here: the campaign's first one then.
  return spoken ?? (/^[a-z]{2,3}$/.test(code) ? languages[0] : undefined);
}

/** `1`, `1-Strong`, `2 - Lean`. */
function readLevel(text: string): number | undefined {
  const [, digit] = /^([1-5])(?:\.0+)?(?:\s*[-–:. ].*)?$/.exec(text) ?? [];
  return digit === undefined ? undefined : Number(digit);
}

function readTags(
  { of, groups }: SupporterColumns,
  cell: (at: number) => string,
  faults: string[],
): readonly string[] {
  const listed = (of.get('tags') ?? []).flatMap((at) => splitList(plain(cell(at))));
  const joined = [...groups].flatMap(([tag, at]) => (readYes(cell(at)) === true ? [tag] : []));
  const tags = [...new Set([...listed, ...joined])].filter((tag) => tag !== '');
  if (tags.some((tag) => tag.length > LONGEST_TAG)) {
    faults.push(`a tag is longer than ${LONGEST_TAG} signs`);
  }
  if (tags.length > MOST_TAGS) faults.push(`more than ${MOST_TAGS} tags`);
  return tags.filter((tag) => tag.length <= LONGEST_TAG).slice(0, MOST_TAGS);
}

/** Addresses as the channels here write them. */
function readAddresses(
  urns: (channel: string) => readonly string[],
  campaign: Pick<Campaign, 'country'>,
  faults: string[],
): readonly Reach[] {
  const found: Reach[] = [];
  const add = (channel: string, make: (text: string) => string | undefined): void => {
    for (const written of urns(channel).map(plain)) {
      if (written === '') continue;
      const address = make(written);
      if (address === undefined)
        faults.push(`${channel} “${shortened(written)}” is no address there`);
      else found.push({ channel, address });
    }
  };
  add('telegram', (text) => /^-?\d{1,19}(?=$|#)/.exec(text)?.[0]);
  add('whatsapp', (text) => readPhone(/^\d{6,15}$/.test(text) ? `+${text}` : text, campaign));
  return found;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
