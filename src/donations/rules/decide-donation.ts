import type { DonationRules } from './donation-rules.js';

/** What somebody has given, less what was returned, and what open checkouts hold for them; in cents. */
export type Standing = { readonly givenCents: number; readonly reservedCents: number };

/** What somebody wants to give, and what they declared. */
export type Ask = {
  readonly cents: number;
  /** France: of French nationality, or living in France. United States: a citizen or permanent resident. */
  readonly eligible: boolean;
  readonly ownMoney: boolean;
};

export const REFUSED_BY = [
  'not_organised',
  'not_yet',
  'over',
  'not_eligible',
  'not_own_money',
  'too_small',
  'too_large',
  'over_ceiling',
] as const;
/** The rule that refuses a gift. */
export type RefusedBy = (typeof REFUSED_BY)[number];

export type GiftDecision =
  | { readonly type: 'accepted' }
  | {
      readonly type: 'refused';
      readonly rule: RefusedBy;
      /** What is still possible; absent: there is no ceiling, or no gift at all is possible. */
      readonly leftCents?: number;
    };

/** What gateways take at the least, and at the most. */
export const LEAST_CENTS = 100;
export const MOST_CENTS = 99_999_900;

/** Whether a gift may be taken at an instant, and if not, by which rule. */
export function decideDonation(
  rules: DonationRules | undefined,
  standing: Standing,
  ask: Ask,
  at: number,
): GiftDecision {
  const closed = closedBy(rules, at);
  if (rules === undefined || closed !== undefined) return refused(closed ?? 'not_organised');
  if (rules.declares && !ask.eligible) return refused('not_eligible');
  if (rules.declares && !ask.ownMoney) return refused('not_own_money');
  const leftCents = leftToGive(rules, standing);
  const left = leftCents === undefined ? {} : { leftCents };
  if (!Number.isSafeInteger(ask.cents) || ask.cents < LEAST_CENTS) {
    return { type: 'refused', rule: 'too_small', ...left };
  }
  if (leftCents !== undefined && ask.cents > leftCents) {
    return { type: 'refused', rule: 'over_ceiling', leftCents };
  }
  if (ask.cents > MOST_CENTS) return { type: 'refused', rule: 'too_large', leftCents: MOST_CENTS };
  return { type: 'accepted' };
}

/** Why no gift at all is taken at an instant; undefined when gifts are taken. */
export function closedBy(
  rules: DonationRules | undefined,
  at: number,
): Extract<RefusedBy, 'not_organised' | 'not_yet' | 'over'> | undefined {
  if (rules === undefined) return 'not_organised';
  if (rules.opens !== undefined && at < rules.opens) return 'not_yet';
  if (rules.closes !== undefined && at >= rules.closes) return 'over';
  return undefined;
}

/** What somebody may still give; undefined where there is no ceiling. */
export function leftToGive(
  { ceilingCents }: Pick<DonationRules, 'ceilingCents'>,
  { givenCents, reservedCents }: Standing,
): number | undefined {
  if (ceilingCents === undefined) return undefined;
  return Math.max(0, ceilingCents - givenCents - reservedCents);
}

/** What was given beyond the ceiling, and is to be returned once the agent says so. */
export function excessOf(
  { ceilingCents }: Pick<DonationRules, 'ceilingCents'>,
  { givenCents }: Pick<Standing, 'givenCents'>,
): number {
  return ceilingCents === undefined ? 0 : Math.max(0, givenCents - ceilingCents);
}

function refused(rule: RefusedBy): GiftDecision {
  return { type: 'refused', rule };
}
