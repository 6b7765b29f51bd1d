import type { Phrase } from '../engine/flow.js';
import type { Signer } from '../sign.js';
import type { Table } from '../store/table.js';
import { sendOnce, type MailRow, type SendMail } from './mails.js';
import type { SupporterRecord } from './record.js';
import { readToken, writeToken } from './signed-link.js';

/** How long the link in a confirmation mail is good for. */
const LINK_LIFE_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
/** Mails to one address in a day, whoever names it: anybody can type the address of somebody else. */
const MAILS_A_DAY = 3;

export type EmailConfirmationOptions = {
  readonly mails: Table<MailRow>;
  readonly signer: Signer;
  readonly publicUrl: string;
  readonly campaign: () => string;
  /** `confirm_email.subject`, `.text` and `.confirm` of the shared words in a language. */
  words(language: string, key: string): Phrase | undefined;
  get(supporter: string): Promise<SupporterRecord | undefined>;
  /** Changes the record in one guarded write. */
  change(supporter: string, change: (record: SupporterRecord) => SupporterRecord): Promise<void>;
  readonly send: SendMail;
  /** Makes a confirmed address the supporter's own; may be done again. */
  taken(supporter: string, email: string): Promise<void>;
  now(): number;
};

/** Double opt-in: a mail with a signed link, and what the link does. */
export type EmailConfirmation = {
  /** The action `email.confirm`: sends the mail, once for one key. */
  ask(act: { readonly supporter: string; readonly key: string }): Promise<void>;
  /** Whether a link is good; nothing is changed, for mail scanners follow links. */
  isGood(token: string): Promise<boolean>;
  /** Marks the address as confirmed; false when the link is not good, or not any more. */
  confirm(token: string): Promise<boolean>;
};

/** Confirms e-mail addresses by a link that names the supporter and the address it was sent to. */
export function createEmailConfirmation(options: EmailConfirmationOptions): EmailConfirmation {
  const { mails, signer, now } = options;

  function read(token: string): { supporter: string; email: string } | undefined {
    const [supporter, email] = readToken(signer, token, now()) ?? [];
    return supporter === undefined || email === undefined ? undefined : { supporter, email };
  }

  return {
    async ask({ supporter, key }) {
      const record = await options.get(supporter);
      if (record?.email === undefined || record.email_confirmed_at !== undefined) return;
      if (record.erasing !== undefined) return;
      const { language, email } = record;
      const subject = options.words(language, 'confirm_email.subject');
      const text = options.words(language, 'confirm_email.text');
      const label = options.words(language, 'confirm_email.confirm');
      if (subject === undefined || text === undefined) {
        throw new Error(`common.yaml has no confirm_email words in "${language}".`);
      }
      const to = signer.sign(email);
      const since = new Date(now() - DAY_MS);
      if ((await mails.count({ to, at: { $gt: since } })) >= MAILS_A_DAY) return;
      const row: MailRow = { _id: key, supporter, to, state: 'sending', at: new Date(now()) };
      const campaign = options.campaign();
      const token = writeToken(signer, [supporter, email], now() + LINK_LIFE_MS);
      const link = `${options.publicUrl}/confirm/${token}`;
      await sendOnce(mails, row, options.send, {
        to: email,
        language,
        subject: subject.render({ campaign }),
        text: text.render({ campaign, link }),
        ...(label === undefined ? {} : { action: { label: label.render({}), url: link } }),
        kind: 'asked_for',
      });
    },
    async isGood(token) {
      const named = read(token);
      if (named === undefined) return false;
      return (await options.get(named.supporter))?.email === named.email;
    },
    async confirm(token) {
      const named = read(token);
      if (named === undefined) return false;
      let confirmed = false;
      await options.change(named.supporter, (record) => {
        confirmed = record.email === named.email;
        if (!confirmed || record.email_confirmed_at !== undefined) return record;
        return { ...record, email_confirmed_at: new Date(now()) };
      });
      if (confirmed) await options.taken(named.supporter, named.email);
      return confirmed;
    },
  };
}
