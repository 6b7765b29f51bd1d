import type { Audience } from '../outreach/messages/audience.js';

/** Whom messages go to. */
export function wireAudience(_tables: object): Audience {
  return {
    query: async (segment) => {
      if (segment !== undefined) throw new Error(`There is no segment "${segment}".`);
      return {};
    },
    matches: async (segment) => segment === undefined,
  };
}
