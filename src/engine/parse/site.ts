import type { Site, Translated } from '../campaign.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { checkKeys, readMap, readText } from './read.js';
import type { Report } from './report.js';
import { readController, readDates, readTitled } from './site-parts.js';
import { readTranslated } from './translated.js';
import { say } from '../sentence.js';

const COLOURS = { primary: '#1d3f72', accent: '#b3402a' };

/** The page of a campaign that says nothing of it. */
export const EMPTY_SITE: Site = { issues: [], dates: [], notices: [], colours: COLOURS };

/** What `site:` may say, in the order in which it is written. */
export const SITE_KEYS = [
  'url',
  'headline',
  'summary',
  'picture',
  'picture_text',
  'issues',
  'dates',
  'notice',
  'notices',
  'controller',
  'colours',
] as const;

/** Reads `site:` of `campaign.yaml`: what the landing page shows. */
export function readSite(node: YamlNode, languages: readonly string[], report: Report): Site {
  const written = readMap(node, 'site', report);
  if (written === undefined) return EMPTY_SITE;
  const map = checkKeys(written, SITE_KEYS, say`"site"`, report);
  const translated = (key: string): Translated | undefined => {
    const text = map.get(key);
    return text === undefined ? undefined : readTranslated(text, key, languages, report);
  };
  const headline = translated('headline');
  const summary = translated('summary');
  const notice = translated('notice');
  const pictureText = translated('picture_text');
  const pictureNode = map.get('picture');
  const picture =
    pictureNode === undefined ? undefined : readText(pictureNode, 'picture', report)?.text;
  const controller = readController(map.get('controller'), report);
  return {
    ...(headline === undefined ? {} : { headline }),
    ...(summary === undefined ? {} : { summary }),
    ...(notice === undefined ? {} : { notice }),
    ...(picture === undefined ? {} : { picture }),
    ...(pictureText === undefined ? {} : { pictureText }),
    ...(controller === undefined ? {} : { controller }),
    ...readUrl(map, report),
    issues: readTitled(map.get('issues'), 'issues', 'issue', languages, report),
    notices: readTitled(map.get('notices'), 'notices', 'notice', languages, report),
    dates: readDates(map.get('dates'), languages, report),
    colours: readColours(map, report),
  };
}

function readUrl(site: YamlMap, report: Report): { url?: string } {
  const node = site.get('url');
  const written = node === undefined ? undefined : readText(node, 'url', report);
  if (written === undefined) return {};
  if (URL.canParse(written.text) && /^https?:/.test(written.text)) return { url: written.text };
  report.error(
    written.place,
    'wrong-type',
    say`"url" must be the address of a site, such as https://example.org`,
  );
  return {};
}

function readColours(site: YamlMap, report: Report): Site['colours'] {
  const node = site.get('colours');
  const group = node === undefined ? undefined : readMap(node, 'colours', report);
  if (group === undefined) return COLOURS;
  const map = checkKeys(group, ['primary', 'accent'], say`"colours"`, report);
  const colour = (key: 'primary' | 'accent'): string => {
    const value = map.get(key);
    const written = value === undefined ? undefined : readText(value, key, report);
    if (written === undefined) return COLOURS[key];
    if (/^#[0-9a-fA-F]{6}$/.test(written.text)) return written.text;
    report.error(written.place, 'wrong-type', say`"${key}" must be a colour such as "#1d3f72"`);
    return COLOURS[key];
  };
  return { primary: colour('primary'), accent: colour('accent') };
}
