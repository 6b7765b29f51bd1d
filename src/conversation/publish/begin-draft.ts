import { nameOf } from '../../engine/parse/locales.js';
import type { DraftRow } from './drafts.js';
import type { InForce } from './read-in-force.js';

/** A draft of the version in force, not saved yet; an empty one of a flow that is new. Pure. */
export function beginDraft(
  { current }: Pick<InForce, 'current'>,
  name: string,
  author: string,
  at: Date,
): DraftRow {
  const row = current.get(name);
  const words = (row?.words ?? []).map(({ path, text }) => [nameOf(path).language, text]);
  return {
    _id: name,
    revision: 0,
    ...(row === undefined ? {} : { base: row.version }),
    flow: row?.flow.text ?? '',
    words: Object.fromEntries(words),
    author,
    updated_at: at,
  };
}
