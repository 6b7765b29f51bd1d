import type { Json } from '../../engine/json.js';

/**
 * What another domain keeps about supporters; `program.ts` hands these in. A domain that the law makes
 * keep records (donations, GDPR art. 17(3)(b)) keeps them in `erase`, without what it need not keep.
 */
export type PersonalData = {
  /** Its name in the exported file. */
  readonly name: string;
  exportOf(supporter: string): Promise<Json>;
  /** Erases; may be repeated, and then changes nothing more. */
  erase(supporter: string): Promise<void>;
};
