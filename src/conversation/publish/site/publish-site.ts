import { Permit, type Refusal } from '../../../engine/calendar/permit.js';
import type { Calendar } from '../../../engine/calendar/calendar.js';
import type { SiteContent } from '../../../engine/site/site-content.js';
import type { SitePublication, SiteStore } from './site-store.js';
import { siteVersion } from './site-version.js';

/** Where and when the page is published. */
export type PublishSiteOptions = {
  readonly store: SiteStore;
  calendar(): Calendar;
  now(): number;
};

/** Who publishes, and why. */
export type SiteBy = Pick<SitePublication, 'type' | 'author' | 'comment'>;

/** What became of it. */
export type SiteOutcome =
  | { readonly type: 'published'; readonly publication: SitePublication }
  /** It is in force already. */
  | { readonly type: 'unchanged' }
  /** The law wants the page unchanged now; nothing was written. */
  | { readonly type: 'withheld'; readonly refusal: Refusal }
  /** Somebody published meanwhile; nothing was written. */
  | { readonly type: 'overtaken'; readonly by: SitePublication };

/**
 * Publishes a page in place of the version it was made from (`base`, absent for the first one ever). During
 * an election silence it is refused: a site may stay up unchanged but not be updated (Conseil
 * constitutionnel on art. L.49 of the code électoral).
 */
export async function publishSite(
  { store, calendar, now }: PublishSiteOptions,
  content: SiteContent,
  base: string | undefined,
  by: SiteBy,
): Promise<SiteOutcome> {
  const version = siteVersion(content);
  for (;;) {
    const last = await store.newest();
    if (last !== undefined && last.version === version) return { type: 'unchanged' };
    if (last !== undefined && last.version !== base) return { type: 'overtaken', by: last };
    const asked = Permit.ask(calendar(), { way: 'publish', content: 'campaign' }, now());
    if (asked.type === 'refused') return { type: 'withheld', refusal: asked };
    const told = by.comment === undefined ? {} : { comment: by.comment };
    const row = {
      type: by.type,
      version,
      content,
      author: by.author,
      ...told,
      at: new Date(now()),
    };
    const publication = await store.add(last, row);
    if (publication !== undefined) return { type: 'published', publication };
  }
}

/** Puts an earlier publication's page back, as a publication of its own; `unknown` when there was none such. */
export async function rollBackSite(
  options: PublishSiteOptions,
  number: string,
  by: Omit<SiteBy, 'type'>,
): Promise<SiteOutcome | { readonly type: 'unknown' }> {
  const { store } = options;
  const [row, last] = [await store.publications.get(number), await store.newest()];
  if (row === undefined) return { type: 'unknown' };
  return publishSite(options, row.content, last?.version, { ...by, type: 'rolled_back' });
}
