/** What one process has of a rate: so many messages in any second, until an instant. */
export type Share = { readonly owner: string; readonly tokens: number; readonly until: Date };

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
 * Divides a rate among the processes that want some of it, for one of them that asks: evenly, and never
 * more than there is, whatever the others still have. `wants`: it has something to send.
 */
export function divideRate(
  { shares, cooling }: Division,
  asks: { readonly owner: string; readonly wants: boolean },
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
  const owners = [...living.map(({ owner }) => owner), asks.owner].sort();
  const rank = owners.indexOf(asks.owner);
  const fair = Math.floor(perSecond / owners.length) + (rank < perSecond % owners.length ? 1 : 0);
  const taken = [...living, ...still].reduce((sum, { tokens }) => sum + tokens, 0);
  const tokens = asks.wants ? Math.max(0, Math.min(fair, perSecond - taken)) : 0;
  const given = Math.max(0, had - tokens);
  return {
    shares: asks.wants
      ? [...living, { owner: asks.owner, tokens, until: new Date(now + SHARE_MS) }]
      : living,
    cooling: given === 0 ? still : [...still, { tokens: given, until: new Date(now + COOLING_MS) }],
  };
}
