import type { Campaign } from '../../engine/campaign.js';
import { standingOf, type DonationRow } from '../../donations/book/donation.js';
import type { Donations } from '../../donations/book/donations.js';
import { excessOf, leftToGive } from '../../donations/rules/decide-donation.js';
import { DONOR_FIELDS, requiredFields } from '../../donations/rules/donor.js';
import { anomaliesOf } from '../../donations/treasurer/anomalies.js';
import { describeDonation } from '../../donations/treasurer/describe-donation.js';
import { historyOf, type DonationEvent } from '../../donations/treasurer/donation-history.js';
import { leftToReturn } from '../../donations/treasurer/refunds.js';
import { nameAll, type Named } from '../../supporters/find-current.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { DonationStep, DonationView, DonorBalance } from '../api.js';
import { tellDonation } from './tell-donation.js';

export type DescribeOptions = {
  readonly tables: Pick<Donations, 'donations' | 'ledger'>;
  readonly supporters: Pick<Supporters, 'table'>;
  campaign(): Campaign;
  now(): number;
};

/** All that is known of one donation, with what its giver gave to the election in all. */
export async function viewDonation(
  row: DonationRow,
  { tables, supporters, campaign, now }: DescribeOptions,
): Promise<DonationView> {
  const at = now();
  const [names, ledger] = await Promise.all([
    nameAll([row.supporter], supporters.table),
    tables.ledger.find({ donation: row._id }, { sort: { at: 1 } }),
  ]);
  const who = names.get(row.supporter);
  const gifts = await giftsOf(row, who, tables);
  const told = describeDonation(row, campaign());
  const { country } = campaign();
  const balance = balanceOf(gifts, at);
  const { donor = {}, declared, pledge } = row;
  return {
    ...tellDonation(row, names),
    election: row.election,
    country,
    candidate: told.candidate,
    agent: told.agent,
    agentSince: told.agent_since,
    gateway: told.gateway,
    payment: told.payment,
    method: told.method,
    ...(pledge === undefined ? {} : { pledge }),
    keptCents: told.kept_cents,
    returnableCents: row.state === 'paid' ? Math.max(0, leftToReturn(row)) : 0,
    isDisputed: row.disputes.some(({ state }) => state === 'open'),
    donor: Object.fromEntries(
      DONOR_FIELDS.flatMap((field) => {
        const value = donor[field];
        return value === undefined || value === '' ? [] : [[field, value]];
      }),
    ),
    missing:
      row.state === 'paid'
        ? requiredFields({ country }, balance.givenCents).filter((field) => !donor[field])
        : [],
    declared: {
      isEligible: declared.eligible,
      isOwnMoney: declared.own_money,
      at: told.declared_at,
      ...(declared.attested === undefined
        ? {}
        : { wording: told.attestation, attestedAt: told.attested_at }),
    },
    history: historyOf(row, ledger, at).map(tellStep),
    anomalies: anomaliesOf(row, at).map(({ kind, cents }) => ({ kind, cents })),
    balance,
  };
}

/** Every donation of whoever gave this one to the same election, under all ids they had. */
async function giftsOf(
  { supporter, election }: DonationRow,
  who: Named | undefined,
  { donations }: Pick<Donations, 'donations'>,
): Promise<readonly DonationRow[]> {
  const ids = who === undefined ? [supporter] : identitiesOf(who);
  return donations.find({ supporter: { $in: [...ids] }, election });
}

/** The ceiling of the latest donation holds, as in the book. */
function balanceOf(gifts: readonly DonationRow[], at: number): DonorBalance {
  const latest = gifts.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
  const ceilingCents = latest?.ceiling_cents;
  const rules = ceilingCents === undefined ? {} : { ceilingCents };
  const standing = standingOf(gifts, at);
  const left = leftToGive(rules, standing);
  return {
    gifts: gifts.filter(({ state }) => state === 'paid').length,
    ...standing,
    ...rules,
    ...(left === undefined ? {} : { leftCents: left }),
    excessCents: excessOf(rules, standing),
  };
}

function tellStep({ at, ...event }: DonationEvent): DonationStep {
  return { ...event, at: at.toISOString() };
}
