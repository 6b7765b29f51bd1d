import {
  publishSite,
  type PublishSiteOptions,
  type SiteBy,
  type SiteOutcome,
} from './publish-site.js';
import type { SiteDraft } from './site-store.js';

/**
 * Publishes what staff wrote of the page, as it was looked at, and discards the draft. `changed`: it is not
 * any more that revision, or was discarded.
 */
export async function publishSiteDraft(
  options: PublishSiteOptions,
  { revision, content }: Pick<SiteDraft, 'revision' | 'content'>,
  by: Omit<SiteBy, 'type'>,
): Promise<SiteOutcome | { readonly type: 'changed' }> {
  const { drafts } = options.store;
  const draft = await drafts.get();
  if (draft?.revision !== revision) return { type: 'changed' };
  const outcome = await publishSite(options, content, draft.base, { ...by, type: 'published' });
  // What somebody saved meanwhile is a draft of the version before, which its base tells.
  if (outcome.type === 'published' || outcome.type === 'unchanged') await drafts.discard(draft);
  return outcome;
}
