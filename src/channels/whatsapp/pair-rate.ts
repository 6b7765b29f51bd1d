/** To one person: a burst of messages, then one in so many milliseconds (Cloud API, 131056). */
const BURST = 45;
const EVERY_MS = 6_000;
/** People whose allowance is remembered; the least recent of more have theirs full again anyway. */
const MOST_PEOPLE = 20_000;

export type PairRate = {
  /** Takes one message to an address; milliseconds to wait when there is none left, which takes nothing. */
  take(address: string): number | undefined;
  /** WhatsApp says that there is nothing left. */
  empty(address: string): void;
};

/** Keeps to WhatsApp's rate for each person; `clock` is monotonic milliseconds. */
export function createPairRate(clock: () => number = () => performance.now()): PairRate {
  const left = new Map<string, { readonly tokens: number; readonly at: number }>();

  function tokensOf(address: string): number {
    const known = left.get(address);
    if (known === undefined) return BURST;
    return Math.min(BURST, known.tokens + (clock() - known.at) / EVERY_MS);
  }

  function remember(address: string, tokens: number): void {
    left.delete(address);
    left.set(address, { tokens, at: clock() });
    const [oldest] = left.keys();
    if (left.size > MOST_PEOPLE && oldest !== undefined) left.delete(oldest);
  }

  return {
    take(address) {
      const tokens = tokensOf(address);
      if (tokens < 1) return Math.ceil((1 - tokens) * EVERY_MS);
      remember(address, tokens - 1);
      return undefined;
    },
    empty: (address) => remember(address, 0),
  };
}
