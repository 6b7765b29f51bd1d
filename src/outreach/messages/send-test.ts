import { Permit, type Content, type Refusal } from '../../engine/calendar/permit.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Addresses } from '../../supporters/addresses.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { latestOn } from './dispatch/decide-send.js';
import type { Network } from './dispatch/network.js';
import { createWordsFor } from './dispatch/words-for.js';
import type { MessageDefinition } from './message.js';

/** Where a test went, or could not. */
export type TestPlace = { readonly channel: string; readonly isTheirs: boolean };

export type TestOutcome = {
  readonly sent: readonly TestPlace[];
  readonly failed: readonly TestPlace[];
  /** Present when the calendar lets nothing leave now. */
  readonly refusal?: Refusal;
};

export type SendTestOptions = {
  readonly addresses: Pick<Addresses, 'ofSupporter'>;
  readonly networks: ReadonlyMap<string, Pick<Network, 'send'>>;
  readonly campaign: Campaign;
  /** Makes what is sent now another message than what was sent before. */
  readonly id: string;
  now(): number;
};

/**
 * Sends the words of a message to the one who wrote it: where they are reached as a supporter (`record`),
 * or to their e-mail address alone. It counts as nothing: no delivery is made, no consent is asked.
 */
export async function sendTest(
  definition: Pick<MessageDefinition, 'says' | 'channels'> & { readonly content: Content },
  to: { readonly record?: SupporterRecord; readonly email: string; readonly language: string },
  { addresses, networks, campaign, id, now }: SendTestOptions,
): Promise<TestOutcome> {
  if (definition.says.type !== 'words') return { sent: [], failed: [] };
  const { record } = to;
  const own = record === undefined ? [] : await addresses.ofSupporter(record._id);
  const places = definition.channels.flatMap((channel) => {
    if (!networks.has(channel)) return [];
    const found =
      record === undefined
        ? undefined
        : latestOn(
            channel,
            own.filter(({ reachable }) => reachable),
            record,
          );
    if (found !== undefined) return [{ channel, address: found.address, isTheirs: true }];
    return channel === 'email' ? [{ channel, address: to.email, isTheirs: false }] : [];
  });
  const reader = { ...record, language: to.language };
  const words = createWordsFor(definition.says.words, campaign)(reader, now());
  const leaving = { way: 'message', content: definition.content } as const;
  const mayLeave = (): Permit | Refusal => Permit.ask(campaign.calendar, leaving, now());
  const asked = mayLeave();
  if (asked.type === 'refused') return { sent: [], failed: [], refusal: asked };
  const sent: TestPlace[] = [];
  const failed: TestPlace[] = [];
  for (const { channel, address, isTheirs } of places) {
    const outcome = await networks
      .get(channel)
      ?.send(address, { id: `t-${id}-${channel}`, at: now(), ...words }, mayLeave);
    (outcome?.type === 'sent' ? sent : failed).push({ channel, isTheirs });
  }
  return { sent, failed };
}
