import type { Reach } from './record.js';

/**
 * Starts a flow for somebody where they are reached, once only under an id; answers whether it was taken,
 * was known already, or nobody can be reached there.
 */
export type StartFlow = (
  supporter: string,
  flow: string,
  id: string,
  reach: Reach,
) => Promise<'taken' | 'repeated' | 'busy' | undefined>;
