import type { Campaign } from '../../engine/campaign.js';
import { donationReference, givenCents, type DonationRow } from '../book/donation.js';

/**
 * A gift with everything that the campaign account has to tell of it: amount, date, way of payment, identity,
 * nationality and address of the tax home (art. R. 39-1 of the code électoral), who took it, and what was
 * declared. The receipts themselves are the authority's (CNCCFP): none is made here. Cents are minor units.
 */
export type DescribedDonation = {
  readonly reference: string;
  readonly id: string;
  readonly election: string;
  readonly candidate: string;
  readonly agent: string;
  readonly agent_since: string;
  readonly amount_cents: number;
  readonly currency: string;
  readonly paid_at: string;
  readonly method: string;
  readonly gateway: string;
  readonly payment: string;
  readonly trial: boolean;
  readonly first_name: string;
  readonly last_name: string;
  readonly nationality: string;
  readonly street: string;
  readonly postal_code: string;
  readonly city: string;
  readonly country: string;
  readonly employer: string;
  readonly occupation: string;
  readonly eligible_declared: boolean;
  readonly own_money_declared: boolean;
  readonly declared_at: string;
  readonly attestation: string;
  readonly attested_at: string;
  readonly refunded_cents: number;
  readonly refunds_authorised_by: string;
  readonly disputed_cents: number;
  readonly kept_cents: number;
  readonly late: boolean;
  readonly supporter: string;
};

/** The columns of the export, in order. */
export const DONATION_COLUMNS: readonly (keyof DescribedDonation)[] = [
  'reference',
  'paid_at',
  'amount_cents',
  'currency',
  'method',
  'last_name',
  'first_name',
  'nationality',
  'street',
  'postal_code',
  'city',
  'country',
  'employer',
  'occupation',
  'eligible_declared',
  'own_money_declared',
  'declared_at',
  'attestation',
  'attested_at',
  'candidate',
  'agent',
  'agent_since',
  'election',
  'refunded_cents',
  'refunds_authorised_by',
  'disputed_cents',
  'kept_cents',
  'late',
  'trial',
  'gateway',
  'payment',
  'supporter',
  'id',
];

/** Describes a gift that was paid. */
export function describeDonation(
  row: DonationRow,
  campaign: Campaign | undefined,
): DescribedDonation {
  const { _id: id, declared, donor = {}, refunds, disputes, paid_cents: paid = 0 } = row;
  const done = refunds.filter(({ state }) => state === 'done');
  return {
    reference: donationReference(id),
    id,
    election: row.election,
    candidate: campaign?.candidate ?? '',
    agent: campaign?.donations?.agent ?? '',
    agent_since: campaign?.donations?.agentSince ?? '',
    amount_cents: paid,
    currency: row.currency,
    paid_at: row.paid_at?.toISOString() ?? '',
    method: row.method ?? '',
    gateway: row.gateway,
    payment: row.payment ?? '',
    trial: row.gateway === 'sandbox',
    first_name: donor.first_name ?? '',
    last_name: donor.last_name ?? '',
    nationality: donor.nationality ?? '',
    street: donor.street ?? '',
    postal_code: donor.postal_code ?? '',
    city: donor.city ?? '',
    country: donor.country ?? '',
    employer: donor.employer ?? '',
    occupation: donor.occupation ?? '',
    eligible_declared: declared.eligible,
    own_money_declared: declared.own_money,
    declared_at: declared.at.toISOString(),
    attestation: declared.attested?.wording ?? '',
    attested_at: declared.attested?.at.toISOString() ?? '',
    refunded_cents: done.reduce((sum, { cents }) => sum + cents, 0),
    refunds_authorised_by: [...new Set(done.map(({ by }) => by ?? ''))].join('; '),
    disputed_cents: disputes
      .filter(({ state }) => state !== 'won')
      .reduce((sum, { cents }) => sum + cents, 0),
    kept_cents: givenCents(row),
    late: row.late === true,
    supporter: row.supporter,
  };
}
