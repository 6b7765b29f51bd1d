import type { Rule } from '../event.js';
import { fold } from '../fold.js';
import type { YamlNode } from '../yaml.js';
import { checkKeys, readList, readMap, readText } from './read.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** Words read by exact rule; each stands for the command of its name. */
export const RULES: readonly Rule[] = ['stop', 'help', 'privacy', 'language', 'person'];

/** Reads a `stop-words.yaml` into `rules`, folded word to rule; every language at once. */
export function readRules(
  root: YamlNode | undefined,
  rules: Map<string, Rule>,
  report: Report,
): void {
  const top = root === undefined ? undefined : readMap(root, 'stop-words', report);
  if (top === undefined) return;
  const map = checkKeys(top, RULES, say`stop-words.yaml`, report);
  for (const rule of RULES) {
    const node = map.get(rule);
    const list = node === undefined ? undefined : readList(node, rule, report);
    for (const item of list?.items ?? []) {
      const written = readText(item, rule, report);
      if (written === undefined) continue;
      const word = fold(written.text);
      const before = rules.get(word);
      if (before !== undefined && before !== rule) {
        report.error(
          written.place,
          'duplicate-trigger',
          say`"${written.text}" already means ${before}; keep it under one of the two`,
        );
      } else if (word !== '') rules.set(word, rule);
    }
  }
}
