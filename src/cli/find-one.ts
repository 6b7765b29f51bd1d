import { findPhones } from '../engine/answers/phone.js';
import { findSupporters } from '../supporters/find-supporters.js';
import type { SupporterRecord } from '../supporters/record.js';
import { readCampaignFile } from './read-campaign.js';
import { Refusal } from './refusal.js';
import type { PeopleAtHand } from './with-people.js';

/** How commands explain what names somebody. */
export const ADDRESS =
  '<channel>:<address>, an e-mail, a phone number, or id:<id> from portevoix export';

/** The one supporter that is named; a Refusal when there is none, or several, who are then listed. */
export async function findOne(people: PeopleAtHand, named: string): Promise<SupporterRecord> {
  // Without a campaign file, numbers need their country code.
  const country = (await readCampaignFile(people.settings.flowsDir))?.country ?? 'none';
  const readPhone = (text: string): string | undefined => findPhones(text, country)[0]?.value;
  const found = await findSupporters(named, people.supporters, people.addresses, readPhone);
  const [only] = found;
  if (only === undefined) throw new Refusal(`Nobody is known by that. Name them as ${ADDRESS}.`);
  if (found.length === 1) return only;
  const lines = await Promise.all(found.map((record) => describe(people, record)));
  throw new Refusal(
    [
      `${found.length} people are known by that; name one of them by the first word:`,
      ...lines,
    ].join('\n'),
  );
}

async function describe({ addresses }: PeopleAtHand, record: SupporterRecord): Promise<string> {
  const [address] = await addresses.ofSupporter(record._id);
  const since = record.created_at.toISOString();
  const name = address === undefined ? `id:${record._id}` : address._id;
  const confirmed = record.email_confirmed_at === undefined ? '' : ', e-mail confirmed';
  return `  ${name}  known since ${since}${confirmed}`;
}
