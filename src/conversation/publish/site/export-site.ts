import { dirname, join } from 'node:path';
import type { SourceFile } from '../../../engine/compile.js';
import { fitLanguages } from '../../../engine/site/fit-languages.js';
import { readSiteContent, type SiteContent } from '../../../engine/site/site-content.js';
import { writeSite } from '../../../engine/site/write-site.js';
import type { SiteStore } from './site-store.js';
import { siteVersion } from './site-version.js';
import { readPicture } from './take-picture.js';

/** What an export of the page writes. */
export type SiteExport = {
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array }[];
  /** Whether the file holds a page that never was published and would be lost. */
  readonly isUnpublished: boolean;
};

/**
 * Plans the export of the page in force into a `campaign.yaml`, of which only lines that differ change, and
 * of its picture beside it; writes nothing.
 */
export async function exportSite(
  store: SiteStore,
  file: SourceFile,
  locales: readonly SourceFile[],
): Promise<SiteExport> {
  const [last, found] = [await store.newest(), readSiteContent(file, locales)];
  if (last === undefined || found === undefined) return { files: [], isUnpublished: false };
  const folder = dirname(file.path);
  const own = await asPublished(folder, found.content);
  if (siteVersion(own) === last.version) return { files: [], isUnpublished: false };
  const isUnpublished = (await store.publications.count({ version: siteVersion(own) })) === 0;
  const page = fitLanguages(last.content, found.campaign.languages);
  const { picture } = page.site;
  // The file has it under a name of its own.
  const isThere = picture !== undefined && own.site.picture === picture;
  const kept = found.content.site.picture;
  const site = isThere && kept !== undefined ? { ...page.site, picture: kept } : page.site;
  const bytes = picture === undefined || isThere ? undefined : await store.pictures.get(picture);
  const text = writeSite(file.text, { name: page.name, site });
  return {
    files: [
      ...(text === file.text ? [] : [{ path: file.path, content: text }]),
      ...(bytes === undefined || picture === undefined
        ? []
        : [{ path: join(folder, picture), content: bytes }]),
    ],
    isUnpublished,
  };
}

/** The page of a file with its picture under the name that it is published under. */
async function asPublished(folder: string, content: SiteContent): Promise<SiteContent> {
  const { picture, ...rest } = content.site;
  if (picture === undefined) return content;
  const found = await readPicture(folder, picture);
  if (found === undefined) return content;
  return { ...content, site: 'fault' in found ? rest : { ...content.site, picture: found.name } };
}
