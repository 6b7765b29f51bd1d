/** What a simulated network counted. */
export type NetworkTally = {
  /** Messages it took in. */
  accepted: number;
  /** Sends it turned away, by reason. */
  readonly refused: { [reason: string]: number };
  /** Connections lost, and errors, that leave whoever sent in doubt. */
  cuts: number;
  /** When it was away. */
  readonly outages: { readonly from: number; readonly until: number }[];
  /** What people wrote meanwhile, and how long they waited for the first answer, in milliseconds. */
  asked: number;
  readonly answeredInMs: number[];
};

/** Begins to count. */
export function newTally(): NetworkTally {
  return { accepted: 0, refused: {}, cuts: 0, outages: [], asked: 0, answeredInMs: [] };
}

/** Counts one that was turned away. */
export function countRefused({ refused }: NetworkTally, reason: string): void {
  refused[reason] = (refused[reason] ?? 0) + 1;
}
