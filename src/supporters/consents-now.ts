import type { ConsentRecord, SupporterRecord } from './record.js';

type Said = Pick<ConsentRecord, 'purpose' | 'channel' | 'given'>;
/** What somebody last said to a request for consent. */
export type ConsentAnswer = 'given' | 'refused';

/**
 * The answer that holds for each purpose, as texts that an index can find: `newsletter=given` on some
 * channel (`refused`: on none), `newsletter@*=given` on every channel that is not named apart,
 * `newsletter@email=refused` on one that is. `said` is oldest first. A no to everything ends what was
 * agreed to for single channels; a yes to everything leaves a channel that was refused by name.
 */
export function consentsNow(said: readonly Said[]): readonly string[] {
  const purposes = new Map<string, Map<string, boolean>>();
  for (const { purpose, channel = '*', given } of said) {
    const answers = purposes.get(purpose) ?? new Map<string, boolean>();
    if (channel === '*' && !given) answers.clear();
    purposes.set(purpose, answers.set(channel, given));
  }
  return [...purposes].flatMap(([purpose, answers]) => [
    consentNow(purpose, undefined, [...answers.values()].includes(true) ? 'given' : 'refused'),
    ...[...answers].map(([channel, given]) =>
      consentNow(purpose, channel, given ? 'given' : 'refused'),
    ),
  ]);
}

/** One such text. */
export function consentNow(
  purpose: string,
  channel: string | undefined,
  answer: ConsentAnswer,
): string {
  return `${purpose}${channel === undefined ? '' : `@${channel}`}=${answer}`;
}

/** The record with `consents_now` as its consents make it; the same one where it is so already. */
export function withConsentsNow(record: SupporterRecord): SupporterRecord {
  const now = consentsNow(record.consents);
  return isSameList(now, record.consents_now) ? record : { ...record, consents_now: now };
}

/** Whether two lists have the same texts in the same order; one that is absent is like no other. */
export function isSameList(one: readonly string[], other: readonly string[] | undefined): boolean {
  return one.length === other?.length && one.every((text, index) => text === other[index]);
}
