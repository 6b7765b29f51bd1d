import { actWithin } from '../act-within.js';
import { CONSENT_RECORDS } from '../bounds.js';
import { writeConsent, type ExportedSupporter } from '../exchange/export-supporters.js';
import type { Journal, JournalRow } from '../journal.js';
import type { ConsentRecord, SupporterRecord } from '../record.js';

/**
 * Every consent and refusal ever recorded, oldest first: the document keeps the newest, the journal what
 * made all of them.
 */
export async function allConsents(
  record: SupporterRecord,
  journal: Pick<Journal, 'ofSupporter'>,
): Promise<ExportedSupporter['consents']> {
  const { consents } = record;
  if (consents.length < CONSENT_RECORDS) return consents.map(writeConsent);
  let past: SupporterRecord = { ...record, consents: [] };
  for await (const row of journal.ofSupporter(record)) past = withConsentsOf(row, past);
  // Those in the document are exact; of older ones the journal has all but the language of a withdrawal.
  const kept = new Map([...past.consents, ...consents].map((consent) => [keyOf(consent), consent]));
  return [...kept.values()]
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(writeConsent);
}

/** Does again what a turn did to the consents, and to nothing else. */
function withConsentsOf(
  { at, event, effects }: JournalRow,
  past: SupporterRecord,
): SupporterRecord {
  let record = past;
  for (const effect of effects) {
    if (effect.type === 'record_consent') {
      const { type: _, ...consent } = effect;
      record = { ...record, consents: [...record.consents, { ...consent, at }] };
    } else if (effect.type === 'act' && effect.action === 'consent.withdraw') {
      record = actWithin(record, effect.action, effect.with, at, event) ?? record;
    }
  }
  return record;
}

function keyOf({ purpose, channel, given, source, at }: ConsentRecord): string {
  return JSON.stringify([purpose, channel, given, source, at.getTime()]);
}
