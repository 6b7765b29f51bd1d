import type { Campaign, Translated } from '../campaign.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { checkKeys, readList, readMap, readText } from './read.js';
import type { Report } from './report.js';
import { readTranslated } from './translated.js';

const COLOURS = { primary: '#1d3f72', accent: '#b3402a' };

/** The page of a campaign that says nothing of it. */
export const EMPTY_SITE: Campaign['site'] = { issues: [], colours: COLOURS };

/** Reads `site:` of `campaign.yaml`: what the landing page shows. */
export function readSite(
  node: YamlNode,
  languages: readonly string[],
  report: Report,
): Campaign['site'] {
  const written = readMap(node, 'site', report);
  if (written === undefined) return EMPTY_SITE;
  const keys = ['headline', 'summary', 'issues', 'notice', 'colours', 'picture', 'url'];
  const map = checkKeys(written, keys, '"site"', report);
  const translated = (key: string): Translated | undefined => {
    const text = map.get(key);
    return text === undefined ? undefined : readTranslated(text, key, languages, report);
  };
  const headline = translated('headline');
  const summary = translated('summary');
  const notice = translated('notice');
  const pictureNode = map.get('picture');
  const picture =
    pictureNode === undefined ? undefined : readText(pictureNode, 'picture', report)?.text;
  const issuesNode = map.get('issues');
  const issues = issuesNode === undefined ? undefined : readList(issuesNode, 'issues', report);
  return {
    ...(headline === undefined ? {} : { headline }),
    ...(summary === undefined ? {} : { summary }),
    ...(notice === undefined ? {} : { notice }),
    ...(picture === undefined ? {} : { picture }),
    ...readUrl(map, report),
    issues: (issues?.items ?? []).flatMap((item) => {
      const group = readMap(item, 'issues', report);
      if (group === undefined) return [];
      const issue = checkKeys(group, ['title', 'text'], 'an issue', report);
      const part = (key: string): Translated => {
        const text = issue.get(key);
        if (text !== undefined) return readTranslated(text, key, languages, report) ?? {};
        report.error(
          issue.place(),
          'missing-key',
          `this issue has no "${key}"; add \`${key}:\` with a text in each language`,
        );
        return {};
      };
      return [{ title: part('title'), text: part('text') }];
    }),
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
    '"url" must be the address of a site, such as https://example.org',
  );
  return {};
}

function readColours(site: YamlMap, report: Report): Campaign['site']['colours'] {
  const node = site.get('colours');
  const group = node === undefined ? undefined : readMap(node, 'colours', report);
  if (group === undefined) return COLOURS;
  const map = checkKeys(group, ['primary', 'accent'], '"colours"', report);
  const colour = (key: 'primary' | 'accent'): string => {
    const value = map.get(key);
    const written = value === undefined ? undefined : readText(value, key, report);
    if (written === undefined) return COLOURS[key];
    if (/^#[0-9a-fA-F]{6}$/.test(written.text)) return written.text;
    report.error(written.place, 'wrong-type', `"${key}" must be a colour such as "#1d3f72"`);
    return COLOURS[key];
  };
  return { primary: colour('primary'), accent: colour('accent') };
}
