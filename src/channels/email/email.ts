import type { Channel, Host, OpenedChannel, Pacing, Permit, SendResult } from '../channel.js';
import { writeMail, type EmailWords, type WrittenMail } from './write-mail.js';

/** What may stand in one mail; longer ones are cut by mail programs. */
const TEXT_LIMIT = 20_000;

/** How long all mails wait when the server has no room for any. */
const PAUSE_MS = 10_000;

/** Somebody who may be written to now, and where they go on with the conversation. */
export type Reader = { readonly answerUrl: string };

/** What became of a mail; `everybody`: the server had no room for any other either. */
export type Delivery = Exclude<SendResult, { readonly type: 'withheld' }> & {
  readonly everybody?: boolean;
};

export type EmailOptions = {
  readonly host: Pick<Host, 'tell'>;
  readonly throttle: Pacing;
  /**
   * Who reads mail to this address, asked right before it leaves: `nobody` confirmed it, or they agreed
   * to no e-mail (any more).
   */
  reader(address: string): Promise<Reader | 'nobody' | 'silenced'>;
  deliver(mail: WrittenMail, permit: Permit): Promise<Delivery>;
  words(language: string): EmailWords;
};

/**
 * Opens e-mail: it only sends, for answers to mail are not read. Every mail has a button that goes on with
 * the conversation in web chat, where its question is asked with real buttons.
 */
export function openEmail(options: EmailOptions): OpenedChannel {
  const { host, throttle } = options;
  let isTold = false;

  /** Tells the operator once of what only they can mend, until a mail goes out again. */
  function tellOf(delivery: Delivery): void {
    const isBroken = delivery.type === 'failed' && delivery.reason === 'misconfigured';
    if (isBroken && !isTold) {
      host.tell(
        'error',
        'email: the mail server does not let us in or does not let us send as MAIL_FROM; check SMTP_URL and MAIL_FROM',
      );
    }
    if (isBroken || delivery.type === 'sent') isTold = isBroken;
  }

  const channel: Channel = {
    name: 'email',
    limits: {
      text: TEXT_LIMIT,
      buttons: 0,
      buttonLabel: 0,
      listRows: 0,
      listLabel: 0,
      oneMessageATurn: true,
    },
    exact: false,
    send(address, message, mayLeave) {
      if (message.type === 'echo') return Promise.resolve({ type: 'sent' });
      return throttle.run(message.bulk === true, async (): Promise<SendResult> => {
        const reader = await options.reader(address);
        if (reader === 'nobody') return { type: 'failed', reason: 'unreachable' };
        // Not `blocked`: the address is good, and a later yes opens it again.
        if (reader === 'silenced') return { type: 'failed', reason: 'rejected' };
        const permit = mayLeave();
        if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
        const words = options.words(message.language);
        const delivery = await options.deliver(
          writeMail(address, message, reader.answerUrl, words),
          permit,
        );
        tellOf(delivery);
        const { everybody, ...result } = delivery;
        if (everybody === true && result.type === 'failed') {
          throttle.pause(result.retryAfterMs ?? PAUSE_MS);
        }
        return result;
      });
    },
    // Nobody sees that a mail is being written.
    showTyping: () => undefined,
  };
  return { channel, close: async () => undefined };
}
