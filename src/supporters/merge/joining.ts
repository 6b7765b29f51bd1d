import type { Json } from '../../engine/json.js';
import type { Signer } from '../../sign.js';
import { addressId } from '../addresses.js';
import type { People } from '../open-people.js';
import { TEXT_FIELDS } from '../profile.js';
import type { SupporterRecord } from '../record.js';
import { readJoinPayload, writeJoinPayload } from './join-link.js';
import type { Merging } from './merge-supporters.js';

/** How long a link to another channel is good for. */
export const JOIN_LIFE_MS = 3_600_000;

export type JoiningOptions = Pick<People, 'supporters' | 'addresses' | 'usedLinks'> & {
  readonly merging: Pick<Merging, 'merge'>;
  readonly signer: Signer;
  /** Where a payload is opened on a channel; undefined when the channel has no such links, or is off. */
  linkTo(channel: string, payload: string): Promise<string | undefined>;
  now(): number;
};

/** One person on another channel, by a link that they open there. */
export type Joining = {
  /** The action `supporter.link`; throws when there can be no link, and the flow goes on without. */
  link(act: {
    readonly supporter: string;
    readonly with: { readonly [name: string]: Json };
  }): Promise<{ readonly url: string }>;
  /** Such a link to a channel, good for so long; undefined when there can be none. */
  linkFor(supporter: string, channel: string, lifeMs: number): Promise<string | undefined>;
  /** Whether a payload would still join somebody; nothing is changed, for programs open links. */
  isGood(payload: string): Promise<boolean>;
  /**
   * Gives the address where a payload was opened to whoever made it; whether it did. A payload serves one
   * address, which may bring it again. Somebody who is known there by name, e-mail or the like is not
   * merged: a link can be passed on, and whoever opens it may not know whose it is.
   */
  join(payload: string, channel: string, address: string): Promise<boolean>;
};

export function createJoining(options: JoiningOptions): Joining {
  const { supporters, addresses, usedLinks, signer, now } = options;

  /** Whether this address may use the payload, which is good until then: nobody else did. */
  async function use(payload: string, place: string, until: number): Promise<boolean> {
    const row = { _id: signer.sign(payload), by: signer.sign(place), at: new Date(until) };
    if (await usedLinks.insert(row)) return true;
    return (await usedLinks.get(row._id))?.by === row.by;
  }

  const linkFor: Joining['linkFor'] = async (supporter, channel, lifeMs) => {
    const payload = writeJoinPayload(signer, supporter, now() + lifeMs);
    return payload === undefined ? undefined : options.linkTo(channel, payload);
  };

  return {
    linkFor,
    async isGood(payload) {
      const read = readJoinPayload(signer, payload, now());
      if (read === undefined || !isThere(await supporters.get(read.maker))) return false;
      return (await usedLinks.get(signer.sign(payload))) === undefined;
    },
    async link({ supporter, with: { channel } }) {
      const url =
        typeof channel === 'string' ? await linkFor(supporter, channel, JOIN_LIFE_MS) : undefined;
      if (url === undefined) throw new Error('There are no links to that channel.');
      return { url };
    },
    async join(payload, channel, address) {
      const read = readJoinPayload(signer, payload, now());
      if (read === undefined) return false;
      const { maker, until } = read;
      if (!isThere(await supporters.get(maker))) return false;
      const known = await addresses.find(channel, address);
      if (known !== undefined && known.supporter !== maker) {
        const other = await supporters.get(known.supporter);
        if (other === undefined || !isAnonymous(other)) return false;
      }
      if (!(await use(payload, addressId(channel, address), until))) return false;
      const { supporter } = await addresses.claim(channel, address, maker, new Date(now()));
      if (supporter === maker) {
        await addresses.setReachable(channel, address, true);
        return true;
      }
      return (await options.merging.merge(maker, supporter, { type: 'link' })).type === 'done';
    },
  };
}

function isThere(record: SupporterRecord | undefined): boolean {
  return record !== undefined && record.erasing === undefined;
}

/** Whether nothing is known that tells who this is, or what they think. */
function isAnonymous(record: SupporterRecord): boolean {
  return (
    TEXT_FIELDS.every((field) => record[field] === undefined) &&
    record.support_level === undefined &&
    record.handoff === undefined
  );
}
