import type { Journal } from '../../supporters/journal.js';
import type { Supporters } from '../../supporters/supporters.js';
import { replayJournal, type ReplayOptions } from '../replay/replay-journal.js';
import type { ReplaySummary } from '../replay/summarise.js';
import type { Proposed, PublishOptions } from './publish-flows.js';
import { readInForce } from './read-in-force.js';
import { reviewFlows, type Review } from './review-flows.js';
import { whoStands, type Stander } from './who-stands.js';

/** What staff see before they publish. */
export type Preview = {
  readonly review: Review;
  /** Sessions that stand in the flows, and what becomes of them. */
  readonly standers: readonly (Stander & { readonly flow: string })[];
  /** How recorded conversations would go; absent when the flows are faulty. */
  readonly replay?: ReplaySummary;
};

/** Checks flows, plays the transcripts, looks who stands in them and replays the journal; writes nothing. */
export async function previewFlows(
  options: PublishOptions & { readonly supporters: Supporters; readonly journal: Journal },
  proposed: readonly Proposed[],
  retired: readonly string[] = [],
  replaying: Pick<ReplayOptions, 'turns' | 'progress'> = {},
): Promise<Preview> {
  const { store, actions, supporters, journal } = options;
  const inForce = await readInForce(store, await options.readFiles());
  const transcripts = await options.readTranscripts();
  const readMeaning = await options.learnMeaning?.();
  const review = await reviewFlows(inForce, proposed, transcripts, actions, retired, readMeaning);
  if (review.isFaulty) return { review, standers: [] };
  const standers: (Stander & { readonly flow: string })[] = [];
  const words = new Map(proposed.map((flow) => [flow.name, flow.words]));
  const names = [...words.keys(), ...retired];
  for (const name of names) {
    const standing = await supporters.countStanding(name);
    for (const stander of whoStands(inForce, review, name, words.get(name) ?? [], standing)) {
      standers.push({ flow: name, ...stander });
    }
  }
  const replay = await replayJournal({
    journal,
    supporters,
    now: review.before,
    draft: review.after,
    flows: names,
    ...replaying,
  });
  return { review, standers, replay };
}
