import { TERRITORIES } from '../../engine/calendar/make-calendar.js';
import type { Campaign } from '../../engine/campaign.js';
import { currencyOf } from '../../engine/currency.js';
import { PURPOSES } from '../../engine/flow.js';
import { CHANNELS } from '../../engine/parse/names.js';
import { givenCents, type DonationRow } from '../../donations/book/donation.js';
import { tellTurnout } from '../../outreach/election-day/tell-turnout.js';
import type { Votes } from '../../outreach/election-day/votes.js';
import type { Query, Table } from '../../store/table.js';
import { consentNow } from '../../supporters/consents-now.js';
import type { Owners } from '../../supporters/owners.js';
import type { Shift } from '../../volunteers/shift.js';
import type { Dashboard, Figure } from '../api.js';
import type { CountedTables } from './count-day.js';
import { findRepeatedVotes } from './repeated-votes.js';

export type StandingTables = CountedTables & {
  readonly doors: Pick<Table<never>, 'count'>;
  readonly turnout: Pick<Votes, 'turnout'>['turnout'];
};

const EVER: Query = { $gt: new Date(0) };
const GIVEN = PURPOSES.map((purpose) => consentNow(purpose, undefined, 'given'));

/** What each figure counts; an index tells each of them. */
const COUNTED: { readonly [figure in Exclude<Figure, 'supporters'>]: Query } = {
  emails: { email: { $gt: '' } },
  confirmed: { email_confirmed_at: EVER },
  agreed: { consents_now: { $in: GIVEN } },
  donors: { 'summary.donations.count': { $gte: 1 } },
  visited: { 'summary.visits.lastResult': { $gt: '' } },
  waiting: { 'handoff.at': EVER },
};
export const FIGURES = [
  'supporters',
  'emails',
  'confirmed',
  'agreed',
  'donors',
  'visited',
  'waiting',
] as const satisfies readonly Figure[];

/** Counts how things stand: all of it, whenever it came; nothing that an index tells reads a document. */
export async function countStanding(
  tables: StandingTables,
  campaign: Pick<Campaign, 'country'>,
  owners: Owners,
  isTrial: boolean,
  at: number,
): Promise<Omit<Dashboard, 'at' | 'isCounting'>> {
  const { supporters: table } = tables;
  const some = async <T extends object>(of: readonly (readonly [T, Query])[]) =>
    (
      await Promise.all(
        of.map(async ([name, query]) => ({ ...name, people: await table.count(query) })),
      )
    ).filter(({ people }) => people > 0);
  const territories = Object.keys(TERRITORIES[campaign.country]);
  return {
    figures: await Promise.all(
      FIGURES.map(async (figure) => ({
        figure,
        people: await (figure === 'supporters'
          ? countBut(table, { erasing: EVER })
          : table.count(COUNTED[figure])),
      })),
    ),
    consents: await some(
      PURPOSES.map((purpose, index) => [{ purpose }, { consents_now: GIVEN[index] ?? '' }]),
    ),
    channels: await some(CHANNELS.map((channel) => [{ channel }, { reachable_on: channel }])),
    territories: await some(territories.map((territory) => [{ territory }, { territory }])),
    donations: {
      ...(await countGifts(tables.donations, isTrial)),
      currency: currencyOf(campaign.country),
      isTrial,
    },
    shifts: await countPlaces(tables.shifts, at),
    doors: {
      known: await tables.doors.count({}),
      visits: await countBut(tables.visits, { undone_at: EVER }),
    },
    turnout: await countVoters(tables, owners),
  };
}

/** All but some few: how many there are in all, the store knows. */
async function countBut(table: Pick<Table<never>, 'count'>, few: Query): Promise<number> {
  const [all, left] = await Promise.all([table.count({}), table.count(few)]);
  return all - left;
}

async function countGifts(table: Table<DonationRow>, isTrial: boolean) {
  const paid = { state: 'paid', gateway: isTrial ? 'sandbox' : { $ne: 'sandbox' } };
  const [sum] = await table.aggregate<{ cents: number; gifts: number }>([
    { $match: paid },
    { $group: { _id: null, cents: { $sum: '$paid_cents' }, gifts: { $sum: 1 } } },
  ]);
  let { cents, gifts } = sum ?? { cents: 0, gifts: 0 };
  // Few donations go back: what of them did is told by their own rows.
  const returned = await table.find({
    ...paid,
    $or: [{ 'refunds.state': 'done' }, { 'disputes.state': 'lost' }],
  });
  for (const row of returned) {
    const left = givenCents(row);
    cents -= (row.paid_cents ?? 0) - left;
    if (left <= 0) gifts -= 1;
  }
  return { cents, gifts };
}

async function countPlaces(table: Table<Shift>, at: number) {
  const upcoming = { state: 'open', ends: { $gt: new Date(at) } };
  const [[places], taken] = await Promise.all([
    table.aggregate<{ places: number }>([
      { $match: upcoming },
      { $group: { _id: null, places: { $sum: '$capacity' } } },
    ]),
    table.aggregate<{ _id: string; taken: number }>([
      { $match: upcoming },
      { $project: { signups: 1 } },
      { $unwind: '$signups' },
      { $group: { _id: '$signups.state', taken: { $sum: 1 } } },
    ]),
  ]);
  const expected = taken.filter(({ _id }) => TAKEN.includes(_id));
  return {
    places: places?.places ?? 0,
    taken: expected.reduce((sum, row) => sum + row.taken, 0),
  };
}

const TAKEN: readonly string[] = ['scheduled', 'confirmed', 'completed'];

async function countVoters({ turnout, votes }: StandingTables, owners: Owners) {
  const rounds = tellTurnout(await turnout());
  if (rounds.length === 0) return [];
  const repeated = await findRepeatedVotes(votes, owners);
  return rounds.map(({ round, people }) => ({
    round,
    people: people - repeated.filter((vote) => vote.round === round).length,
  }));
}
