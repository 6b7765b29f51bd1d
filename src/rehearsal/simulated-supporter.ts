import type { Rehearsed } from './rehearsal.js';

/** Somebody who only exists while a rehearsal lasts. */
export type SimulatedSupporter = {
  readonly id: string;
  readonly language: 'fr' | 'en';
  /** Whether they agreed to reminders of the vote. */
  readonly agreed: boolean;
  /** Whether they wrote in the last day, which WhatsApp asks for. */
  readonly wroteLately: boolean;
  /** Where they are reached, the channel they came by first. */
  readonly places: readonly { readonly channel: Rehearsed; readonly address: string }[];
};

/** One in so many, by what is left of their number. */
const EVERY = {
  unagreed: [50, 7],
  second: [25, 3],
  gone: [50, 3],
  goneForGood: [100, 11],
  silent: [100, 57],
} as const;

/**
 * The supporter of a number: most have agreed and are on one channel; some never agreed, some have a second
 * channel, some blocked us and some wrote too long ago for WhatsApp.
 */
export function simulateSupporter(
  index: number,
  channels: readonly Rehearsed[],
): SimulatedSupporter {
  const one = (kind: keyof typeof EVERY): boolean => {
    const [every, left] = EVERY[kind];
    // Spread over the channels, however many there are.
    return Math.floor(index / channels.length) % every === left;
  };
  const gone = one('gone') || one('goneForGood');
  const first = channels[index % channels.length] ?? 'web';
  const second = channels[(index + 1) % channels.length];
  const has = one('second') && second !== undefined && second !== first ? [second] : [];
  return {
    id: `r${String(index).padStart(8, '0')}`,
    language: index % 4 === 0 ? 'en' : 'fr',
    agreed: !one('unagreed'),
    wroteLately: !one('silent'),
    places: [
      { channel: first, address: addressOf(first, index, gone) },
      ...has.map((channel) => ({ channel, address: addressOf(channel, index, false) })),
    ],
  };
}

function addressOf(channel: Rehearsed, index: number, gone: boolean): string {
  switch (channel) {
    case 'telegram':
      return String((gone ? GONE_CHATS : 1_000_000) + index);
    case 'whatsapp':
      return `${gone ? GONE_NUMBERS : '+336'}${String(index).padStart(8, '0')}`;
    case 'web':
      return `rehearsal-${index}`;
    default:
      return channel satisfies never;
  }
}

const GONE_CHATS = 9_000_000_000;
const GONE_NUMBERS = '+337';

/** Whether whoever is at an address blocked us. */
export function isGone(channel: Rehearsed, address: string): boolean {
  if (channel === 'telegram') return Number(address) >= GONE_CHATS;
  return channel === 'whatsapp' && address.startsWith(GONE_NUMBERS);
}

/** Whether a reminder has to reach somebody, whatever else happens. */
export function isPromised({ agreed, wroteLately, places }: SimulatedSupporter): boolean {
  const isOpen = ({ channel, address }: (typeof places)[number]): boolean =>
    !isGone(channel, address) && (channel !== 'whatsapp' || wroteLately);
  return agreed && places.some(isOpen);
}
