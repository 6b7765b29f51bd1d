import type { Site, SiteDate, Translated } from '../campaign.js';
import { removeAt, setAt } from '../edit/yaml-edit.js';
import type { Value } from '../edit/write-yaml.js';
import { SITE_KEYS } from '../parse/site.js';
import { readSiteContent, type SiteContent } from './site-content.js';

/**
 * The text of a `campaign.yaml` with another page in it: only lines that differ are written, so that
 * comments, order and quotes of the others stay. Throws a `RefusedEdit` on a text with mistakes of syntax.
 */
export function writeSite(
  text: string,
  { name, site }: Partial<Pick<SiteContent, 'name'>> & Pick<SiteContent, 'site'>,
): string {
  const named = name === undefined ? text : setAt(text, ['name'], name, WRITING);
  const said = siteValue(site);
  const was = readSiteContent({ path: '', text }, [])?.content.site;
  const before = was === undefined ? {} : siteValue(was);
  let written = named;
  for (const key of SITE_KEYS) {
    const value = said[key];
    // What is written so already is left alone; reading it is much quicker than comparing line by line.
    if (was !== undefined && JSON.stringify(before[key]) === JSON.stringify(value)) continue;
    written =
      value === undefined
        ? removeAt(written, ['site', key])
        : setAt(written, ['site', key], value, WRITING);
  }
  return written;
}

const WRITING = { manner: 'flow', order: SITE_KEYS } as const;

/** A page as `site:` of a `campaign.yaml` says it. */
function siteValue(site: Site): { readonly [key in (typeof SITE_KEYS)[number]]?: Value } {
  const { url, headline, summary, picture, pictureText, notice, controller, colours } = site;
  return {
    ...(url === undefined ? {} : { url }),
    ...(headline === undefined ? {} : { headline }),
    ...(summary === undefined ? {} : { summary }),
    ...(picture === undefined ? {} : { picture }),
    ...(pictureText === undefined ? {} : { picture_text: pictureText }),
    ...(site.issues.length === 0 ? {} : { issues: site.issues.map(titled) }),
    ...(site.dates.length === 0 ? {} : { dates: site.dates.map(dated) }),
    ...(notice === undefined ? {} : { notice }),
    ...(site.notices.length === 0 ? {} : { notices: site.notices.map(titled) }),
    ...(controller === undefined ? {} : { controller: { ...controller } }),
    colours: { ...colours },
  };
}

function titled({ title, text }: { title: Translated; text: Translated }): Value {
  return { title, text };
}

function dated({ on, at, title, place }: SiteDate): Value {
  return {
    on,
    ...(at === undefined ? {} : { at }),
    title,
    ...(place === undefined ? {} : { place }),
  };
}
