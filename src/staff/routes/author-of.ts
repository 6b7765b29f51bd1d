import type { Caller } from '../route.js';

/** Who writes, as drafts and publications name them. */
export function authorOf(caller: Caller): string {
  return caller.type === 'nobody' ? 'nobody' : caller.name;
}
