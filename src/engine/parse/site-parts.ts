import type { Controller, SiteDate, Translated } from '../campaign.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { readDay, readTime } from './election.js';
import { checkKeys, readList, readMap, readText } from './read.js';
import type { Report } from './report.js';
import { readTranslated } from './translated.js';
import { say } from '../sentence.js';

type Part = 'issue' | 'notice' | 'date';
const ONE = { issue: say`an issue`, notice: say`a notice`, date: say`a date` };
const THIS = { issue: say`this issue`, notice: say`this notice`, date: say`this date` };

/** Reads a list of what has a title and a text in each language. */
export function readTitled(
  node: YamlNode | undefined,
  key: string,
  what: Part,
  languages: readonly string[],
  report: Report,
): readonly { readonly title: Translated; readonly text: Translated }[] {
  const list = node === undefined ? undefined : readList(node, key, report);
  return (list?.items ?? []).flatMap((item) => {
    const group = readMap(item, key, report);
    if (group === undefined) return [];
    const map = checkKeys(group, ['title', 'text'], ONE[what], report);
    const part = (name: string): Translated => demand(map, name, what, languages, report);
    return [{ title: part('title'), text: part('text') }];
  });
}

/** Reads `dates:` of the site: days that everybody may come to. */
export function readDates(
  node: YamlNode | undefined,
  languages: readonly string[],
  report: Report,
): readonly SiteDate[] {
  const list = node === undefined ? undefined : readList(node, 'dates', report);
  return (list?.items ?? []).flatMap((item) => {
    const group = readMap(item, 'dates', report);
    if (group === undefined) return [];
    const map = checkKeys(group, ['on', 'at', 'title', 'place'], say`a date`, report);
    const title = demand(map, 'title', 'date', languages, report);
    const placeNode = map.get('place');
    const place =
      placeNode === undefined ? undefined : readTranslated(placeNode, 'place', languages, report);
    const on = readOn(map, report);
    const at = readTime(map.get('at'), 'at', report);
    if (on === undefined) return [];
    return [
      {
        on,
        ...(at === undefined ? {} : { at }),
        title,
        ...(place === undefined ? {} : { place }),
      },
    ];
  });
}

/** Reads `controller:` of the site: who answers for the data. */
export function readController(node: YamlNode | undefined, report: Report): Controller | undefined {
  const group = node === undefined ? undefined : readMap(node, 'controller', report);
  if (group === undefined) return undefined;
  const keys = ['name', 'address', 'email', 'officer'] as const;
  const map = checkKeys(group, keys, say`"controller"`, report);
  const parts = keys.flatMap((key) => {
    const value = map.get(key);
    const written = value === undefined ? undefined : readText(value, key, report);
    return written === undefined ? [] : [[key, written.text] as const];
  });
  const { name, ...others }: { readonly [key in (typeof keys)[number]]?: string } =
    Object.fromEntries(parts);
  if (name === undefined) {
    report.error(
      map.place(),
      'missing-key',
      say`"controller" has no "name"; add \`name:\` with who answers for the data of supporters`,
    );
    return undefined;
  }
  return { name, ...others };
}

function demand(
  map: YamlMap,
  key: string,
  what: Part,
  languages: readonly string[],
  report: Report,
): Translated {
  const node = map.get(key);
  if (node !== undefined) return readTranslated(node, key, languages, report) ?? {};
  report.error(
    map.place(),
    'missing-key',
    say`${THIS[what]} has no "${key}"; add \`${key}:\` with a text in each language`,
  );
  return {};
}

function readOn(map: YamlMap, report: Report): string | undefined {
  const node = map.get('on');
  if (node !== undefined) return readDay(node, 'on', report);
  report.error(map.place(), 'missing-key', say`this date has no "on"; add \`on:\` with the day`);
  return undefined;
}
