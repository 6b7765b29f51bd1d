import { findLinks } from '../../engine/count-post.js';

/** What Bluesky makes a link of: it finds none by itself, and counts in bytes of UTF-8. */
export type Facet = {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly (
    | { readonly $type: 'app.bsky.richtext.facet#link'; readonly uri: string }
    | { readonly $type: 'app.bsky.richtext.facet#tag'; readonly tag: string }
  )[];
};

const TAG = /(?<![\w#/])#(\p{L}[\p{L}\p{N}_]{0,63})/gu;

/** The links and hashtags of a text, in their order. */
export function facetsOf(text: string): readonly Facet[] {
  const at = (index: number): number => Buffer.byteLength(text.slice(0, index));
  const links = findLinks(text).map(({ from, url }): Facet => ({
    index: { byteStart: at(from), byteEnd: at(from + url.length) },
    features: [{ $type: 'app.bsky.richtext.facet#link', uri: url }],
  }));
  const isInLink = (start: number): boolean =>
    links.some(({ index: { byteStart, byteEnd } }) => byteStart <= start && start < byteEnd);
  const tags = [...text.matchAll(TAG)].flatMap(({ 0: found, 1: tag = '', index }): Facet[] => {
    const byteStart = at(index);
    if (isInLink(byteStart)) return [];
    return [
      {
        index: { byteStart, byteEnd: at(index + found.length) },
        features: [{ $type: 'app.bsky.richtext.facet#tag', tag }],
      },
    ];
  });
  return [...links, ...tags].sort((one, other) => one.index.byteStart - other.index.byteStart);
}
