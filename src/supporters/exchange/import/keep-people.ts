import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../../../store/table.js';
import { addressId, type AddressRow } from '../../addresses.js';
import { takeEmailAddress } from '../../email-address.js';
import type { People } from '../../open-people.js';
import { emailPlace, phonePlace } from '../../opt-outs.js';
import { withReach } from '../../reachable-on.js';
import { newSupporter, type Reach, type SupporterRecord } from '../../record.js';
import type { Person } from './person.js';
import type { Tally } from './supporter-import.js';
import { takeIn, type TakingIn } from './take-in.js';

/** Times that a profile which others write to meanwhile is read again. */
const ATTEMPTS = 20;
/** Where somebody is reached who is known by a file only: nowhere. */
const NOWHERE: Reach = { channel: 'import', address: '' };

export type KeepingPeople = TakingIn & {
  readonly people: Pick<People, 'supporters' | 'addresses' | 'optOuts' | 'transact'>;
  /** The campaign's first language, for whoever told none. */
  readonly language: string;
  /** Counts, and writes nothing. */
  readonly dryRun: boolean;
};

/** The people of a batch who are one supporter. */
type Target = {
  readonly before: SupporterRecord;
  readonly persons: readonly Person[];
};

/**
 * Takes a batch of people into the store and counts what that did. Addresses come before profiles, so that one
 * killed in between is whole once it is run again; done twice, it changes nothing more.
 */
export async function keepPeople(
  persons: readonly Person[],
  how: KeepingPeople,
  tally: Tally,
): Promise<void> {
  const found = await findTargets(persons, how);
  const welcome = await withoutErased(found, how, tally);
  const owned = await claimAddresses(welcome, how, tally);
  const targets = welcome.map((target) => ({ ...target, next: taken(target, how) }));
  for (const { before, next, persons: own } of targets) count(tally, before, next, own.length);
  if (how.dryRun) return;
  let open: readonly (Target & { readonly next: SupporterRecord })[] = targets.map(
    ({ next, ...target }) => ({ ...target, next: reached(next, owned) }),
  );
  for (let attempt = 0; open.length > 0; attempt += 1) {
    if (attempt === ATTEMPTS) throw new Error('Too many writers at once for one supporter.');
    const { supporters } = how.people;
    const writes = open.filter(({ before, next }) => before.revision === 0 || next !== before);
    const saved = await Promise.all(writes.map(({ next }) => supporters.save(next)));
    const lost = writes.filter((_, at) => saved[at] === undefined);
    if (lost.length === 0) break;
    await sleep(attempt * 10);
    open = await again(lost, how);
  }
  await takeHeldEmails(targets, how, owned);
}

function taken({ before, persons }: Target, how: TakingIn): SupporterRecord {
  return persons.reduce((record, person) => takeIn(record, person, how), before);
}

/** The supporters that people are: by the row itself, by their own id, or by an address on a network. */
async function findTargets(
  persons: readonly Person[],
  { people: { supporters, addresses }, language, at }: KeepingPeople,
): Promise<readonly Target[]> {
  const ids = persons.flatMap(({ id, ownId }) => (ownId === undefined ? [id] : [id, ownId]));
  const places = persons.flatMap((person) => person.addresses.map(placeOf));
  const rows = await byId(addresses.table.find({ _id: { $in: places } }), places.length > 0);
  const owners = [...rows.values()].map(({ supporter }) => supporter);
  const known = await byId(supporters.table.find({ _id: { $in: [...ids, ...owners] } }), true);
  const missing = ids.filter((id) => !known.has(id));
  const merged = new Map<string, SupporterRecord>();
  for (const record of await supporters.table.find({ merged_from: { $in: missing } })) {
    for (const id of record.merged_from ?? []) merged.set(id, record);
  }
  const found = new Map<string, { before: SupporterRecord; persons: Person[] }>();
  for (const person of persons) {
    const named = [person.id, ...(person.ownId === undefined ? [] : [person.ownId])];
    const byName = named
      .map((id) => known.get(id) ?? merged.get(id))
      .find((one) => one !== undefined);
    const owner = person.addresses.map((reach) => rows.get(placeOf(reach))?.supporter);
    const byAddress = owner.map((id) => known.get(id ?? '')).find((one) => one !== undefined);
    const before = byName ?? byAddress ?? stranger(person, language, at);
    const target = found.get(before._id) ?? { before, persons: [] };
    target.persons.push(person);
    found.set(before._id, target);
  }
  return [...found.values()];
}

/** A profile that nobody has met; it has the language of the file, which a later file may correct. */
function stranger(person: Person, language: string, at: Date): SupporterRecord {
  const [reach = NOWHERE] = person.addresses;
  return newSupporter(person.id, language, reach, at);
}

/** Without those who were erased and have not agreed to anything since, nor those who are being erased. */
async function withoutErased(
  targets: readonly Target[],
  { people: { optOuts }, consent }: KeepingPeople,
  tally: Tally,
): Promise<readonly Target[]> {
  const strangers = targets.filter(({ before }) => before.revision === 0);
  const register = await optOuts.among(
    strangers.flatMap(({ persons }) => persons.flatMap(placesOf)),
  );
  return targets.filter(({ before, persons }) => {
    const entered =
      before.revision > 0 ? [] : persons.flatMap(placesOf).map((one) => register.get(one));
    const agreed = persons.every(({ standing }) => standing === 'subscribed')
      ? consent?.at
      : undefined;
    const isErased = entered.some(
      (at) => at !== undefined && !(agreed !== undefined && agreed > at),
    );
    if (before.erasing === undefined && !isErased) return true;
    tally.left_out += persons.length;
    return false;
  });
}

function placesOf({ values, addresses }: Person): readonly string[] {
  const { email, phone } = values;
  return [
    ...(typeof email === 'string' ? [emailPlace(email)] : []),
    ...(typeof phone === 'string' ? [phonePlace(phone)] : []),
    ...addresses.map(placeOf),
  ];
}

/** Gives people the addresses that nobody has; answers all that the supporters of the batch have then. */
async function claimAddresses(
  targets: readonly Target[],
  { people: { addresses }, dryRun, ...how }: KeepingPeople,
  tally: Tally,
): Promise<ReadonlyMap<string, readonly AddressRow[]>> {
  const wanted = targets.flatMap(({ before, persons }) => {
    const confirmed = confirmedEmail(taken({ before, persons }, how), persons, how);
    const reaches = [...persons.flatMap((person) => person.addresses), ...confirmed];
    return reaches.map((reach) => ({
      _id: placeOf(reach),
      supporter: before._id,
      ...reach,
      created_at: how.at,
      reachable: true,
    }));
  });
  if (!dryRun) await addresses.table.insertMissing(wanted);
  const ids = wanted.map(({ _id }) => _id);
  const held = await byId(addresses.table.find({ _id: { $in: ids } }), ids.length > 0);
  for (const { _id, supporter, channel } of wanted) {
    const owner = held.get(_id)?.supporter ?? supporter;
    if (channel !== 'email' && owner !== supporter) tally.addresses_taken += 1;
  }
  const bySupporter = new Map<string, AddressRow[]>();
  const all = await addresses.table.find({
    supporter: { $in: targets.map(({ before }) => before._id) },
  });
  for (const row of all)
    bySupporter.set(row.supporter, [...(bySupporter.get(row.supporter) ?? []), row]);
  return bySupporter;
}

/** The address on the channel `email`, where this import confirms it. */
function confirmedEmail(
  { email, email_confirmed_at: at }: SupporterRecord,
  persons: readonly Person[],
  { emailConfirmed }: Pick<TakingIn, 'emailConfirmed'>,
): readonly Reach[] {
  const isTold = persons.some(({ values }) => values['email'] === email);
  if (!emailConfirmed || email === undefined || at === undefined || !isTold) return [];
  return [{ channel: 'email', address: email }];
}

/** Channels an address of which can be reached, and where the next word would go. */
function reached(
  record: SupporterRecord,
  owned: ReadonlyMap<string, readonly AddressRow[]>,
): SupporterRecord {
  const rows = owned.get(record._id) ?? [];
  const [first] = rows;
  const isNowhere = record.last.channel === NOWHERE.channel && first !== undefined;
  const last = isNowhere ? { channel: first.channel, address: first.address } : record.last;
  return withReach(last === record.last ? record : { ...record, last }, rows);
}

/** An address that somebody else had on the channel e-mail goes to whoever confirmed it. */
async function takeHeldEmails(
  targets: readonly (Target & { readonly next: SupporterRecord })[],
  how: KeepingPeople,
  owned: ReadonlyMap<string, readonly AddressRow[]>,
): Promise<void> {
  for (const { next, persons } of targets) {
    for (const reach of confirmedEmail(next, persons, how)) {
      const mine = (owned.get(next._id) ?? []).filter(({ channel }) => channel === 'email');
      const [only, ...others] = mine;
      if (only?.address === reach.address && others.length === 0) continue;
      await takeEmailAddress(how.people, next._id, reach.address, how.at);
    }
  }
}

/** Those that somebody else has written to meanwhile, as they are now. */
async function again(
  lost: readonly Target[],
  how: KeepingPeople,
): Promise<readonly (Target & { readonly next: SupporterRecord })[]> {
  const ids = lost.map(({ before }) => before._id);
  const { supporters, addresses } = how.people;
  const now = await byId(supporters.table.find({ _id: { $in: ids } }), true);
  const owned = await addresses.table.find({ supporter: { $in: ids } });
  return lost.flatMap(({ before, persons }) => {
    const present = now.get(before._id);
    // Gone, or going.
    if (before.revision > 0 && present === undefined) return [];
    if (present?.erasing !== undefined) return [];
    const target = { before: present ?? before, persons };
    const rows = owned.filter(({ supporter }) => supporter === before._id);
    return [{ ...target, next: reached(taken(target, how), new Map([[before._id, rows]])) }];
  });
}

function count(tally: Tally, before: SupporterRecord, next: SupporterRecord, rows: number): void {
  if (before.revision === 0) tally.created += 1;
  else if (next === before) tally.unchanged += 1;
  else tally.changed += 1;
  // Rows of a profile that two were merged into.
  tally.unchanged += rows - 1;
  for (const { given } of next.consents.filter((one) => !before.consents.includes(one))) {
    if (given) tally.consents += 1;
    else tally.refusals += 1;
  }
}

function placeOf({ channel, address }: Reach): string {
  return addressId(channel, address);
}

async function byId<T extends Row>(
  rows: Promise<readonly T[]>,
  isAsked: boolean,
): Promise<ReadonlyMap<string, T>> {
  return new Map((isAsked ? await rows : []).map((row) => [row._id, row]));
}
