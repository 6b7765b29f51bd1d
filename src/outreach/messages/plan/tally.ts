import type { Campaign } from '../../../engine/campaign.js';
import { territoryOf } from '../../../engine/calendar/territory-of.js';
import type { SupporterRecord } from '../../../supporters/record.js';
import type { MessageDefinition } from '../message.js';
import { wayFor, type Candidate, type NoWayReason, type Ways } from '../way-for.js';

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
  const counts = new Map<string, Map<string | undefined, number>>();
  const cannot: { [reason in NoWayReason]?: number } = {};
  return {
    add(person, isCapped) {
      const way = wayFor(person, definition, ways, now);
      if (way.type === 'none' || isCapped) {
        const reason = way.type === 'none' ? way.reason : 'frequency_cap';
        cannot[reason] = (cannot[reason] ?? 0) + 1;
        return;
      }
      const [channel] = way.channels;
      const territories = counts.get(channel) ?? new Map<string | undefined, number>();
      counts.set(channel, territories);
      const territory = territoryOf(country, placeOf(person));
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
