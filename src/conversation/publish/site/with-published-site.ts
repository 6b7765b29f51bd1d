import type { Sources } from '../../../engine/compile.js';
import { fitLanguages } from '../../../engine/site/fit-languages.js';
import { readSiteContent } from '../../../engine/site/site-content.js';
import { writeSite } from '../../../engine/site/write-site.js';
import type { SitePublication } from './site-store.js';

/**
 * The files with the published page in their `campaign.yaml`, so that whatever reads them sees the campaign
 * as it is in force. A file with mistakes is left as it is, for the check to tell them. With `asNamed` the
 * campaign keeps the name in its file, which recorded conversations quote.
 */
export function withPublishedSite(
  sources: Sources,
  publication: Pick<SitePublication, 'content'> | undefined,
  { asNamed = false }: { readonly asNamed?: boolean } = {},
): Sources {
  const { campaign: file, locales } = sources;
  if (file === undefined || publication === undefined) return sources;
  const found = readSiteContent(file, locales);
  if (found === undefined) return sources;
  const { name, site } = fitLanguages(publication.content, found.campaign.languages);
  const text = writeSite(file.text, asNamed ? { site } : { name, site });
  return { ...sources, campaign: { ...file, text } };
}
