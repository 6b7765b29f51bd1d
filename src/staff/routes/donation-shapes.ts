import { z } from 'zod';
import { DONATION_STATES } from '../../donations/book/donation.js';
import { DONOR_FIELDS } from '../../donations/rules/donor.js';
import { ANOMALIES } from '../../donations/treasurer/anomalies.js';

const currency = z.enum(['EUR', 'USD']);
const country = z.enum(['fr', 'us', 'none']);
const cents = z.number();

export const donationState = z.enum(DONATION_STATES);
export const anomalyKind = z.enum(ANOMALIES);

/** A donation in a list, as the API tells it. */
export const donationRow = z.object({
  id: z.string(),
  reference: z.string(),
  state: donationState,
  cents,
  returnedCents: cents,
  currency,
  at: z.string(),
  paidAt: z.string().exactOptional(),
  name: z.string(),
  supporter: z.string().exactOptional(),
  channel: z.string().exactOptional(),
  isTrial: z.boolean(),
});

const about = {
  at: z.string(),
  cents: cents.exactOptional(),
  by: z.string().exactOptional(),
  reason: z.string().exactOptional(),
};
const step = z.union([
  z.object({
    ...about,
    type: z.enum(['begun', 'declared', 'attested', 'paid', 'late', 'expired']),
  }),
  z.object({ ...about, type: z.literal('refund'), state: z.enum(['asked', 'done', 'failed']) }),
  z.object({ ...about, type: z.literal('dispute'), state: z.enum(['open', 'won', 'lost']) }),
  z.object({ ...about, type: z.literal('excess') }),
]);

/** All that is known of one. */
export const donationView = donationRow.extend({
  election: z.string(),
  country,
  candidate: z.string(),
  agent: z.string(),
  agentSince: z.string(),
  gateway: z.string(),
  payment: z.string(),
  method: z.string(),
  pledge: z.string().exactOptional(),
  keptCents: cents,
  returnableCents: cents,
  isDisputed: z.boolean(),
  donor: z.object(
    Object.fromEntries(DONOR_FIELDS.map((field) => [field, z.string().exactOptional()])),
  ),
  missing: z.array(z.enum(DONOR_FIELDS)),
  declared: z.object({
    isEligible: z.boolean(),
    isOwnMoney: z.boolean(),
    at: z.string(),
    wording: z.string().exactOptional(),
    attestedAt: z.string().exactOptional(),
  }),
  history: z.array(step),
  anomalies: z.array(z.object({ kind: anomalyKind, cents })),
  balance: z.object({
    gifts: z.number(),
    givenCents: cents,
    reservedCents: cents,
    ceilingCents: cents.exactOptional(),
    leftCents: cents.exactOptional(),
    excessCents: cents,
  }),
});

export const donationTotals = z.object({
  currency,
  country,
  agent: z.string(),
  isTrial: z.boolean(),
  from: z.string(),
  until: z.string(),
  gifts: z.number(),
  paidCents: cents,
  returnedCents: cents,
  keptCents: cents,
  latestAt: z.string().exactOptional(),
  days: z.array(z.object({ day: z.string(), gifts: z.number(), cents })),
  channels: z.array(z.object({ channel: z.string(), gifts: z.number(), cents })),
});

export const anomaly = z.object({
  kind: anomalyKind,
  references: z.array(z.string()),
  cents,
  name: z.string().exactOptional(),
  supporter: z.string().exactOptional(),
});

export const ledgerBalance = z.object({
  gateway: z.string(),
  currency,
  entries: z.number(),
  accounts: z.object({ gateway: cents, disputed: cents, gifts: cents, to_return: cents }),
});

export const pledgeRow = z.object({
  id: z.string(),
  name: z.string(),
  supporter: z.string().exactOptional(),
  cents,
  currency,
  isMonthly: z.boolean(),
  state: z.enum(['active', 'ended']),
  endedBy: z.enum(['given', 'ceiling', 'window', 'supporter', 'opted_out', 'last']).exactOptional(),
  on: z.string(),
  reminded: z.number(),
});
