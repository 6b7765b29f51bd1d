import type { Campaign } from '../campaign.js';
import type { Json } from '../json.js';
import { instantOf } from '../parse/instant.js';
import { nextBallot } from './permit.js';
import { territoryOf } from './territory-of.js';

/**
 * The campaign as conditions see it: with two rounds, or where people vote on another day, its
 * `campaign.election` tells of the ballot that is next where the supporter votes.
 */
export function factsAt(
  { calendar, country, facts, election, timezone }: Campaign,
  profile: { readonly [key: string]: Json },
  at: number,
): { readonly [key: string]: Json } {
  if (election === undefined) return facts;
  const ballot = nextBallot(calendar, territoryOf(country, profile), at);
  if (ballot === undefined || ballot.opens === election.opens) return facts;
  const { round, opens, closes } = ballot;
  const day = round === 2 ? (election.secondRound ?? election.date) : election.date;
  return { ...facts, election: { date: instantOf(day, '00:00', timezone), opens, closes } };
}
