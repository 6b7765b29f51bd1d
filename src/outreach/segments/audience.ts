import { randomUUID } from 'node:crypto';
import type { Supporters } from '../../supporters/supporters.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { compileSegment, matchesSegment } from './compile-segment.js';
import type { Terms } from './fields.js';
import type { Group } from './segment.js';

/**
 * When a segment is asked who is in it, and so what "today" is: once when a message is planned, or again
 * for each supporter in the moment it is sent to them.
 */
export type Resolved = 'when_planned' | 'when_sent';

/** Whom a message is for. */
export type Target = {
  readonly segment: Group;
  readonly resolved: Resolved;
  readonly plannedAt: Date;
};

/** Finds supporters by segment; days are those of the campaign's time zone at the instant given. */
export type Audience = {
  count(segment: Group, at: Date): Promise<number>;
  /** Some of them, taken from anywhere; never more than `size`. */
  sample(segment: Group, at: Date, size: number): Promise<string[]>;
  /**
   * Their ids, ascending, after one of them: the last of one page begins the next, also after a crash.
   * A page of fewer than `limit` is the last.
   */
  ids(
    segment: Group,
    at: Date,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<string[]>;
};

export function createAudience({ table }: Pick<Supporters, 'table'>, terms: () => Terms): Audience {
  const ids: Audience['ids'] = (segment, at, page) =>
    table.ids(compileSegment(segment, at, terms()), page);
  return {
    count: (segment, at) => table.count(compileSegment(segment, at, terms())),
    async sample(segment, at, limit) {
      // Ids are random, so those after a random one are anybody.
      const after = randomUUID();
      const some = await ids(segment, at, { after, limit });
      if (some.length === limit) return some;
      const all = await ids(segment, at, { limit });
      return [...new Set([...some, ...all])].slice(0, limit);
    },
    ids,
  };
}

/** The instant at which a target's segment is asked, when it is looked at now. */
export function momentOf({ resolved, plannedAt }: Target, now: Date): Date {
  return resolved === 'when_planned' ? plannedAt : now;
}

/**
 * Whether a message is still meant for somebody in the moment it is sent: who was meant when it was
 * planned stays so, unless they are being erased; else the segment is asked again.
 */
export function isStillMeant(
  target: Target,
  record: SupporterRecord,
  now: Date,
  terms: Terms,
): boolean {
  if (target.resolved === 'when_planned') return record.erasing === undefined;
  return matchesSegment(target.segment, record, now, terms);
}
