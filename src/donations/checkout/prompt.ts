import { Withheld, type Permit, type Refusal } from '../../engine/calendar/permit.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Json } from '../../engine/json.js';
import { isGiven } from '../../supporters/consents-in-force.js';
import type { Reach, SupporterRecord } from '../../supporters/record.js';
import type { Book } from '../book/book.js';
import { standingOf, type DonationRow } from '../book/donation.js';
import { closedBy, decideDonation, leftToGive, type RefusedBy } from '../rules/decide-donation.js';
import type { DonationRules } from '../rules/donation-rules.js';
import { suggestAmounts } from '../rules/suggest-amounts.js';
import { isTrial } from './is-trial.js';

/** How long a checkout holds its amount. */
export const HELD_MS = 30 * 60_000;

/** One act of a flow, as its handler gets it. */
export type Asked = {
  readonly supporter: string;
  /** The same when it is done again after a crash. */
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
};
export type Given = { readonly [name: string]: Json };

export type PromptOptions = {
  readonly book: Book;
  readonly gateway: string;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Which of somebody's ids an address had. */
  giver(record: SupporterRecord, reach: Reach): Promise<string>;
  /** Asks the guard whether a payment page may be opened. */
  mayOpen(supporter: string): Promise<Permit | Refusal>;
  campaign(): Campaign;
  /** The rules of a gift now; undefined when nobody may take any. */
  rules(): DonationRules | undefined;
  newId(): string;
  /** The address of the page on which a donation is paid. */
  pageOf(row: Pick<DonationRow, '_id' | 'at'>): string;
  now(): number;
};

/** What flows ask before a gift; each may be repeated under its key, and throws when it cannot be done. */
export function createPrompt(options: PromptOptions) {
  const { book, campaign, now } = options;

  async function find(supporter: string): Promise<SupporterRecord> {
    const record = await options.find(supporter);
    if (record === undefined || record.erasing !== undefined) {
      throw new Error('There is no such supporter.');
    }
    return record;
  }

  return {
    /** `donation.offer`: whether gifts are taken from them now, and amounts that suit them. */
    async offer({ supporter }: Asked): Promise<Given> {
      const record = await find(supporter);
      const rules = options.rules();
      const permit = await options.mayOpen(record._id);
      const trial = { trial: isTrial(options.gateway) };
      if (
        rules === undefined ||
        closedBy(rules, now()) !== undefined ||
        permit.type === 'refused' ||
        record.handoff !== undefined
      ) {
        return { state: 'closed', ...trial };
      }
      return book.change(record._id, rules.election, ({ rows }) => {
        const left = leftToGive(rules, standingOf(rows, now()));
        const paid = rows.filter(({ state }) => state === 'paid');
        const amounts = suggestAmounts(
          paid.map(({ paid_cents: cents = 0 }) => cents),
          left,
          campaign().donations?.amounts,
        );
        return {
          answer: {
            state: amounts.length === 0 ? 'over_ceiling' : 'open',
            amounts: amounts.map(String),
            gifts: paid.length,
            ...leftOf(rules, left),
            ...trial,
          },
        };
      });
    },

    /** `donation.prompt`: holds the amount and gives the page on which it is paid; else says why not. */
    async prompt(asked: Asked): Promise<Given> {
      const record = await find(asked.supporter);
      if (!isGiven(record.consents, 'donation')) throw new Error('Nobody agreed to it.');
      const permit = await options.mayOpen(record._id);
      if (permit.type === 'refused') throw new Withheld(permit);
      const rules = options.rules();
      // Somebody of the team is talking with them: it is not the moment.
      if (rules === undefined || record.handoff !== undefined) return { state: 'closed' };
      const { last, language } = record;
      const supporter = await options.giver(record, last);
      const id = options.newId();
      const { pledge } = asked.with;
      const ask = {
        cents: numberOf(asked.with['amount']),
        eligible: asked.with['eligible'] === true,
        ownMoney: asked.with['own_money'] === true,
      };
      return book.change(supporter, rules.election, ({ rows }) => {
        const done = rows.find(({ key }) => key === asked.key);
        if (done !== undefined) return { answer: ready(done, rules) };
        const decision = decideDonation(rules, standingOf(rows, now()), ask, now());
        if (decision.type === 'refused') {
          const { rule, leftCents } = decision;
          return { answer: { state: stateOf(rule), ...leftOf(rules, leftCents) } };
        }
        const at = new Date(now());
        const row: DonationRow = {
          _id: id,
          key: asked.key,
          supporter,
          election: rules.election,
          ...(rules.ceilingCents === undefined ? {} : { ceiling_cents: rules.ceilingCents }),
          state: 'open',
          cents: ask.cents,
          currency: rules.currency,
          gateway: options.gateway,
          until: new Date(now() + HELD_MS),
          declared: { eligible: ask.eligible, own_money: ask.ownMoney, at },
          begun: 0,
          refunds: [],
          disputes: [],
          ...(typeof pledge === 'string' ? { pledge } : {}),
          reach: last,
          language,
          at,
        };
        return { answer: ready(row, rules), changes: { insert: row } };
      });
    },
  };

  function ready(row: DonationRow, rules: DonationRules): Given {
    return {
      state: 'ready',
      url: `${options.pageOf(row)}?lang=${encodeURIComponent(row.language)}`,
      trial: isTrial(options.gateway),
      ...leftOf(rules, undefined),
    };
  }
}

/** What flows hear of a rule that refuses: reasons that somebody can do nothing about are one. */
function stateOf(rule: RefusedBy): string {
  switch (rule) {
    case 'not_organised':
    case 'not_yet':
    case 'over':
      return 'closed';
    case 'too_large':
      return 'over_ceiling';
    case 'not_eligible':
    case 'not_own_money':
    case 'too_small':
    case 'over_ceiling':
      return rule;
    default:
      return rule satisfies never;
  }
}

function leftOf({ ceilingCents }: DonationRules, left: number | undefined): Given {
  return {
    ...(left === undefined ? {} : { left }),
    ...(ceilingCents === undefined ? {} : { ceiling: ceilingCents }),
  };
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}
