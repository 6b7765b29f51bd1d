import { pictureType } from '../conversation/publish/site/picture/clean-picture.js';
import type { Picture } from '../site/server/site.js';
import type { Blobs } from '../store/blobs.js';

/** The pictures of the page by name; the last ones are kept at hand, for every visitor asks for the same. */
export function sitePicture(
  pictures: Pick<Blobs, 'get'>,
): (name: string) => Promise<Picture | undefined> {
  const kept = new Map<string, Picture>();
  return async (name) => {
    const type = pictureType(name);
    const known = kept.get(name);
    if (type === undefined || known !== undefined) return known;
    const bytes = await pictures.get(name);
    if (bytes === undefined) return undefined;
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(name, { type, bytes });
    return { type, bytes };
  };
}

/** The one in force, and those that editors try out. */
const MOST_KEPT = 4;
