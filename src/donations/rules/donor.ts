import { COUNTRY_CODES, FRENCH_HOMES } from './country-codes.js';
import type { DonationRules } from './donation-rules.js';

export const DONOR_FIELDS = [
  'first_name',
  'last_name',
  'nationality',
  'street',
  'postal_code',
  'city',
  'country',
  'employer',
  'occupation',
] as const;
/** What a donor tells of themselves on the payment page; `nationality` and `country` are codes of ISO 3166-1. */
export type DonorField = (typeof DONOR_FIELDS)[number];
export type Donor = { readonly [field in DonorField]?: string };

/** Why a field is refused. */
export type DonorFault = 'missing' | 'too_long' | 'unknown' | 'not_eligible';

export type DonorReading =
  | { readonly type: 'read'; readonly donor: Donor }
  | { readonly type: 'refused'; readonly faults: { readonly [field in DonorField]?: DonorFault } };

const LONGEST = 120;
/** Above this in all, the United States want employer and occupation (domain-facts: unverified). */
const ITEMISED_CENTS = 20_000;

const NAME: readonly DonorField[] = ['first_name', 'last_name'];
const HOME: readonly DonorField[] = ['street', 'postal_code', 'city', 'country'];
const CODES: readonly DonorField[] = ['nationality', 'country'];

/**
 * What the law has recorded of a donor whose gifts come to so much with this one.
 *
 * France (art. R. 39-1 of the code électoral, https://justice.pappers.fr/loi/LEGITEXT000006070239/section/LEGISCTA000006148580/article/LEGIARTI000036407989):
 * identity, nationality and the address of the tax home. United States: name and address, and employer
 * and occupation above 200 USD.
 */
export function requiredFields(
  { country }: Pick<DonationRules, 'country'>,
  totalCents: number,
): readonly DonorField[] {
  switch (country) {
    case 'fr':
      return [...NAME, 'nationality', ...HOME];
    case 'us':
      return [...NAME, ...HOME, ...(totalCents > ITEMISED_CENTS ? WORK : [])];
    case 'none':
      return NAME;
    default:
      return country satisfies never;
  }
}
const WORK: readonly DonorField[] = ['employer', 'occupation'];

/** Reads what a donor filled in; tells every fault at once, by field. */
export function readDonor(
  given: { readonly [field: string]: unknown },
  rules: Pick<DonationRules, 'country'>,
  totalCents: number,
): DonorReading {
  const required = requiredFields(rules, totalCents);
  const values = required.map((field) => [field, tidy(given[field])] as const);
  const faults = values.flatMap(([field, value]) => {
    const fault = faultOf(field, value);
    return fault === undefined ? [] : [[field, fault] as const];
  });
  if (faults.length > 0) return { type: 'refused', faults: Object.fromEntries(faults) };
  const donor: Donor = Object.fromEntries(values);
  if (isEligible(donor, rules)) return { type: 'read', donor };
  return {
    type: 'refused',
    faults: { nationality: 'not_eligible', country: 'not_eligible' },
  };
}

/** In France only who is French, or lives there, may give (art. L. 52-8, first paragraph). */
function isEligible(
  { nationality, country: home }: Donor,
  { country }: Pick<DonationRules, 'country'>,
): boolean {
  return country !== 'fr' || nationality === 'FR' || FRENCH_HOMES.includes(home ?? '');
}

function faultOf(field: DonorField, value: string): DonorFault | undefined {
  if (value === '') return 'missing';
  if (value.length > LONGEST) return 'too_long';
  return CODES.includes(field) && !COUNTRY_CODES.includes(value) ? 'unknown' : undefined;
}

/** Without control characters, and with single spaces. */
function tidy(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}
