import type { Campaign, Site } from '../campaign.js';
import { readCampaign } from '../parse/campaign.js';
import { languagesOf } from '../parse/locales.js';
import { openYaml } from '../parse/open.js';
import { createReport } from '../parse/report.js';
import type { SourceFile } from '../yaml.js';

/** What staff edit of the campaign's page: its name, and all that `site:` of `campaign.yaml` says. */
export type SiteContent = { readonly name: string; readonly site: Site };

/**
 * What a `campaign.yaml` says of the page; undefined when there is a mistake in it, which a check of the
 * files tells. `locales` are the files of words, by which languages are known where the file names none.
 */
export function readSiteContent(
  file: SourceFile,
  locales: readonly SourceFile[],
): { readonly campaign: Campaign; readonly content: SiteContent } | undefined {
  const report = createReport();
  const { root } = openYaml(file, report);
  const campaign = readCampaign(root, languagesOf(locales), report);
  if (report.problems.some(({ severity }) => severity === 'error')) return undefined;
  return { campaign, content: { name: campaign.name, site: campaign.site } };
}
