import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../../src/engine/campaign.js';
import { BUILT_IN_FIELDS } from '../../../src/engine/parse/fields.js';
import { createSigner } from '../../../src/sign.js';
import type { Store } from '../../../src/store/connection.js';
import {
  importSupporters,
  type SupporterImportOptions,
} from '../../../src/supporters/exchange/import/import-supporters.js';
import type { SupporterFormat } from '../../../src/supporters/exchange/import/person.js';
import type { SupporterImport } from '../../../src/supporters/exchange/import/supporter-import.js';
import { openPeople, type People } from '../../../src/supporters/open-people.js';
import { openPlaces, placesFile } from '../../../src/supporters/places/open-places.js';
import { openHere } from '../../store/support.js';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'imports');

export const CAMPAIGN: Pick<Campaign, 'country' | 'languages' | 'fields'> = {
  country: 'fr',
  languages: ['fr', 'en'],
  fields: {
    ...BUILT_IN_FIELDS,
    'fields.skills': { type: 'text', sensitive: false },
    'fields.tasks': { type: 'list', sensitive: false },
    'fields.age': { type: 'number', sensitive: false },
    'fields.pledge': { type: 'amount', sensitive: false },
    'fields.member': { type: 'boolean', sensitive: false },
    'fields.since': { type: 'date', sensitive: false },
    'fields.home': { type: 'location', sensitive: false },
  },
};

/** A consent that was given elsewhere. */
export const CONSENT = {
  purpose: 'newsletter',
  wording: 'Je veux recevoir la lettre.',
  language: 'fr',
  at: new Date(Date.UTC(2030, 4, 5)),
} as const;

export type Importing = {
  readonly store: Store;
  readonly people: People;
  readonly dataDir: string;
  /** Takes the lines of a file in. */
  take(
    format: SupporterFormat,
    lines: readonly string[] | string,
    options?: Partial<SupporterImportOptions>,
  ): Promise<SupporterImport>;
  /** Takes one of the recorded files in. */
  takeFile(
    format: SupporterFormat,
    options?: Partial<SupporterImportOptions>,
  ): Promise<SupporterImport>;
  close(): Promise<void>;
};

/** An empty store to import into. */
export async function openImporting(dataDir?: string): Promise<Importing> {
  const opened = await openHere(dataDir === undefined ? {} : { dataDir });
  const people = openPeople(opened.store.connection, 'a secret');
  await people.supporters.table.createIndexes();
  await people.addresses.table.createIndexes();
  const places = openPlaces(placesFile(), () => undefined);
  const importFile = (
    path: string,
    format: SupporterFormat,
    options: Partial<SupporterImportOptions> = {},
  ): Promise<SupporterImport> =>
    importSupporters(path, {
      people,
      campaign: CAMPAIGN,
      places,
      signer: createSigner('a secret', 'imported supporters'),
      format,
      at: new Date(Date.UTC(2031, 0, 1)),
      ...options,
    });
  return {
    store: opened.store,
    people,
    dataDir: opened.dataDir,
    take(format, lines, options) {
      const path = join(opened.dataDir, 'list.csv');
      writeFileSync(path, typeof lines === 'string' ? lines : lines.join('\n'));
      return importFile(path, format, options);
    },
    takeFile(format, options) {
      const name = format === 'csv' ? 'plain.csv' : `${format}.csv`;
      const path = join(opened.dataDir, name);
      copyFileSync(join(FIXTURES, name), path);
      return importFile(path, format, options);
    },
    close: opened.close,
  };
}
