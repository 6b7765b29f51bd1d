import { fold } from '../fold.js';
import type { Groups } from '../lesson.js';
import type { Place } from '../problem.js';
import type { YamlNode } from '../yaml.js';
import { readMap, readText, type Written } from './read.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** Reads an `intents.yaml`: phrases by the intent they mean. A phrase means one intent only. */
export function readIntents(root: YamlNode | undefined, report: Report): Groups {
  const intents = readGroups(root, 'intents', report);
  const seen = new Map<string, { readonly intent: string; readonly place: Place }>();
  for (const [intent, phrases] of intents) {
    for (const { text, place } of phrases) {
      const folded = fold(text);
      const before = seen.get(folded);
      if (before === undefined) seen.set(folded, { intent, place });
      else if (before.intent !== intent) {
        report.error(
          place,
          'duplicate-phrase',
          say`"${text}" means "${before.intent}" already (line ${before.place.line}); keep it under one of the two`,
        );
      }
    }
  }
  return textsOf(intents);
}

/** Reads a `synonyms.yaml`: words and expressions that mean about the same, by a name for each group. */
export function readSynonyms(root: YamlNode | undefined, report: Report): Groups {
  return textsOf(readGroups(root, 'synonyms', report));
}

function textsOf(groups: ReadonlyMap<string, readonly Written[]>): Groups {
  return new Map([...groups].map(([name, written]) => [name, written.map(({ text }) => text)]));
}

function readGroups(
  root: YamlNode | undefined,
  what: string,
  report: Report,
): ReadonlyMap<string, readonly Written[]> {
  const map = root === undefined ? undefined : readMap(root, what, report);
  const groups = new Map<string, readonly Written[]>();
  for (const { key, value } of map?.entries ?? []) {
    const items = value.type === 'list' ? value.items : [value];
    const texts = items.flatMap((item) => readText(item, key, report) ?? []);
    groups.set(key, texts);
  }
  return groups;
}
