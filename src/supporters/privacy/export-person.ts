import type { Json } from '../../engine/json.js';
import type { Frame } from '../../engine/session.js';
import { exportSupporter } from '../exchange/export-supporters.js';
import type { FileRow, Files } from '../files/files.js';
import { tellFile } from '../files/tell-file.js';
import { identitiesOf } from '../identities.js';
import { linesOf } from '../lines.js';
import { profilesBefore } from '../merge/profiles-before.js';
import type { People } from '../open-people.js';
import type { SupporterRecord } from '../record.js';
import { allConsents } from './all-consents.js';
import type { PersonalData } from './personal-data.js';

export type PersonSources = Pick<People, 'addresses' | 'files' | 'journal' | 'mails' | 'merges'> & {
  readonly others: readonly PersonalData[];
};

/**
 * Writes everything known of one person as one JSON document, piece by piece (GDPR art. 15 and 20): the
 * profile with addresses and consents, what is answered in a flow under way, both sides of the
 * conversation, the mails sent, what other domains keep, and the files they sent.
 */
export async function* exportPerson(
  record: SupporterRecord,
  sources: PersonSources,
  at: Date,
): AsyncGenerator<string> {
  const { addresses, journal, mails, merges, others } = sources;
  const { session, handoff } = record;
  const profile = {
    ...exportSupporter(record, await addresses.ofSupporter(record._id)),
    consents: await allConsents(record, journal),
    ...(record.support_level === undefined ? {} : { support_level: record.support_level }),
    last_written_from: record.last,
    ...(record.heard_at === undefined ? {} : { last_heard_at: record.heard_at.toISOString() }),
    ...(handoff === undefined ? {} : { waits_for_the_team_since: handoff.at.toISOString() }),
    ...(handoff?.reason === undefined ? {} : { reason_for_the_team: handoff.reason }),
  };
  yield `{\n"exported_at": ${JSON.stringify(at)},\n"profile": ${JSON.stringify(profile, null, 2)}`;
  // What expired unanswered is kept too, so that it can be taken up again.
  const open = [...session.frames, ...(session.expired ?? [])].map(answersOf);
  yield `,\n"answers_under_way": ${JSON.stringify(open, null, 2)}`;
  const before = await profilesBefore(record, merges);
  if (before.length > 0) {
    const profiles = before.map((one) => exportSupporter(one, []));
    yield `,\n"profiles_before_they_were_merged": ${JSON.stringify(profiles, null, 2)}`;
  }
  const sent = await mails.find({ supporter: { $in: [...identitiesOf(record)] } });
  const letters = sent.map((mail) => ({ at: mail.at.toISOString(), state: mail.state }));
  yield `,\n"mails": ${JSON.stringify(letters, null, 2)}`;
  for (const other of others) {
    const [data, ...more] = await Promise.all(identitiesOf(record).map((id) => other.exportOf(id)));
    yield `,\n${JSON.stringify(other.name)}: ${JSON.stringify(data ?? null, null, 2)}`;
    if (more.length > 0) {
      yield `,\n${JSON.stringify(`${other.name} of merged profiles`)}: ${JSON.stringify(more, null, 2)}`;
    }
  }
  yield ',\n"conversation": [';
  let separator = '\n';
  for await (const row of journal.ofSupporter(record)) {
    for (const line of linesOf(row)) {
      yield `${separator}${JSON.stringify(line)}`;
      separator = ',\n';
    }
  }
  yield '\n],\n"files": [';
  separator = '\n';
  for (const row of await sources.files.of(record)) {
    yield `${separator}${JSON.stringify(await writeFile(row, sources.files))}`;
    separator = ',\n';
  }
  yield '\n]\n}\n';
}

/** A file that was sent, with what is in it; one that was not kept with the reason. */
async function writeFile(row: FileRow, files: Pick<Files, 'read'>): Promise<Json> {
  const bytes = row.refused === undefined ? await files.read(row._id) : undefined;
  const data = bytes === undefined ? {} : { base64: Buffer.from(bytes).toString('base64') };
  return { ...tellFile(row), ...data };
}

function answersOf({ flow, step, answers, vars }: Frame) {
  return { flow, step, answers, ...(vars === undefined ? {} : { kept: vars }) };
}
