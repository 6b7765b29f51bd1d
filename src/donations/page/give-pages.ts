import type { Campaign } from '../../engine/campaign.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Book } from '../book/book.js';
import { donationReference, type DonationRow } from '../book/donation.js';
import type { Donations } from '../book/donations.js';
import type { Begun, Form } from '../checkout/begin.js';
import { isTrial } from '../checkout/is-trial.js';
import type { Settling } from '../checkout/settle.js';
import type { RefusedBy } from '../rules/decide-donation.js';
import type { DonationRules } from '../rules/donation-rules.js';
import { attestationOf, drawForm } from './draw-form.js';
import type { GiveView } from './view.js';
import { GIVE_WORDS, type GiveLanguage, type GiveWords } from './words.js';
import { writeAmount } from './write-amount.js';

export type GivePagesOptions = {
  readonly tables: Donations;
  readonly book: Book;
  readonly begin: (
    id: string,
    form: Form,
    attestation: { readonly wording: string; readonly language: string },
  ) => Promise<Begun>;
  readonly settling: Pick<Settling, 'settle' | 'ask'>;
  /** The donation that the token of a link names; undefined when it is forged or too old. */
  readToken(token: string): string | undefined;
  /** The page of a donation, without a slash at the end. */
  pageOf(row: Pick<DonationRow, '_id' | 'at'>): string;
  /** Whether a payment may be made now. */
  isSilent(supporter: string): Promise<boolean>;
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Where the conversation is in which a gift was asked for. */
  chatOf(row: Pick<DonationRow, 'reach'>, language: GiveLanguage): Promise<string>;
  campaign(): Campaign;
  /** The rules of a gift now; undefined when nobody may take any. */
  rules(): DonationRules | undefined;
  /** A page cannot be drawn as it should; told, and the donor sees a kind sentence. */
  report(error: unknown): void;
  now(): number;
};

/** What the page of the sandbox sends. */
const ANSWERS = ['pay', 'decline', 'give_up'] as const;

/** Stands for the address of the conversation, until a page is shown. */
const CHAT = '#chat';

/**
 * Makes the pages of a payment: who gives, what the law says, and the way to the gateway; for the sandbox
 * also the page that plays one. Whoever has the link has the donation, and nothing else: no cookie is set, and
 * no other site can post in a donor's name.
 */
export function createGivePages(options: GivePagesOptions) {
  const { tables, book, settling, campaign, now } = options;

  async function rowOf(token: string): Promise<DonationRow | undefined> {
    const id = options.readToken(token);
    return id === undefined ? undefined : tables.donations.get(id);
  }

  function noticeOf(
    status: number,
    title: string,
    text: string,
    language: GiveLanguage,
    link?: { readonly url: string; readonly label: string },
  ): GiveView {
    const back = { url: CHAT, label: GIVE_WORDS[language].home };
    return { type: 'notice', status, title, text, link: link ?? back };
  }

  const lapsed = (language: GiveLanguage, words = GIVE_WORDS[language]): GiveView =>
    noticeOf(410, words.lapsed, words.lapsedText, language);

  /** What there is to say of a donation that needs nothing more; undefined while it can be paid. */
  function settledView(row: DonationRow, language: GiveLanguage): GiveView | undefined {
    const words = GIVE_WORDS[language];
    if (row.state === 'paid') {
      const amount = writeAmount(row.paid_cents ?? row.cents, row.currency, language);
      const text = words.paidText(amount, donationReference(row._id));
      return noticeOf(200, words.paid, text, language);
    }
    if (row.state === 'pending') {
      return noticeOf(200, words.pending, words.pendingText, language);
    }
    return undefined;
  }

  async function form(
    row: DonationRow,
    language: GiveLanguage,
    sent?: { readonly values: Form } & Pick<
      Extract<Begun, { type: 'faults' }>,
      'faults' | 'attested'
    >,
  ): Promise<GiveView> {
    const rules = options.rules();
    if (rules === undefined) return refusedView('not_organised', undefined, row, language);
    const record = await options.find(row.supporter);
    const rows = await book.change(row.supporter, row.election, (person) => ({
      answer: person.rows,
    }));
    return drawForm({
      row,
      rows,
      rules,
      campaign: campaign(),
      language,
      // Only what the chat itself knows: a link may be passed on.
      values: sent?.values ?? { first_name: record?.first_name, last_name: record?.last_name },
      faults: sent?.faults ?? {},
      unattested: sent !== undefined && !sent.attested,
      trial: isTrial(row.gateway),
      now: now(),
    });
  }

  function refusedView(
    rule: RefusedBy,
    leftCents: number | undefined,
    { currency }: DonationRow,
    language: GiveLanguage,
  ): GiveView {
    const words = GIVE_WORDS[language];
    return noticeOf(409, words.refused, textOf(rule, words), language);
    function textOf(by: RefusedBy, { overCeiling, ceilingReached, closed }: GiveWords): string {
      if (by !== 'over_ceiling' && by !== 'too_large') return closed;
      if (leftCents === undefined || leftCents <= 0) return ceilingReached;
      return overCeiling(writeAmount(leftCents, currency, language));
    }
  }

  const silence = (language: GiveLanguage, words = GIVE_WORDS[language]): GiveView =>
    noticeOf(409, words.silence, words.silenceText, language);

  /** The page with the way back to the conversation that the gift was asked for in. */
  async function leadBack(
    token: string,
    language: GiveLanguage,
    made: Promise<GiveView>,
  ): Promise<GiveView> {
    const view = await made;
    if (view.type !== 'notice' || view.link.url !== CHAT) return view;
    const url = await options.chatOf((await rowOf(token)) ?? {}, language);
    return { ...view, link: { ...view.link, url } };
  }

  const pages = {
    /** The page that the link in the chat opens. */
    async open(token: string, language: GiveLanguage): Promise<GiveView> {
      const row = await rowOf(token);
      if (row === undefined) return lapsed(language);
      const settled = settledView(row, language);
      if (settled !== undefined) return settled;
      if (await options.isSilent(row.supporter)) return silence(language);
      return form(row, language);
    },

    /** The donor sent the form: on to the gateway, or once more with what is missing. */
    async submit(token: string, values: Form, language: GiveLanguage): Promise<GiveView> {
      const words = GIVE_WORDS[language];
      const row = await rowOf(token);
      if (row === undefined) return lapsed(language);
      if (values['answer'] === 'give_up') {
        await settling.settle({ donation: row._id }, { type: 'expired' });
        const after = await rowOf(token);
        return (
          (after === undefined ? undefined : settledView(after, language)) ??
          noticeOf(200, words.givenUp, words.givenUpText, language)
        );
      }
      const rules = options.rules();
      if (rules === undefined) return refusedView('not_organised', undefined, row, language);
      const wording = attestationOf(rules, language);
      let begun: Begun;
      try {
        begun = await options.begin(row._id, values, { wording, language });
      } catch (error) {
        options.report(error);
        return noticeOf(503, words.open, words.openText, language, {
          url: `${options.pageOf(row)}?lang=${language}`,
          label: words.again,
        });
      }
      switch (begun.type) {
        case 'go':
          return {
            type: 'go',
            status: 200,
            title: words.going,
            url: isTrial(row.gateway) ? `${begun.url}?lang=${language}` : begun.url,
            link: words.goingLink,
          };
        case 'faults':
          return form(row, language, { values, ...begun });
        case 'refused':
          return refusedView(begun.rule, begun.leftCents, row, language);
        case 'silence':
          return silence(language);
        case 'settled': {
          const after = await rowOf(token);
          return (after && settledView(after, language)) ?? lapsed(language);
        }
        default:
          return begun satisfies never;
      }
    },

    /** The page that plays a gateway. */
    async trial(token: string, language: GiveLanguage, problem?: string): Promise<GiveView> {
      const words = GIVE_WORDS[language];
      const row = await rowOf(token);
      if (row === undefined || !isTrial(row.gateway)) return lapsed(language);
      const settled = settledView(row, language);
      if (settled !== undefined) return settled;
      if (row.state !== 'open' || row.session === undefined || row.until.getTime() <= now()) {
        return form(row, language);
      }
      const amount = writeAmount(row.cents, row.currency, language);
      return {
        type: 'pay',
        status: problem === undefined ? 200 : 402,
        title: words.pay(amount),
        lead: words.payLead,
        trial: words.trial,
        ...(problem === undefined ? {} : { problem }),
        answers: [
          { value: 'pay', label: words.pay(amount) },
          { value: 'decline', label: words.decline },
          { value: 'give_up', label: words.giveUp },
        ],
      };
    },

    /** What the donor chose there. */
    async answer(token: string, values: Form, language: GiveLanguage): Promise<GiveView> {
      const words = GIVE_WORDS[language];
      const row = await rowOf(token);
      const answer = ANSWERS.find((one) => one === values['answer']);
      if (row === undefined || !isTrial(row.gateway) || answer === undefined) {
        return lapsed(language);
      }
      const settled = settledView(row, language);
      if (settled !== undefined) return settled;
      if (row.state !== 'open' || row.session === undefined) return form(row, language);
      if (await options.isSilent(row.supporter)) return silence(language);
      const about = { donation: row._id };
      switch (answer) {
        case 'pay': {
          const payment = `${row.session}_payment`;
          const { cents, currency } = row;
          const notice = { type: 'paid', cents, currency, payment, method: 'card' } as const;
          await settling.settle(about, notice);
          break;
        }
        case 'decline':
          return pages.trial(token, language, words.declined);
        case 'give_up':
          await settling.settle(about, { type: 'expired' });
          break;
        default:
          answer satisfies never;
      }
      return pages.back(token, language);
    },

    /** Where the gateway brings the donor back to. */
    async back(token: string, language: GiveLanguage): Promise<GiveView> {
      const words = GIVE_WORDS[language];
      const row = await rowOf(token);
      if (row === undefined) return lapsed(language);
      // It may know before its call comes through; of the sandbox we know all.
      if (!isTrial(row.gateway)) {
        await settling.ask(row._id).catch((error: unknown) => options.report(error));
      }
      const after = await rowOf(token);
      if (after === undefined) return lapsed(language);
      const settled = settledView(after, language);
      if (settled !== undefined) return settled;
      if (after.state === 'open') {
        return noticeOf(200, words.open, words.openText, language, {
          url: `${options.pageOf(row)}?lang=${language}`,
          label: words.again,
        });
      }
      return noticeOf(200, words.givenUp, words.givenUpText, language);
    },
  };

  return {
    open: (token: string, language: GiveLanguage) =>
      leadBack(token, language, pages.open(token, language)),
    submit: (token: string, sent: Form, language: GiveLanguage) =>
      leadBack(token, language, pages.submit(token, sent, language)),
    trial: (token: string, language: GiveLanguage) =>
      leadBack(token, language, pages.trial(token, language)),
    answer: (token: string, sent: Form, language: GiveLanguage) =>
      leadBack(token, language, pages.answer(token, sent, language)),
    back: (token: string, language: GiveLanguage) =>
      leadBack(token, language, pages.back(token, language)),
  };
}
