/** Where everybody can read a post. */
export const POST_NETWORKS = ['telegram', 'x', 'mastodon', 'bluesky'] as const;
export type PostNetworkName = (typeof POST_NETWORKS)[number];

/** Web addresses as networks find them; X shortens those without a scheme too. */
const LINK = /https?:\/\/[^\s<>"]+/giu;
const BARE_LINK = /(?<![\w@.])(?:[\p{L}\p{N}-]+\.)+[a-z]{2,}(?:\/[^\s<>"]*)?/giu;
/** What a link counts on X (t.co) and on Mastodon, whatever its length. */
const LINK_COUNTS = 23;
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How much of its limit a text takes, and that limit; both as the network counts. */
export type TextSize = { readonly count: number; readonly most: number };

/** What is allowed where an instance or a picture says otherwise. */
export type PostLimits = { readonly mastodon: number; readonly hasPicture: boolean };

/** Counts a text as a network does. */
export function countText(
  network: PostNetworkName,
  text: string,
  { mastodon, hasPicture }: PostLimits,
): TextSize {
  switch (network) {
    case 'telegram':
      // UTF-16 units; a caption is shorter (Bot API, sendMessage and sendPhoto).
      return { count: text.length, most: hasPicture ? 1_024 : 4_096 };
    case 'x':
      return { count: weightOnX(text), most: 280 };
    case 'mastodon':
      return { count: lengthOnMastodon(text), most: mastodon };
    case 'bluesky':
      return { count: graphemes(text), most: 300 };
    default:
      return network satisfies never;
  }
}

/** Bytes of a Bluesky post, beside its 300 graphemes (lexicon app.bsky.feed.post). */
export const BLUESKY_BYTES = 3_000;

/** Where links begin and end, with what follows a sentence taken off. */
export function findLinks(
  text: string,
): readonly { readonly from: number; readonly url: string }[] {
  return [...text.matchAll(LINK)].map(({ 0: found, index }) => ({
    from: index,
    url: withoutTail(found),
  }));
}

/**
 * The weighted length of twitter-text's third configuration: a link counts 23, an emoji 2, a character of
 * the Latin and neighbouring scripts 1, any other 2.
 */
function weightOnX(text: string): number {
  let links = 0;
  const rest = text
    .normalize('NFC')
    .replace(LINK, (found) => {
      links += 1;
      return found.slice(withoutTail(found).length);
    })
    .replace(BARE_LINK, (found) => {
      // Only X knows all endings there are: what looks like a link counts as the longer of the two.
      if (found.length >= LINK_COUNTS) return found;
      links += 1;
      return '';
    });
  let weight = links * LINK_COUNTS;
  for (const { segment } of SEGMENTER.segment(rest)) {
    weight += isEmoji(segment)
      ? 2
      : Array.from(segment).reduce(
          (sum, one) => sum + (isLight(one.codePointAt(0) ?? 0) ? 1 : 2),
          0,
        );
  }
  return weight;
}

function isEmoji(segment: string): boolean {
  return /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\u20E3|\p{Regional_Indicator}/u.test(
    segment,
  );
}

function isLight(code: number): boolean {
  return (
    code <= 4_351 ||
    (code >= 8_192 && code <= 8_205) ||
    (code >= 8_208 && code <= 8_223) ||
    (code >= 8_242 && code <= 8_247)
  );
}

/** Graphemes; a link counts 23, and of `@name@server` only `@name`. */
function lengthOnMastodon(text: string): number {
  const shortened = text
    .replace(LINK, (found) => {
      const url = withoutTail(found);
      return `${'x'.repeat(LINK_COUNTS)}${found.slice(url.length)}`;
    })
    .replace(/(?<![\w/])(@\w+)@[\w.-]*\w/gu, '$1');
  return graphemes(shortened);
}

function graphemes(text: string): number {
  return [...SEGMENTER.segment(text)].length;
}

/** A link does not end with the full stop of its sentence, nor with a bracket it did not open. */
function withoutTail(link: string): string {
  const plain = link.replace(/[.,;:!?'’»]+$/u, '');
  return plain.endsWith(')') && !plain.includes('(') ? plain.slice(0, -1) : plain;
}
