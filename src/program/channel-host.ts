import type { Host, SentState } from '../channels/channel.js';
import type { Conversation } from '../conversation/conversation.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Addresses } from '../supporters/addresses.js';
import { boundConsents } from '../supporters/bounds.js';
import { BY_NETWORK, withdrawConsents } from '../supporters/withdraw-consents.js';

export type ChannelHostOptions = {
  readonly conversation: Pick<Conversation, 'receive' | 'write'>;
  readonly addresses: Pick<Addresses, 'find' | 'setReachable'>;
  /** Keeps what became of a message of ours to many. */
  heed(
    about: { readonly channel: string; readonly address: string; readonly id: string },
    state: SentState,
    reason: string | undefined,
  ): Promise<unknown>;
  /** A supporter is somewhere else now, and shares it. */
  moved(supporter: string, place: { readonly lat: number; readonly lon: number }): Promise<void>;
  readonly metrics: Pick<Metrics, 'countStatus'>;
  readonly log: Log;
  now(): number;
};

/** What the channel of this name tells the rest of the program. */
export function channelHost(channel: string, options: ChannelHostOptions): Host {
  const { conversation, addresses, metrics, log, now } = options;
  return {
    receive: conversation.receive,
    reachable: (address, isReachable) => addresses.setReachable(channel, address, isReachable),
    async status(address, id, state, reason) {
      metrics.countStatus(channel, state);
      await options.heed({ channel, address, id }, state, reason);
    },
    async moved(address, place) {
      const row = await addresses.find(channel, address);
      if (row !== undefined) await options.moved(row.supporter, place);
    },
    async optedOut(address) {
      const row = await addresses.find(channel, address);
      if (row === undefined) return;
      const proof = { wording: '', version: BY_NETWORK, source: channel };
      await conversation.write(row.supporter, undefined, (record) => {
        const changed = withdrawConsents(record, undefined, proof, new Date(now()));
        return {
          record: { ...changed, consents: boundConsents(changed.consents) },
          answer: true,
        };
      });
    },
    now,
    tell(level, sentence, error) {
      log[level]({ channel, ...(error === undefined ? {} : { err: error }) }, sentence);
    },
  };
}
