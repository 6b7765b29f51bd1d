import type { FlowVersionRow } from '../flow-versions.js';
import type { FlowSources } from './flow-sources.js';

/** A version as it is kept; whoever keeps it first is its author. */
export function versionRow(
  { name, flow, words }: FlowSources,
  version: string,
  by: { readonly author: string; readonly comment?: string; readonly at: Date },
): FlowVersionRow {
  const { author, comment, at } = by;
  return {
    _id: `${name}@${version}`,
    name,
    version,
    flow,
    words,
    author,
    ...(comment === undefined ? {} : { comment }),
    published_at: at,
  };
}
