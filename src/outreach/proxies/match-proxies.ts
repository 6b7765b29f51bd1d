import { kilometresBetween } from '../../engine/distance.js';

/** Where somebody votes, as far as it is known; codes are those of INSEE. */
export type ProxyPlace = {
  /** The polling station, by whatever name the campaign keeps. */
  readonly station?: string;
  readonly commune?: string;
  /** What the commune is called. */
  readonly name?: string;
  readonly postal_code?: string;
  readonly department?: string;
  /** In degrees (WGS 84). */
  readonly point?: { readonly lat: number; readonly lon: number };
};

/** Somebody who cannot go and vote. */
export type ProxyNeed = {
  readonly id: string;
  readonly supporter: string;
  readonly place: ProxyPlace;
  /** The proxy will be made out at a consulate. */
  readonly abroad: boolean;
  /** Offers that were tried before. */
  readonly tried: readonly string[];
};

/** Somebody who can vote for others. */
export type ProxyHelp = {
  readonly id: string;
  readonly supporter: string;
  readonly place: ProxyPlace;
  /** The requests they have agreed to, or are asked about, and whether each is made out abroad. */
  readonly holds: readonly { readonly request: string; readonly abroad: boolean }[];
  /** They have not answered yet about one of them. */
  readonly isAsked: boolean;
  readonly at: Date;
};

/** What brought two together. */
export const MATCHED_BY = ['station', 'commune', 'postal_code', 'department', 'distance'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

export type ProxyMatch = {
  readonly help: ProxyHelp;
  readonly by: MatchedBy;
  /** Kilometres between them as the crow flies, where both points are known. */
  readonly km?: number;
};

/** Farther than this nobody goes to vote for a stranger, unless they live in one department. */
const FARTHEST_KM = 30;

/**
 * Those who can vote for somebody, the best first: by polling station, else commune, postal code,
 * department, then distance; then who is nearer, who holds fewer proxies, who offered first.
 */
export function matchProxies(need: ProxyNeed, helps: readonly ProxyHelp[]): ProxyMatch[] {
  return helps
    .filter((help) => mayHelp(need, help))
    .flatMap((help) => matchOf(need, help) ?? [])
    .toSorted(
      (one, other) =>
        MATCHED_BY.indexOf(one.by) - MATCHED_BY.indexOf(other.by) ||
        (one.km ?? Infinity) - (other.km ?? Infinity) ||
        one.help.holds.length - other.help.holds.length ||
        one.help.at.getTime() - other.help.at.getTime() ||
        (one.help.id < other.help.id ? -1 : 1),
    );
}

/**
 * Whether somebody may take one more proxy: one made out in France, or two of which one at least is made
 * out abroad (Electoral Code, art. L.73).
 */
export function mayHold(
  holds: readonly { readonly abroad: boolean }[],
  { abroad }: Pick<ProxyNeed, 'abroad'>,
): boolean {
  if (holds.length === 0) return true;
  return holds.length === 1 && (abroad || holds.some((one) => one.abroad));
}

function mayHelp(need: ProxyNeed, { id, supporter, holds, isAsked }: ProxyHelp): boolean {
  if (supporter === need.supporter || isAsked || need.tried.includes(id)) return false;
  return mayHold(holds, need);
}

function matchOf({ place }: ProxyNeed, help: ProxyHelp): ProxyMatch | undefined {
  const km = distanceKm(place, help.place);
  const far = km === undefined ? {} : { km };
  const by = (['station', 'commune', 'postal_code', 'department'] as const).find((field) =>
    isSame(place, help.place, field),
  );
  if (by !== undefined) return { help, by, ...far };
  return km !== undefined && km <= FARTHEST_KM ? { help, by: 'distance', km } : undefined;
}

function isSame(
  one: ProxyPlace,
  other: ProxyPlace,
  field: Exclude<MatchedBy, 'distance'>,
): boolean {
  // Stations have one number in every town.
  if (field === 'station' && one.commune !== other.commune) return false;
  return one[field] !== undefined && one[field] === other[field];
}

function distanceKm({ point: one }: ProxyPlace, { point: other }: ProxyPlace): number | undefined {
  return one === undefined || other === undefined ? undefined : kilometresBetween(one, other);
}
