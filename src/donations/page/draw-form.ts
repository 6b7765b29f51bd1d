import type { Campaign } from '../../engine/campaign.js';
import { standingOf, type DonationRow } from '../book/donation.js';
import type { Form } from '../checkout/begin.js';
import { COUNTRY_CODES } from '../rules/country-codes.js';
import type { DonationRules } from '../rules/donation-rules.js';
import { requiredFields, type DonorFault, type DonorField } from '../rules/donor.js';
import { noticesOf } from '../rules/notices.js';
import { writeAmount } from './write-amount.js';
import type { GiveField, GiveView } from './view.js';
import { GIVE_WORDS, type GiveLanguage } from './words.js';

const AUTOCOMPLETE: { readonly [field in DonorField]: string } = {
  first_name: 'given-name',
  last_name: 'family-name',
  nationality: 'off',
  street: 'street-address',
  postal_code: 'postal-code',
  city: 'address-level2',
  country: 'country',
  employer: 'organization',
  occupation: 'organization-title',
};
const CODES: readonly DonorField[] = ['nationality', 'country'];

export type DrawnForm = {
  readonly row: DonationRow;
  /** All gifts of the person to the election, this one among them. */
  readonly rows: readonly DonationRow[];
  readonly rules: DonationRules;
  readonly campaign: Campaign;
  readonly language: GiveLanguage;
  readonly values: Form;
  readonly faults: { readonly [field in DonorField]?: DonorFault };
  /** They sent it without the attestation. */
  readonly unattested: boolean;
  readonly trial: boolean;
  readonly now: number;
};

/** Draws the page on which a donor tells who they are. */
export function drawForm(drawn: DrawnForm): GiveView {
  const { row, rules, campaign, language, faults, unattested } = drawn;
  const words = GIVE_WORDS[language];
  const amount = writeAmount(row.cents, row.currency, language);
  const standing = standingOf(drawn.rows, drawn.now, row._id);
  const fields = requiredFields(rules, standing.givenCents + row.cents);
  const count = Object.keys(faults).length + (unattested ? 1 : 0);
  return {
    type: 'form',
    status: count === 0 ? 200 : 422,
    title: words.title(amount, campaign.candidate ?? ''),
    lead: words.lead,
    ...(drawn.trial ? { trial: words.trial } : {}),
    ...(count === 0 ? {} : { problem: words.faultSummary(count) }),
    legal: { title: words.legal, paragraphs: noticesOf(campaign, language) },
    fields: fields.map((field) => drawField(field, drawn)),
    attest: {
      label: attestationOf(rules, language),
      ...(unattested ? { fault: words.attestMissing } : {}),
    },
    why: words.why(campaign.donations?.agent ?? campaign.name),
    submit: words.go(amount),
    giveUp: words.giveUp,
  };
}

/** The words that a donor agrees to; they are kept with the gift. */
export function attestationOf(rules: DonationRules, language: GiveLanguage): string {
  const { ceilingCents, currency, country } = rules;
  const ceiling = ceilingCents === undefined ? '' : writeAmount(ceilingCents, currency, language);
  return GIVE_WORDS[language].attest[country](ceiling);
}

function drawField(field: DonorField, drawn: DrawnForm): GiveField {
  const { language, values, faults, rules } = drawn;
  const words = GIVE_WORDS[language];
  const given = values[field];
  const fault = faults[field];
  const isHere = field === 'country' && given === undefined;
  return {
    name: field,
    label: words.fields[field],
    ...(field === 'street' && rules.country === 'fr' ? { hint: words.homeHint } : {}),
    value: typeof given === 'string' ? given : isHere ? rules.country.toUpperCase() : '',
    ...(fault === undefined ? {} : { fault: words.faults[fault] }),
    autocomplete: AUTOCOMPLETE[field],
    ...(CODES.includes(field)
      ? { options: [{ value: '', label: words.choose }, ...countries(rules.country, language)] }
      : {}),
  };
}

const COUNTRIES = new Map<string, readonly { readonly value: string; readonly label: string }[]>();

/** Countries by their names in a language, the campaign's own first. */
function countries(
  own: DonationRules['country'],
  language: GiveLanguage,
): readonly { readonly value: string; readonly label: string }[] {
  const key = `${own} ${language}`;
  const known = COUNTRIES.get(key);
  if (known !== undefined) return known;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const collator = new Intl.Collator(language);
  const all = COUNTRY_CODES.map((value) => ({ value, label: names.of(value) ?? value })).toSorted(
    (one, other) => collator.compare(one.label, other.label),
  );
  const first = all.filter(({ value }) => value === own.toUpperCase());
  const list = [...first, ...all.filter((one) => !first.includes(one))];
  COUNTRIES.set(key, list);
  return list;
}
