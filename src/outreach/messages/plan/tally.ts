import type { Campaign } from '../../../engine/campaign.js';
import { territoryOf } from '../../../engine/calendar/territory-of.js';
import type { SupporterRecord } from '../../../supporters/record.js';
import type { MessageDefinition } from '../message.js';
import { wayFor, type Candidate, type NoWayReason, type WayFor, type Ways } from '../way-for.js';

/** What the planner reads of a supporter. */
export type Planned = Candidate & Pick<SupporterRecord, 'territory' | 'postal_code'>;

/** How many people vote where and are served on which channel. */
export type Served = {
  readonly channel: string;
  readonly territory: string | undefined;
  readonly people: number;
};

/** Counts people one by one, in memory that does not grow with their number. */
export type Tally = {
  /** `isCapped`: they had as many messages lately as they may get. */
  add(person: Planned, isCapped: boolean): void;
  served(): readonly Served[];
  cannot(): { readonly [reason in NoWayReason]?: number };
};

/** Begins to count those a message goes to. */
export function createTally(
  definition: Pick<MessageDefinition, 'purpose' | 'channels'>,
  { country }: Pick<Campaign, 'country'>,
  ways: Ways,
  now: number,
): Tally {
  // A million people answer in a few ways, and live in some thousand places.
  const found = new Map<string, WayFor>();
  const places = new Map<string, string | undefined>();
  const counts = new Map<string, Map<string | undefined, number>>();
  const cannot: { [reason in NoWayReason]?: number } = {};

  function wayOf(person: Planned): WayFor {
    const { erasing, handoff, consents_now: consents = [], reachable_on: reachable = [] } = person;
    const isPlain = erasing === undefined && handoff === undefined && ways.windows.size === 0;
    if (!isPlain) return wayFor(person, definition, ways, now);
    const key = `${consents.join(' ')} | ${reachable.join(' ')}`;
    const known = found.get(key) ?? wayFor(person, definition, ways, now);
    found.set(key, known);
    return known;
  }

  function territoryFor(person: Planned): string | undefined {
    const key = `${person.territory ?? ''} ${person.postal_code ?? ''}`;
    if (!places.has(key)) places.set(key, territoryOf(country, placeOf(person)));
    return places.get(key);
  }

  return {
    add(person, isCapped) {
      const way = wayOf(person);
      if (way.type === 'none' || isCapped) {
        const reason = way.type === 'none' ? way.reason : 'frequency_cap';
        cannot[reason] = (cannot[reason] ?? 0) + 1;
        return;
      }
      const [channel] = way.channels;
      const territories = counts.get(channel) ?? new Map<string | undefined, number>();
      counts.set(channel, territories);
      const territory = territoryFor(person);
      territories.set(territory, (territories.get(territory) ?? 0) + 1);
    },
    served: () =>
      [...counts].flatMap(([channel, territories]) =>
        [...territories].map(([territory, people]) => ({ channel, territory, people })),
      ),
    cannot: () => cannot,
  };
}

/** What tells where somebody votes. */
export function placeOf({ territory, postal_code: code }: Planned): {
  territory?: string;
  postal_code?: string;
} {
  return {
    ...(territory === undefined ? {} : { territory }),
    ...(code === undefined ? {} : { postal_code: code }),
  };
}
