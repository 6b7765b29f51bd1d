import type { Campaign } from '../../../engine/campaign.js';
import type { SiteContent } from '../../../engine/site/site-content.js';
import { FILES } from '../publish-files.js';
import { publishSite } from './publish-site.js';
import type { SitePublication, SiteStore } from './site-store.js';
import { siteVersion } from './site-version.js';

/**
 * Publishes the page of `campaign.yaml` unless it was published before: a file that was written before
 * staff published changes nothing, so that a restart never undoes what they did. During an election silence
 * it waits, but for the first page of all, which changes nothing that anybody saw.
 */
export async function publishSiteFile(
  store: SiteStore,
  content: SiteContent,
  { calendar }: Pick<Campaign, 'calendar'>,
  at: number,
): Promise<{ readonly inForce: SitePublication | undefined; readonly waitsUntil?: number }> {
  const version = siteVersion(content);
  for (;;) {
    // In this order, or another process that publishes it in between would not be seen.
    const isKnown = (await store.publications.count({ version })) > 0;
    const last = await store.newest();
    if (isKnown) return { inForce: last };
    const by = { type: 'published' as const, author: FILES };
    if (last === undefined) {
      const row = { ...by, version, content, at: new Date(at) };
      const first = await store.add(undefined, row);
      if (first !== undefined) return { inForce: first };
      continue;
    }
    const options = { store, calendar: () => calendar, now: () => at };
    const outcome = await publishSite(options, content, last.version, by);
    switch (outcome.type) {
      case 'published':
        return { inForce: outcome.publication };
      case 'withheld':
        return { inForce: last, waitsUntil: outcome.refusal.until };
      case 'unchanged':
      case 'overtaken':
        // Somebody else was quicker: what is in force now decides.
        break;
      default:
        outcome satisfies never;
    }
  }
}
