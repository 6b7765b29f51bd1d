import type { Phrase } from '../engine/flow.js';
import type { Signer } from '../sign.js';
import type { Table } from '../store/table.js';
import { sendOnce, type MailRow, type SendMail } from './mails.js';
import type { SupporterRecord } from './record.js';

/** What telling staff needs; `staffEmail` absent: no mail is sent. */
export type TellStaffOptions = {
  readonly mails: Table<MailRow>;
  readonly signer: Signer;
  readonly staffEmail: string | undefined;
  /** `handoff.subject` and `handoff.text` of the shared words, in the team's language. */
  words(key: string): Phrase | undefined;
  readonly campaign: () => string;
  /** The team's language. */
  language(): string;
  get(supporter: string): Promise<SupporterRecord | undefined>;
  readonly send: SendMail;
  /** Raises the alert; it may name the supporter's id, and nothing else of the person. */
  alert(supporter: string): void;
  now(): number;
};

/**
 * Makes the part of `staff.handoff` that concerns others than the supporter: an alert, and one mail for
 * one handoff, which says no more than that somebody waits, under which reference.
 */
export function createTellStaff(options: TellStaffOptions) {
  const { mails, signer, staffEmail, now } = options;
  return async ({ supporter, key }: { readonly supporter: string; readonly key: string }) => {
    const record = await options.get(supporter);
    // The team is through with it already, or the supporter is being erased.
    if (record?.handoff === undefined || record.erasing !== undefined) return;
    options.alert(supporter);
    const subject = options.words('handoff.subject');
    const text = options.words('handoff.text');
    if (staffEmail === undefined || subject === undefined || text === undefined) return;
    const to = signer.sign(staffEmail);
    const row: MailRow = { _id: key, supporter, to, state: 'sending', at: new Date(now()) };
    const campaign = options.campaign();
    await sendOnce(mails, row, options.send, {
      to: staffEmail,
      language: options.language(),
      subject: subject.render({ campaign }),
      text: text.render({ campaign, reference: referenceOf(supporter) }),
      kind: 'staff',
    });
  };
}

/** How staff name somebody who waits; the beginning of the supporter's id. */
export function referenceOf(supporter: string): string {
  return supporter.slice(0, 8);
}
