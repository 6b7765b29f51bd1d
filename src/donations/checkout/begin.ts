import type { Permit, Refusal } from '../../engine/calendar/permit.js';
import type { Book } from '../book/book.js';
import { standingOf, type DonationRow } from '../book/donation.js';
import type { Donations } from '../book/donations.js';
import type { Gateway } from '../gateway/gateway.js';
import { decideDonation, type RefusedBy } from '../rules/decide-donation.js';
import type { DonationRules } from '../rules/donation-rules.js';
import { readDonor, type Donor, type DonorFault, type DonorField } from '../rules/donor.js';

/** The page of a gateway is open a little longer than the half hour that Stripe asks for at least. */
const OPEN_MS = 31 * 60_000;
/** What happens in the last moment is still told within this. */
const GRACE_MS = 5 * 60_000;

/** What a donor sends from the page: the fields, and whether they attest. */
export type Form = { readonly [field: string]: unknown };

/** What comes of beginning a payment. */
export type Begun =
  | { readonly type: 'go'; readonly url: string }
  | {
      readonly type: 'faults';
      readonly faults: { readonly [field in DonorField]?: DonorFault };
      readonly attested: boolean;
    }
  | { readonly type: 'refused'; readonly rule: RefusedBy; readonly leftCents?: number }
  | { readonly type: 'silence' }
  /** It is paid, or being paid, already. */
  | { readonly type: 'settled' };

export type BeginOptions = {
  readonly book: Book;
  readonly tables: Donations;
  readonly gateway: Gateway;
  mayOpen(supporter: string): Promise<Permit | Refusal>;
  /** The rules of a gift now; undefined when nobody may take any. */
  rules(): DonationRules | undefined;
  /** What the page of the gateway says is paid for. */
  title(row: DonationRow, language: string): string;
  /** Where the donor comes back to; always the same for a donation, as gateways compare what is repeated. */
  returnUrl(row: DonationRow): string;
  cancelUrl(row: DonationRow): string;
  now(): number;
};

type Held = { readonly type: 'held'; readonly row: DonationRow };

/**
 * Begins the payment of a donation: keeps who gives and what they attest, holds the amount, if need be
 * anew, and opens the page of the gateway. Done twice, it leads to the same page.
 */
export function createBegin(options: BeginOptions) {
  const { book, tables, gateway, now } = options;

  /** Keeps the form and holds the amount, all or nothing. */
  async function hold(
    found: DonationRow,
    form: Form,
    attestation: { readonly wording: string; readonly language: string },
  ): Promise<Begun | Held> {
    const { _id, supporter, election } = found;
    return book.change<Begun | Held>(supporter, election, ({ rows }) => {
      const row = rows.find((one) => one._id === _id);
      if (row === undefined || row.state === 'paid' || row.state === 'pending') {
        return { answer: { type: 'settled' } };
      }
      const rules = options.rules();
      const standing = standingOf(rows, now(), _id);
      const { eligible, own_money: ownMoney } = row.declared;
      const decision = decideDonation(
        rules,
        standing,
        { cents: row.cents, eligible, ownMoney },
        now(),
      );
      if (decision.type === 'refused') return { answer: decision };
      // The election it was asked for is over meanwhile.
      if (rules === undefined || rules.election !== election) {
        return { answer: { type: 'refused', rule: 'over' } };
      }
      const reading = readDonor(form, rules, standing.givenCents + row.cents);
      const attested = form['attest'] === 'yes';
      if (reading.type === 'refused') {
        return { answer: { type: 'faults', faults: reading.faults, attested } };
      }
      if (!attested) return { answer: { type: 'faults', faults: {}, attested } };
      const next = held(row, reading.donor, { ...attestation, at: new Date(now()) });
      return { answer: { type: 'held', row: next }, changes: { replace: next } };
    });
  }

  function held(
    row: DonationRow,
    donor: Donor,
    attested: NonNullable<DonationRow['declared']['attested']>,
  ): DonationRow {
    const declared = { ...row.declared, attested };
    // The page of the gateway that is open already is the one to be paid on.
    const isOpen = row.state === 'open' && row.until.getTime() > now();
    if (isOpen && row.begun > 0) return { ...row, donor, declared };
    const { session: _session, url: _url, ...rest } = row;
    const until = new Date(now() + OPEN_MS + GRACE_MS);
    return { ...rest, donor, declared, state: 'open', begun: row.begun + 1, until };
  }

  return async (
    id: string,
    form: Form,
    attestation: { readonly wording: string; readonly language: string },
  ): Promise<Begun> => {
    const found = await tables.donations.get(id);
    if (found === undefined) return { type: 'refused', rule: 'not_organised' };
    if ((await options.mayOpen(found.supporter)).type === 'refused') return { type: 'silence' };
    const outcome = await hold(found, form, attestation);
    if (outcome.type !== 'held') return outcome;
    const { row } = outcome;
    if (row.url !== undefined) return { type: 'go', url: row.url };
    const { begun, cents, currency, until } = row;
    const { session, url } = await gateway.open({
      donation: id,
      begun,
      cents,
      currency,
      title: options.title(row, attestation.language),
      language: attestation.language,
      until: new Date(until.getTime() - GRACE_MS),
      returnUrl: options.returnUrl(row),
      cancelUrl: options.cancelUrl(row),
    });
    await tables.donations.set({ _id: id, begun }, { session, url });
    return { type: 'go', url };
  };
}
