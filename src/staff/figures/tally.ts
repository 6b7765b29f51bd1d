import type { DayCount } from '../api.js';

/** What a group of people or things is divided by. */
export type Traits = {
  readonly channels?: readonly string[] | null;
  readonly territory?: string | null;
  readonly department?: string | null;
  readonly kind?: string | null;
};

/** Adds up a count with how it divides. */
export type Tally = { add(traits: Traits, amount: number): void; count(): DayCount };

/** Begins a count. */
export function createTally(): Tally {
  const channels = new Map<string, number>();
  const territories = new Map<string, number>();
  const kinds = new Map<string, number>();
  let total = 0;
  return {
    add(traits, amount) {
      total += amount;
      for (const channel of traits.channels ?? []) raise(channels, channel, amount);
      raise(territories, placeOf(traits), amount);
      if (typeof traits.kind === 'string') raise(kinds, traits.kind, amount);
    },
    count: () => ({
      total,
      channels: Object.fromEntries(channels),
      territories: Object.fromEntries(territories),
      kinds: Object.fromEntries(kinds),
    }),
  };
}

/** The finest place that is counted by: the department, else the territory; empty for nowhere. */
function placeOf({ department, territory }: Traits): string {
  return department ?? territory ?? '';
}

function raise(counts: Map<string, number>, name: string, amount: number): void {
  counts.set(name, (counts.get(name) ?? 0) + amount);
}
