import { CANVASS_RESULTS } from '../../canvass/canvass-result.js';
import type { TurfRow } from '../../canvass/turfs.js';
import type { VisitRow } from '../../canvass/visits.js';
import { communeOf } from '../../canvass/station-code.js';
import { givenCents, type DonationRow } from '../../donations/book/donation.js';
import type { VoteRow } from '../../outreach/election-day/votes.js';
import type { Query, Table } from '../../store/table.js';
import type { Owners } from '../../supporters/owners.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Shift } from '../../volunteers/shift.js';
import type { DayCount } from '../api.js';
import { findRepeatedVotes } from './repeated-votes.js';
import type { DayCounts } from './day-figures.js';
import { createTally, type Traits } from './tally.js';

/** Where what happens is kept. */
export type CountedTables = {
  readonly supporters: Table<SupporterRecord>;
  readonly donations: Table<DonationRow>;
  readonly shifts: Table<Shift>;
  readonly visits: Table<VisitRow>;
  readonly turfs: Table<TurfRow>;
  readonly votes: Table<VoteRow>;
};

export type DayTerms = {
  /** Midnight to midnight on the campaign's clocks. */
  readonly from: Date;
  readonly until: Date;
  /** Whether the gateway only plays: then what it took counts, and else all but that. */
  readonly isTrial: boolean;
  readonly owners: Owners;
};

/** Ids in one query. */
const TOGETHER = 500;
const NOT_ERASED: Query = { erasing: { $exists: false } };

/** Counts what happened on one day, reading along indexes what is of that day; merged people count once. */
export async function countDay(tables: CountedTables, terms: DayTerms): Promise<DayCounts> {
  const { supporters } = tables;
  const range: Query = { $gte: terms.from, $lt: terms.until };
  const [joined, confirmed, consents, donations, signups, visits, turnout] = await Promise.all([
    countPeople(supporters, { created_at: range }),
    countPeople(supporters, { email_confirmed_at: range }),
    countConsents(supporters, range),
    countDonations(tables, range, terms),
    countSignups(tables, range, terms),
    countVisits(tables, range),
    countTurnout(tables.votes, range, terms),
  ]);
  return { supporters: joined, emails: confirmed, consents, donations, signups, visits, turnout };
}

type PeopleGroup = { readonly _id: Traits; readonly people: number };

async function countPeople(table: Table<SupporterRecord>, query: Query): Promise<DayCount> {
  const groups = await table.aggregate<PeopleGroup>([
    { $match: { ...query, ...NOT_ERASED } },
    {
      $group: {
        _id: { channels: '$reachable_on', territory: '$territory', department: '$department' },
        people: { $sum: 1 },
      },
    },
  ]);
  const tally = createTally();
  for (const { _id, people } of groups) tally.add(_id, people);
  return tally.count();
}

/** People who agreed to something that day, and by purpose those who agreed to it. */
async function countConsents(table: Table<SupporterRecord>, range: Query): Promise<DayCount> {
  const given = { $elemMatch: { given: true, at: range } };
  const [count, purposes] = await Promise.all([
    countPeople(table, { consents: given }),
    table.aggregate<{ _id: string; people: number }>([
      { $match: { consents: given, ...NOT_ERASED } },
      { $project: { consents: 1 } },
      { $unwind: '$consents' },
      { $match: { 'consents.given': true, 'consents.at': range } },
      { $group: { _id: { who: '$_id', purpose: '$consents.purpose' } } },
      { $group: { _id: '$_id.purpose', people: { $sum: 1 } } },
    ]),
  ]);
  return { ...count, kinds: Object.fromEntries(purposes.map((row) => [row._id, row.people])) };
}

async function countDonations(
  { donations, supporters }: CountedTables,
  range: Query,
  { isTrial, owners }: DayTerms,
): Promise<DayCount> {
  const query = { paid_at: range, state: 'paid', gateway: isTrial ? 'sandbox' : NOT_SANDBOX };
  const rows = await donations.find(query);
  const givers = rows.map(({ supporter }) => owners.ownerOf(supporter));
  const people = await traitsOf(supporters, givers);
  const tally = createTally();
  let gifts = 0;
  for (const row of rows) {
    const { territory, department } = people.get(owners.ownerOf(row.supporter)) ?? {};
    const place = {
      ...(territory === undefined ? {} : { territory }),
      ...(department === undefined ? {} : { department }),
    };
    const cents = givenCents(row);
    tally.add({ channels: [row.reach?.channel ?? ''], ...place }, cents);
    if (cents > 0) gifts += 1;
  }
  return { ...tally.count(), kinds: { gifts } };
}

const NOT_SANDBOX: Query = { $ne: 'sandbox' };

async function countSignups(
  { shifts, supporters }: CountedTables,
  range: Query,
  { owners }: DayTerms,
): Promise<DayCount> {
  const made = { signups: { $elemMatch: { made: range } } };
  const rows = await shifts.aggregate<{ _id: string; who: string; task: string }>([
    { $match: made },
    { $project: { signups: 1, task: 1 } },
    { $unwind: '$signups' },
    { $match: { 'signups.made': range } },
    { $project: { who: '$signups.supporter', task: 1 } },
  ]);
  const tasks = new Map<string, Set<string>>();
  for (const { who, task } of rows) {
    const owner = owners.ownerOf(who);
    tasks.set(owner, (tasks.get(owner) ?? new Set()).add(task));
  }
  const people = await traitsOf(supporters, [...tasks.keys()]);
  const tally = createTally();
  const kinds = createTally();
  for (const [owner, theirs] of tasks) {
    tally.add(people.get(owner) ?? {}, 1);
    for (const kind of theirs) kinds.add({ kind }, 1);
  }
  return { ...tally.count(), kinds: kinds.count().kinds };
}

/** By result as the keys of an index tell it, and by department as the turfs do. */
async function countVisits({ visits, turfs }: CountedTables, range: Query): Promise<DayCount> {
  const counted = { at: range, undone_at: { $exists: false } };
  const [groups, results] = await Promise.all([
    visits.aggregate<{ readonly _id: string; readonly visits: number }>([
      { $match: counted },
      { $group: { _id: '$turf', visits: { $sum: 1 } } },
    ]),
    Promise.all(
      CANVASS_RESULTS.map(
        async (result) => [result, await visits.count({ result, ...counted })] as const,
      ),
    ),
  ]);
  const departments = new Map<string, string>();
  for (const part of inParts(groups.map(({ _id }) => _id))) {
    for await (const { _id, stations } of turfs.streamFields({ _id: { $in: part } }, [
      'stations',
    ])) {
      const commune = stations.map(communeOf).find((one) => one !== undefined);
      if (commune !== undefined) departments.set(_id, departmentOf(commune));
    }
  }
  const tally = createTally();
  for (const { _id, visits: amount } of groups) {
    tally.add({ department: departments.get(_id) ?? null }, amount);
  }
  const kinds = Object.fromEntries(results.filter(([, amount]) => amount > 0));
  return { ...tally.count(), kinds };
}

/** Two signs of a commune's code name its department, overseas three. */
function departmentOf(commune: string): string {
  return commune.slice(0, commune.startsWith('97') ? 3 : 2);
}

type VoteGroup = {
  readonly _id: { readonly territory: string; readonly hour: string };
  readonly people: number;
};

async function countTurnout(
  votes: Table<VoteRow>,
  range: Query,
  { from, until, owners }: DayTerms,
): Promise<DayCount> {
  const groups = await votes.aggregate<VoteGroup>([
    { $match: { at: range } },
    { $group: { _id: { territory: '$territory', hour: '$hour' }, people: { $sum: 1 } } },
  ]);
  const tally = createTally();
  for (const { _id, people } of groups) tally.add({ ..._id, kind: _id.hour }, people);
  if (groups.length === 0) return tally.count();
  for (const { territory, hour, at } of await findRepeatedVotes(votes, owners)) {
    if (from <= at && at < until) tally.add({ territory, kind: hour }, -1);
  }
  return tally.count();
}

/** What people are divided by, by id. */
async function traitsOf(
  table: Table<SupporterRecord>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Traits>> {
  const found = new Map<string, Traits>();
  for (const part of inParts([...new Set(ids)])) {
    const rows = table.streamFields({ _id: { $in: part } }, [
      'reachable_on',
      'territory',
      'department',
    ]);
    for await (const { _id, reachable_on: channels = [], territory, department } of rows) {
      found.set(_id, {
        channels,
        ...(territory === undefined ? {} : { territory }),
        ...(department === undefined ? {} : { department }),
      });
    }
  }
  return found;
}

function inParts(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / TOGETHER) }, (_, part) =>
    ids.slice(part * TOGETHER, (part + 1) * TOGETHER),
  );
}
