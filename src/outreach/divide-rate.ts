/** What one process has of a rate: so many messages in any second, until an instant. */
export type Share = {
  readonly owner: string;
  readonly tokens: number;
  readonly until: Date;
  /** Of the rate, it wants no more than that; absent: as much as there is. */
  readonly most?: number;
};

/** What is divided, and what was given up so lately that a message of it may be within the last second. */
export type Division = {
  readonly shares: readonly Share[];
  readonly cooling: readonly { readonly tokens: number; readonly until: Date }[];
};

/** A share lasts so long after its owner last renewed it. */
export const SHARE_MS = 3_000;
/** Given up, it is nobody's for a second, and one more for the clocks of hosts that differ. */
const COOLING_MS = 2_000;

/**
 * Divides a rate among the processes that want some of it, for one of them that asks: evenly, but none has
 * more than it wants, and all together never more than there is, whatever the others still have. `wants`:
 * how much it has a use for; 0 gives up what it had.
 */
export function divideRate(
  { shares, cooling }: Division,
  asks: { readonly owner: string; readonly wants: number },
  perSecond: number,
  now: number,
): Division {
  const isOver = ({ until }: { readonly until: Date }): boolean => until.getTime() <= now;
  const others = shares.filter(({ owner }) => owner !== asks.owner);
  const living = others.filter((share) => !isOver(share));
  const mine = shares.find(({ owner, until }) => owner === asks.owner && until.getTime() > now);
  const had = mine?.tokens ?? 0;
  const lapsed = shares
    .filter((share) => isOver(share))
    .map(({ tokens, until }) => ({ tokens, until: new Date(until.getTime() + COOLING_MS) }));
  const still = [...cooling, ...lapsed].filter((one) => one.tokens > 0 && !isOver(one));
  const most = Math.min(asks.wants, perSecond);
  const fair = fairTo({ owner: asks.owner, most }, living, perSecond);
  const taken = [...living, ...still].reduce((sum, { tokens }) => sum + tokens, 0);
  const tokens = Math.max(0, Math.min(fair, perSecond - taken));
  const given = Math.max(0, had - tokens);
  return {
    shares:
      most > 0
        ? [...living, { owner: asks.owner, tokens, until: new Date(now + SHARE_MS), most }]
        : living,
    cooling: given === 0 ? still : [...still, { tokens: given, until: new Date(now + COOLING_MS) }],
  };
}

type Wish = { readonly owner: string; readonly most?: number };

/** What one has of an even division in which those who want little leave the rest to the others. */
function fairTo(mine: Wish, others: readonly Wish[], perSecond: number): number {
  const wishes = [mine, ...others]
    .map(({ owner, most = perSecond }) => ({ owner, most }))
    .sort((one, other) => one.most - other.most || (one.owner < other.owner ? -1 : 1));
  let left = perSecond;
  for (const [index, { owner, most }] of wishes.entries()) {
    const tokens = Math.min(most, Math.ceil(left / (wishes.length - index)));
    if (owner === mine.owner) return tokens;
    left -= tokens;
  }
  return 0;
}
