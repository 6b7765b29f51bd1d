import type { DraftRow } from '../../conversation/publish/drafts.js';
import type { InForce } from '../../conversation/publish/read-in-force.js';
import type { SourceFile } from '../../engine/compile.js';
import { nameOf } from '../../engine/parse/locales.js';
import type { FlowView } from '../api.js';

/** Words of a flow by language. */
export function byLanguage(files: readonly SourceFile[]): { readonly [language: string]: string } {
  return Object.fromEntries(files.map(({ path, text }) => [nameOf(path).language, text]));
}

/** A flow as it is being written. */
export function tellDraft({ current }: InForce, draft: DraftRow): FlowView {
  const { _id: name, revision: saved, base, flow, words: said, author, updated_at: at } = draft;
  const row = current.get(name);
  return {
    name,
    revision: saved,
    ...(base === undefined ? {} : { base }),
    ...(row === undefined ? {} : { inForce: row.version }),
    flow,
    words: said,
    ...(row === undefined
      ? {}
      : { published: { flow: row.flow.text, words: byLanguage(row.words) } }),
    ...(saved === 0 ? {} : { author, savedAt: at.toISOString() }),
  };
}
