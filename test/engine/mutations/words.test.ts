import { test } from '@jest/globals';
import { tryMutations } from './try-mutations.js';

/** Words of a flow; words of all flows, or campaign.yaml; transcripts. */
const KINDS = ['words', 'shared', 'transcript'] as const;

test.each(KINDS)(
  'a file of %s changed by chance is refused with a place in a file, or runs',
  (kind) => {
    tryMutations(kind);
  },
  300_000,
);
