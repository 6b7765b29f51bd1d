import { createSigner } from '../../sign.js';
import { PURPOSES } from '../../engine/flow.js';
import { CHANNELS } from '../../engine/parse/names.js';
import { importSupporters } from '../../supporters/exchange/import/import-supporters.js';
import {
  SUPPORTER_FORMATS,
  type ImportedConsent,
} from '../../supporters/exchange/import/person.js';
import type { SupporterImport } from '../../supporters/exchange/import/supporter-import.js';
import { openPlaces, placesFile } from '../../supporters/places/open-places.js';
import { openProgressBar } from '../progress-bar.js';
import { readCampaignFile } from '../read-campaign.js';
import { Refusal } from '../refusal.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';

export type SupporterOptions = {
  readonly format: string;
  readonly dryRun?: boolean;
  readonly consent?: string;
  readonly wording?: string;
  readonly language?: string;
  readonly consentedAt?: string;
  readonly channel?: string;
  readonly emailConfirmed?: boolean;
  readonly leaveOutBadCells?: boolean;
  readonly json?: boolean;
};

/** `portevoix import supporters`. */
export async function importSupportersFile(file: string, options: SupporterOptions): Promise<void> {
  const format = SUPPORTER_FORMATS.find((known) => known === options.format);
  if (format === undefined) {
    throw new Refusal(
      `There is no format “${options.format}”; there are ${SUPPORTER_FORMATS.join(', ')}.`,
    );
  }
  const at = new Date();
  const consent = readConsent(options, at);
  const bar = openProgressBar();
  try {
    await withPeople(async (people) => {
      const { flowsDir } = people.settings;
      const campaign = await readCampaignFile(flowsDir);
      if (campaign === undefined) {
        throw new Refusal(`There is no campaign.yaml in ${flowsDir}: set FLOWS_DIR.`);
      }
      await people.supporters.table.createIndexes();
      await people.addresses.table.createIndexes();
      const outcome = await importSupporters(file, {
        people,
        campaign,
        places: openPlaces(placesFile(), (sentence) => process.stderr.write(`${sentence}\n`)),
        signer: createSigner(people.secret, 'imported supporters'),
        format,
        at,
        ...(consent === undefined ? {} : { consent }),
        emailConfirmed: options.emailConfirmed === true,
        leaveOutBadCells: options.leaveOutBadCells === true,
        dryRun: options.dryRun === true,
        progress: ({ share, rows }) => bar.show(share, `${rows} rows`),
      });
      bar.end();
      await write(
        options.json === true ? `${JSON.stringify(outcome)}\n` : describe(outcome, options),
      );
      // Nothing could be used: whoever runs this in a script should hear of it.
      if (outcome.rejected > 0 && outcome.rejected === outcome.rows) process.exitCode = 1;
    });
  } finally {
    bar.end();
  }
}

/** A consent is told whole or not at all; everything that is wrong with it is told at once. */
function readConsent(options: SupporterOptions, now: Date): ImportedConsent | undefined {
  const { consent, wording = '', language = '', consentedAt = '', channel } = options;
  if (consent === undefined) {
    const alone = [wording, language, consentedAt, channel ?? ''].some((text) => text !== '');
    if (!alone) return undefined;
    throw new Refusal('What people agreed to is named with --consent PURPOSE.');
  }
  const purpose = PURPOSES.find((known) => known === consent);
  const at = new Date(consentedAt);
  const channels: readonly string[] = [...new Set([...CHANNELS, 'email'])];
  const faults = [
    ...(purpose === undefined
      ? [`There is no purpose “${consent}”; there are ${PURPOSES.join(', ')}.`]
      : []),
    ...(wording.trim() === '' ? ['--wording is what they read when they agreed.'] : []),
    ...(language.trim() === '' ? ['--language is the language in which they read it.'] : []),
    ...(consentedAt === '' || Number.isNaN(at.getTime())
      ? ['--consented-at is when they agreed, such as 2031-05-04.']
      : []),
    ...(channel === undefined || channels.includes(channel)
      ? []
      : [`There is no channel “${channel}”; there are ${channels.join(', ')}.`]),
    ...(at > now ? ['--consented-at is still to come.'] : []),
  ];
  if (purpose === undefined || faults.length > 0) throw new Refusal(faults.join('\n'));
  return { purpose, wording, language, at, ...(channel === undefined ? {} : { channel }) };
}

function describe(outcome: SupporterImport, { dryRun, consent }: SupporterOptions): string {
  const { rows, created, changed, unchanged, rejected, rejects, problems } = outcome;
  const figures = `${created} supporters new, ${changed} changed, ${unchanged} as they were`;
  const lines = [`${rows} rows: ${figures}.`];
  const told: readonly (readonly [number, string])[] = [
    [outcome.consents, 'consents were recorded.'],
    [outcome.refusals, 'refusals were recorded, for those who left a list or want nothing.'],
    [outcome.left_out, 'were left out: they were erased, and have agreed to nothing since.'],
    [outcome.addresses_taken, 'addresses belong to somebody else here already.'],
    [outcome.bad_cells, 'values could not be read and were left out.'],
  ];
  for (const [count, what] of told) if (count > 0) lines.push(`${count} ${what}`);
  if (outcome.unused_columns.length > 0) {
    lines.push(`Not used: ${outcome.unused_columns.join(', ')}.`);
  }
  if (rejected > 0) lines.push(`${rejected} rows could not be taken, the first of them:`);
  for (const { line, reason } of problems) lines.push(`  line ${line}: ${reason}`);
  if (rejects !== undefined) {
    lines.push(`All of them are in ${rejects}: mend them there, and import that file.`);
  }
  if (consent === undefined && created > 0) {
    lines.push(
      'Nobody new has agreed to anything here, so nothing is sent to them: --consent records what those who subscribed agreed to elsewhere.',
    );
  }
  if (dryRun === true) lines.push('Nothing was written.');
  return `${lines.join('\n')}\n`;
}
