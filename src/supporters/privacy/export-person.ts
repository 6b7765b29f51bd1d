import type { Addresses } from '../addresses.js';
import { CONSENT_RECORDS } from '../bounds.js';
import { exportSupporter, type ExportedSupporter } from '../exchange/export-supporters.js';
import type { Journal } from '../journal.js';
import type { MailRow } from '../mails.js';
import { linesOf } from '../lines.js';
import type { ConsentRecord, SupporterRecord } from '../record.js';
import type { Table } from '../../store/table.js';
import type { PersonalData } from './personal-data.js';

export type PersonSources = {
  readonly addresses: Addresses;
  readonly journal: Pick<Journal, 'ofSupporter'>;
  readonly mails: Table<MailRow>;
  readonly others: readonly PersonalData[];
};

/**
 * Writes everything known of one person as one JSON document, piece by piece (GDPR art. 15 and 20): the
 * profile with addresses and consents, what is answered in a flow under way, both sides of the
 * conversation, the mails sent, and what other domains keep.
 */
export async function* exportPerson(
  record: SupporterRecord,
  sources: PersonSources,
  at: Date,
): AsyncGenerator<string> {
  const { addresses, journal, mails, others } = sources;
  const { session, handoff } = record;
  const profile = {
    ...exportSupporter(record, await addresses.ofSupporter(record._id)),
    consents: await allConsents(record, journal),
    ...(record.support_level === undefined ? {} : { support_level: record.support_level }),
    last_written_from: record.last,
    ...(handoff === undefined ? {} : { waits_for_the_team_since: handoff.at.toISOString() }),
    ...(handoff?.reason === undefined ? {} : { reason_for_the_team: handoff.reason }),
  };
  yield `{\n"exported_at": ${JSON.stringify(at)},\n"profile": ${JSON.stringify(profile, null, 2)}`;
  const open = session.frames.map(({ flow, step, answers }) => ({ flow, step, answers }));
  yield `,\n"answers_under_way": ${JSON.stringify(open, null, 2)}`;
  const sent = await mails.find({ supporter: record._id });
  const letters = sent.map((mail) => ({ at: mail.at.toISOString(), state: mail.state }));
  yield `,\n"mails": ${JSON.stringify(letters, null, 2)}`;
  for (const other of others) {
    const data = await other.exportOf(record._id);
    yield `,\n${JSON.stringify(other.name)}: ${JSON.stringify(data, null, 2)}`;
  }
  yield ',\n"conversation": [';
  let separator = '\n';
  for await (const row of journal.ofSupporter(record._id)) {
    for (const line of linesOf(row)) {
      yield `${separator}${JSON.stringify(line)}`;
      separator = ',\n';
    }
  }
  yield '\n]\n}\n';
}

/** Every consent ever recorded, oldest first: the document keeps the newest, the journal all. */
export async function allConsents(
  record: SupporterRecord,
  journal: Pick<Journal, 'ofSupporter'>,
): Promise<ExportedSupporter['consents']> {
  const found = new Map<string, ConsentRecord>();
  if (record.consents.length >= CONSENT_RECORDS) {
    for await (const { at, effects } of journal.ofSupporter(record._id)) {
      for (const effect of effects) {
        if (effect.type !== 'record_consent') continue;
        const { type: _, ...consent } = effect;
        found.set(keyOf({ ...consent, at }), { ...consent, at });
      }
    }
  }
  for (const consent of record.consents) found.set(keyOf(consent), consent);
  return [...found.values()]
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, ...consent }) => ({ ...consent, at: at.toISOString() }));
}

function keyOf({ purpose, channel, given, source, at }: ConsentRecord): string {
  return JSON.stringify([purpose, channel, given, source, at.getTime()]);
}
