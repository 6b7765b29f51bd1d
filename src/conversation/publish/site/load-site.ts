import type { Sources } from '../../../engine/compile.js';
import { readSiteContent } from '../../../engine/site/site-content.js';
import { publishSiteFile } from './publish-site-file.js';
import type { SitePublication, SiteStore } from './site-store.js';
import { takePicture } from './take-picture.js';

export type LoadSiteOptions = {
  readonly flowsDir: string;
  /** Whether what the files say anew is published; without it, only the first page of all. */
  readonly publishes: boolean;
  readonly log: { warn(about: object, sentence: string): void };
  now(): number;
};

/** The page in force; a `campaign.yaml` that says another, never published before, is published first. */
export async function loadSite(
  store: SiteStore,
  { campaign: file, locales }: Sources,
  { flowsDir, publishes, log, now }: LoadSiteOptions,
): Promise<{ readonly inForce: SitePublication | undefined; readonly waitsUntil?: number }> {
  const inForce = await store.newest();
  if (file === undefined || (inForce !== undefined && !publishes)) return { inForce };
  const found = readSiteContent(file, locales);
  // What is wrong with it the check of the files tells.
  if (found === undefined) return { inForce };
  const { content, fault } = await takePicture(store, flowsDir, found.content, new Date(now()));
  if (fault !== undefined) {
    const { picture } = found.content.site;
    log.warn({ picture, fault }, 'the picture that campaign.yaml names cannot be shown');
  }
  const published = await publishSiteFile(store, content, found.campaign, now());
  if (published.waitsUntil !== undefined) {
    const until = new Date(published.waitsUntil).toISOString();
    log.warn({ until }, 'election silence: the changed page is published after it');
  }
  return published;
}
