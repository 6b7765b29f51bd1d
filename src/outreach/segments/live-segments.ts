import { repeat, type Repeated } from '../../repeat.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { matchesSegment } from './compile-segment.js';
import type { Terms } from './fields.js';
import type { Segment } from './segment.js';
import { recheck, type Segments } from './segments.js';

/** How old what is known of the segments may be. */
const LOOK_EVERY_MS = 3_000;

/** The segments that flows ask for, at hand in this process. */
export type LiveSegments = {
  /**
   * Those of the named segments that a supporter is in; one that is not there, or that the campaign does
   * not understand any more, holds for nobody.
   */
  of(names: readonly string[], record: SupporterRecord, at: Date): readonly string[];
  /** Reads them now, if any flow asks for one, and from then on every few seconds. */
  open(): Promise<void>;
  close(): Promise<void>;
};

/** Keeps them up to date for as long as a flow asks for one; costs nothing else. */
export function createLiveSegments(options: {
  readonly segments: Pick<Segments, 'list'>;
  /** Names of the segments that flows ask for now. */
  asked(): readonly string[];
  terms(): Terms;
  report(error: unknown): void;
}): LiveSegments {
  let known: ReadonlyMap<string, Segment> = new Map();

  async function refresh(): Promise<void> {
    if (options.asked().length === 0) return;
    const terms = options.terms();
    const readings = (await options.segments.list()).map((kept) => recheck(kept, terms));
    known = new Map(
      readings.flatMap((reading) =>
        reading.type === 'read' ? [[reading.segment.name, reading.segment] as const] : [],
      ),
    );
  }

  let looking: Repeated | undefined;
  return {
    of: (names, record, at) =>
      names.filter((name) => {
        const segment = known.get(name);
        return segment !== undefined && matchesSegment(segment, record, at, options.terms());
      }),
    async open() {
      looking ??= repeat(refresh, { everyMs: LOOK_EVERY_MS, report: options.report });
      await refresh();
    },
    close: async () => looking?.stop(),
  };
}
