import { test } from '@jest/globals';
import { tryMutations } from './try-mutations.js';

test('a flow changed by chance is refused with a place in a file, or runs', () => {
  tryMutations('flow');
}, 300_000);
