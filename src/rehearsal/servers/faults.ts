import type { FaultLevel } from '../rehearsal.js';

/** How a simulated network misbehaves; chances are from 0 to 1 for each send. */
export type Faults = {
  /** Refused with an error that does not tell whether it arrived. */
  readonly badGateway: number;
  /** Taken in, and the connection lost before the answer. */
  readonly cut: number;
  /** Answered only after a while, and how long at most, in milliseconds. */
  readonly slow: number;
  readonly slowestMs: number;
  /** Now and then everything is too much for a moment: once in so many milliseconds; 0 is never. */
  readonly throttledEveryMs: number;
  /** How long the network is away once, in milliseconds. */
  readonly outageMs: number;
};

const LEVELS: { readonly [level in FaultLevel]: Faults } = {
  none: { badGateway: 0, cut: 0, slow: 0, slowestMs: 0, throttledEveryMs: 0, outageMs: 0 },
  some: {
    badGateway: 0.0005,
    cut: 0.0005,
    slow: 0.02,
    slowestMs: 2_000,
    throttledEveryMs: 60_000,
    outageMs: 0,
  },
  all: {
    badGateway: 0.002,
    cut: 0.002,
    slow: 0.05,
    slowestMs: 4_000,
    throttledEveryMs: 30_000,
    outageMs: 10_000,
  },
};

/** The faults of a level. */
export function faultsOf(level: FaultLevel): Faults {
  return LEVELS[level];
}

/** What befalls one send: `random` gives numbers from 0 to 1. */
export type Fate = { readonly delayMs: number; readonly end: 'answered' | 'bad_gateway' | 'cut' };

/** Draws what befalls a send. */
export function drawFate({ badGateway, cut, slow, slowestMs }: Faults, random: () => number): Fate {
  const delayMs = random() < slow ? random() * slowestMs : 0;
  const drawn = random();
  if (drawn < badGateway) return { delayMs, end: 'bad_gateway' };
  return { delayMs, end: drawn < badGateway + cut ? 'cut' : 'answered' };
}
