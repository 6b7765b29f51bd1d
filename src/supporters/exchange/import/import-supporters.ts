import { basename } from 'node:path';
import { CsvFault } from '../../../csv/csv-fault.js';
import { openCsv } from '../../../csv/open-csv.js';
import { openRejects, type Rejects } from '../../../csv/rejects.js';
import type { Campaign } from '../../../engine/campaign.js';
import { findField } from '../../../engine/parse/fields.js';
import type { Signer } from '../../../sign.js';
import type { People } from '../../open-people.js';
import type { Places } from '../../places/open-places.js';
import { findSupporterColumns } from './columns.js';
import { keepPeople } from './keep-people.js';
import type { ImportedConsent, Person, SupporterFormat } from './person.js';
import { coverageOf, readPerson, type PersonReading } from './read-person.js';
import { countRejected, newTally, type SupporterImport } from './supporter-import.js';

export type SupporterImportOptions = {
  readonly people: Pick<People, 'supporters' | 'addresses' | 'optOuts' | 'transact'>;
  readonly campaign: Pick<Campaign, 'country' | 'languages' | 'fields'>;
  readonly places: Places;
  /** Makes ids of what names people. */
  readonly signer: Signer;
  readonly format: SupporterFormat;
  readonly at: Date;
  /** What the people whose status says subscribed agreed to elsewhere; absent: nothing is known of that. */
  readonly consent?: ImportedConsent;
  readonly emailConfirmed?: boolean;
  readonly leaveOutBadCells?: boolean;
  /** Reads all, counts the same, and writes nothing. */
  readonly dryRun?: boolean;
  progress?(done: { readonly share: number; readonly rows: number }): void;
};

/**
 * Takes supporters in from the file of another program. Without a consent nobody is agreed to anything, and
 * nothing is sent to them; whoever has left a list, or wants nothing, has a refusal recorded. A row that is
 * taken again changes what it gave itself, and nothing that the person told. Killed at any instant, it is
 * run again and does what is left. Throws a CsvFault when the file is no such table.
 */
export async function importSupporters(
  path: string,
  options: SupporterImportOptions,
): Promise<SupporterImport> {
  const { campaign, format, dryRun = false, progress } = options;
  const csv = await openCsv(path);
  const paths = (name: string): boolean => findField(campaign.fields, name) !== undefined;
  const columns = findSupporterColumns(csv.header, format, paths);
  const names = ['id', 'email', 'phone'] as const;
  if (!names.some((name) => columns.of.has(name)) && columns.addresses.length === 0) {
    throw new CsvFault(
      `No column names people in the format ${format}: an id, an e-mail or a phone number. The header has: ${csv.header.slice(0, 30).join(', ')}.`,
    );
  }
  if (options.consent !== undefined && !columns.of.has('status')) {
    throw new CsvFault(
      'No column of this file says who subscribed, so nobody’s consent can be recorded: add a column “status” with “subscribed” for those who did, or leave the consent out.',
    );
  }
  const reading: PersonReading = {
    format,
    columns,
    campaign,
    signer: options.signer,
    leaveOutBadCells: options.leaveOutBadCells === true,
  };
  const keeping = {
    ...options,
    file: basename(path),
    covers: coverageOf(columns),
    country: campaign.country,
    language: campaign.languages[0] ?? '',
    emailConfirmed: options.emailConfirmed === true,
    dryRun,
  };
  const tally = newTally();
  const rejects = dryRun ? NO_REJECTS : await openRejects(path, csv);
  const seen = new Set<string>();
  try {
    for await (const batch of csv.rows()) {
      const persons: Person[] = [];
      for (const row of batch) {
        tally.rows += 1;
        const read = row.cells.length > csv.header.length ? TOO_LONG : readPerson(row, reading);
        const refused = read.type === 'refused' ? read.reason : undefined;
        const isAgain = read.type === 'person' && seen.has(read.person.id);
        const reason = refused ?? (isAgain ? 'an earlier row of this file is the same person' : '');
        if (read.type === 'refused' || isAgain) {
          countRejected(tally, row, reason);
          await rejects.add(row, reason);
          continue;
        }
        seen.add(read.person.id);
        tally.bad_cells += read.leftOut;
        persons.push(read.person);
      }
      await keepPeople(persons, keeping, tally);
      progress?.({ share: csv.bytesRead() / Math.max(1, csv.bytes), rows: tally.rows });
    }
  } finally {
    await rejects.close();
  }
  const isBeside = tally.rejected > 0 && !dryRun;
  return {
    ...tally,
    unused_columns: columns.unused,
    ...(isBeside ? { rejects: rejects.path } : {}),
  };
}

const TOO_LONG = {
  type: 'refused',
  reason: 'more cells than the header has columns: a cell with the delimiter in it needs quotes',
} as const;

const NO_REJECTS: Rejects = {
  path: '',
  add: async () => undefined,
  close: async () => undefined,
};
