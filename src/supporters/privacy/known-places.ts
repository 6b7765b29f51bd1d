import type { AddressRow } from '../addresses.js';
import type { Journal } from '../journal.js';
import { isPhone } from '../is-phone.js';
import type { Merges } from '../merge/merges.js';
import { profilesBefore } from '../merge/profiles-before.js';
import { emailPlace, phonePlace } from '../opt-outs.js';
import type { SupporterRecord } from '../record.js';

/** Every e-mail address, phone number and chat address a supporter was ever known by. */
export type KnownPlaces = {
  readonly emails: ReadonlySet<string>;
  /** All of them, as opt-outs name them. */
  readonly places: readonly string[];
};

/** Where it is looked up. */
export type KnownFrom = {
  readonly journal: Pick<Journal, 'ofSupporter'>;
  readonly merges: Pick<Merges, 'of'>;
};

/** Gathers them from the profile, those merged into it, the addresses, and what the journal remembers. */
export async function findKnownPlaces(
  record: SupporterRecord,
  addresses: readonly AddressRow[],
  { journal, merges }: KnownFrom,
): Promise<KnownPlaces> {
  const emails = new Set<string>();
  const phones = new Set<string>();
  for (const { email, phone } of [record, ...(await profilesBefore(record, merges))]) {
    if (email !== undefined) emails.add(email);
    if (phone !== undefined) phones.add(phone);
  }
  for await (const { effects } of journal.ofSupporter(record)) {
    for (const effect of effects) {
      if (effect.type !== 'remember' || typeof effect.value !== 'string') continue;
      if (effect.field === 'email') emails.add(effect.value);
      if (effect.field === 'phone') phones.add(effect.value);
    }
  }
  // Some networks know people by their number.
  for (const { address } of addresses) if (isPhone(address)) phones.add(address);
  const places = [
    ...[...emails].map(emailPlace),
    ...[...phones].map(phonePlace),
    ...addresses.map(({ _id }) => _id),
  ];
  return { emails, places };
}
