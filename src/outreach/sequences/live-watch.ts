import { repeat, type Repeated } from '../../repeat.js';
import { happeningKey, type Happening } from '../../supporters/happening.js';
import type { Sequences } from './sequences.js';

/** How soon a new sequence takes note of what happens. */
const LOOK_MS = 2_000;

/** What sequences begin with, as turns note it; read again every moment. */
export type LiveWatch = {
  open(): Promise<void>;
  watched(): readonly Happening[];
  close(): Promise<void>;
};

/** Makes what knows which happenings any sequence begins with. */
export function createLiveWatch(
  sequences: Pick<Sequences, 'findAll'>,
  report: (error: unknown) => void,
): LiveWatch {
  let watched: readonly Happening[] = [];
  let looking: Repeated | undefined;

  async function look(): Promise<void> {
    const starts = (await sequences.findAll()).flatMap(({ definition: { start } }) =>
      start.type === 'silent' ? [] : [start],
    );
    watched = [...new Map(starts.map((start) => [happeningKey(start), start])).values()];
  }

  return {
    async open() {
      await look();
      looking = repeat(look, { everyMs: LOOK_MS, report });
    },
    watched: () => watched,
    close: async () => looking?.stop(),
  };
}
