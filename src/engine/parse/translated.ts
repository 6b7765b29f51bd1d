import type { Translated } from '../campaign.js';
import type { YamlNode } from '../yaml.js';
import { checkKeys, readMap, readText } from './read.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** Reads a text given in each language of the campaign. */
export function readTranslated(
  node: YamlNode,
  key: string,
  languages: readonly string[],
  report: Report,
): Translated | undefined {
  const group = readMap(node, key, report);
  if (group === undefined) return undefined;
  const map = checkKeys(group, languages, say`"${key}"`, report);
  const result: Record<string, string> = {};
  for (const language of languages) {
    const text = map.get(language);
    if (text === undefined) {
      report.error(
        map.place(),
        'missing-translation',
        say`"${key}" has no words in ${language}; add \`${language}:\``,
      );
      continue;
    }
    const written = readText(text, language, report);
    if (written !== undefined) result[language] = written.text;
  }
  return result;
}
