import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { errorCode } from '../../../error-code.js';
import type { SiteContent } from '../../../engine/site/site-content.js';
import { cleanPicture, PICTURE_NAME, type PictureFault } from './picture/clean-picture.js';
import { SITE, type SiteStore } from './site-store.js';

/**
 * Takes the picture that a `campaign.yaml` names into the store, so that what was published stays what it
 * was whatever becomes of the file. What cannot be shown is told, and left out.
 */
export async function takePicture(
  store: SiteStore,
  flowsDir: string,
  content: SiteContent,
  at: Date,
): Promise<{ readonly content: SiteContent; readonly fault?: PictureFault | 'missing' }> {
  const { picture, ...rest } = content.site;
  if (picture === undefined) return { content };
  const found = await readPicture(flowsDir, picture);
  if (found === undefined) {
    const isKept = PICTURE_NAME.test(picture) && (await store.pictures.has(picture));
    return isKept ? { content } : { content: { ...content, site: rest }, fault: 'missing' };
  }
  if ('fault' in found) return { content: { ...content, site: rest }, fault: found.fault };
  await store.pictures.put(found.name, SITE, found.bytes, at);
  return { content: { ...content, site: { ...content.site, picture: found.name } } };
}

/** The picture of a file in a folder, as pages show it; undefined when there is no such file. */
export async function readPicture(
  folder: string,
  name: string,
): Promise<ReturnType<typeof cleanPicture> | undefined> {
  const file = await readWithin(folder, name);
  return file === undefined ? undefined : cleanPicture(file);
}

/** A file of a folder; nothing outside it, and no hidden one. */
async function readWithin(folder: string, name: string): Promise<Uint8Array | undefined> {
  const path = resolve(folder, name);
  if (/(?:^|[\\/])\./.test(relative(folder, path))) return undefined;
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(errorCode(error)))) return undefined;
    throw error;
  }
}
