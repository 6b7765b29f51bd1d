import { createHash } from 'node:crypto';
import { cleanJpeg } from './clean-jpeg.js';
import { cleanPng } from './clean-png.js';
import { cleanWebp } from './clean-webp.js';

/** A picture as pages show it: its bytes are those of the picture alone. */
export type SitePicture = {
  /** `<hash>.<ending>`: another picture has another name, so that it may be kept for good. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** What a kind of picture consists of, without what is hidden in it. */
export type Cleaned = {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
};

export type PictureFault = 'unknown_kind' | 'broken' | 'too_heavy' | 'too_small' | 'too_large';

/** Bytes of a picture: beyond, phones wait for it. */
export const MOST_PICTURE_BYTES = 1_500_000;
/** Pixels of a side. */
const SHORTEST_SIDE = 120;
const LONGEST_SIDE = 5_000;

const KINDS = [
  { ending: 'jpg', type: 'image/jpeg', clean: cleanJpeg },
  { ending: 'png', type: 'image/png', clean: cleanPng },
  { ending: 'webp', type: 'image/webp', clean: cleanWebp },
] as const;

/** The names that pictures have. */
export const PICTURE_NAME = /^[0-9a-f]{32}\.(?:jpg|png|webp)$/;

/**
 * Verifies a picture by its structure, whatever its sender calls it, and writes it anew without where and
 * when it was taken, notes, previews and whatever else is hidden in it; pure. JPEG, PNG and WebP, at most
 * `MOST_PICTURE_BYTES`, each side from 120 to 5,000 pixels.
 */
export function cleanPicture(file: Uint8Array): SitePicture | { readonly fault: PictureFault } {
  if (file.length > MOST_PICTURE_BYTES) return { fault: 'too_heavy' };
  for (const { ending, clean } of KINDS) {
    const cleaned = clean(file);
    if (cleaned === 'other') continue;
    if (cleaned === 'broken') return { fault: 'broken' };
    const sides = [cleaned.width, cleaned.height];
    if (Math.min(...sides) < SHORTEST_SIDE) return { fault: 'too_small' };
    if (Math.max(...sides) > LONGEST_SIDE) return { fault: 'too_large' };
    const hash = createHash('sha256').update(cleaned.bytes).digest('hex').slice(0, 32);
    return { name: `${hash}.${ending}`, ...cleaned };
  }
  return { fault: 'unknown_kind' };
}

/** The media type of a picture by its name; undefined when it cannot be one. */
export function pictureType(name: string): string | undefined {
  if (!PICTURE_NAME.test(name)) return undefined;
  return KINDS.find(({ ending }) => name.endsWith(`.${ending}`))?.type;
}
