import type { Signer } from '../sign.js';
import { boundConsents } from './bounds.js';
import type { SupporterRecord } from './record.js';
import { readToken, writeToken } from './signed-link.js';
import type { Supporters } from './supporters.js';
import { BY_LINK, silenceChannel } from './withdraw-consents.js';

/** A link works for as long as somebody may find an old mail. */
const LINK_LIFE_MS = 3 * 366 * 86_400_000;

export type UnsubscribeOptions = {
  readonly supporters: Pick<Supporters, 'table'>;
  readonly signer: Signer;
  readonly publicUrl: string;
  /** Changes the record in one guarded write. */
  change(supporter: string, change: (record: SupporterRecord) => SupporterRecord): Promise<void>;
  now(): number;
};

/** Silences e-mail to an address by a signed link: with one click (RFC 8058), or by its page. */
export type Unsubscribe = {
  /** The link of a mail to this address. */
  url(address: string, language: string): string;
  /** Whether a link is ours; nothing is changed, for mail scanners follow links. */
  isGood(token: string): boolean;
  /**
   * Withdraws what everybody with this address agreed to get by e-mail, and nothing else; false when the
   * link is not ours. Doing it again changes nothing.
   */
  silence(token: string): Promise<boolean>;
};

export function createUnsubscribe(options: UnsubscribeOptions): Unsubscribe {
  const { supporters, signer, publicUrl, now } = options;

  function addressOf(token: string): string | undefined {
    return readToken(signer, token, now())?.[0];
  }

  return {
    url(address, language) {
      const token = writeToken(signer, [address], now() + LINK_LIFE_MS);
      return `${publicUrl}/unsubscribe/${token}?lang=${encodeURIComponent(language)}`;
    },
    isGood: (token) => addressOf(token) !== undefined,
    async silence(token) {
      const email = addressOf(token);
      if (email === undefined) return false;
      const proof = { wording: '', version: BY_LINK, source: 'unsubscribe' };
      for (const { _id } of await supporters.table.find({ email })) {
        await options.change(_id, (record) => {
          if (record.email !== email) return record;
          const changed = silenceChannel(record, 'email', proof, new Date(now()));
          return { ...changed, consents: boundConsents(changed.consents) };
        });
      }
      return true;
    },
  };
}
