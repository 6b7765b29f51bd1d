import type { Purpose } from '../engine/flow.js';
import { mayWrite } from './consents-in-force.js';
import type { ConsentRecord, SupporterRecord } from './record.js';

/** What withdrew a consent: the words, and what read them. */
export type WithdrawalProof = Pick<ConsentRecord, 'wording' | 'version' | 'source'>;

/**
 * Adds a refusal for each purpose and channel that is not refused already: of the purpose named, or of
 * all. `engagement` is always among the latter, so that a stranger's STOP is kept too.
 */
export function withdrawConsents(
  record: SupporterRecord,
  named: Purpose | undefined,
  proof: WithdrawalProof,
  at: Date,
): SupporterRecord {
  const latest = new Map<string, { purpose: Purpose; channel?: string; given: boolean }>();
  const always = named ?? 'engagement';
  latest.set(`${always} `, { purpose: always, given: true });
  for (const { purpose, channel, given } of record.consents) {
    if (named !== undefined && purpose !== named) continue;
    const place = channel === undefined ? { purpose } : { purpose, channel };
    latest.set(`${purpose} ${channel ?? ''}`, { ...place, given });
  }
  const withdrawn = [...latest.values()]
    .filter((consent) => consent.given)
    .map((consent) => ({ ...consent, given: false, ...proof, language: record.language, at }));
  return { ...record, consents: [...record.consents, ...withdrawn] };
}

/** Adds a refusal of one channel for each purpose that somebody may still be written to there for. */
export function silenceChannel(
  record: SupporterRecord,
  channel: string,
  proof: WithdrawalProof,
  at: Date,
): SupporterRecord {
  const { consents, language } = record;
  const purposes = new Set(consents.map(({ purpose }) => purpose));
  const refused = [...purposes]
    .filter((purpose) => mayWrite(consents, purpose, channel))
    .map((purpose) => ({ purpose, channel, given: false, ...proof, language, at }));
  return refused.length === 0 ? record : { ...record, consents: [...consents, ...refused] };
}

/** Withdrawals that came by no turn of the conversation, so that the journal has nothing of them. */
export function isOutsideTurns({ given, version }: ConsentRecord): boolean {
  return !given && [BY_LINK, BY_NETWORK, BY_IMPORT, BY_STAFF].includes(version);
}

/** How such a withdrawal is marked: by a signed link, a network, the file of another program, or staff. */
export const BY_LINK = 'link';
export const BY_NETWORK = 'network';
export const BY_IMPORT = 'import';
export const BY_STAFF = 'staff';
