/** What one kill may leave in doubt, all channels together (the promise of the rehearsal's report). */
const MOST = 50;
/** Kept for every channel, however slow the others are. */
const OWN = 5;

/** What one channel may have under way at once. */
export type InFlight = {
  /** Whether nothing more may be begun now. */
  isFull(): boolean;
  begin(): void;
  end(): void;
};

/**
 * Shares among the channels of a process how much may be between its mark and the end of its send: each may
 * use what the others leave, and the last few are kept for each. Asked for a channel again, it is another's.
 */
export function createInFlight(channels: number): () => InFlight {
  const kept = Math.min(OWN, Math.floor(MOST / Math.max(1, channels)));
  const counts: number[] = [];
  return () => {
    const index = counts.push(0) - 1;
    return {
      isFull() {
        const taken = counts.reduce(
          (sum, count, other) => sum + (other === index ? count : Math.max(kept, count)),
          0,
        );
        return taken >= MOST;
      },
      begin() {
        counts[index] = (counts[index] ?? 0) + 1;
      },
      end() {
        counts[index] = (counts[index] ?? 0) - 1;
      },
    };
  };
}
