import type { YamlMap } from '../yaml.js';
import { renamed } from './read.js';
import type { Report } from './report.js';
import { didYouMean, nearest } from './suggest.js';
import { say } from '../sentence.js';

/** Keys at the top of `common.yaml` that hold groups of words. */
const GROUPS = [
  'words',
  'languages',
  'resume',
  'share',
  'by_number',
  'confirm_email',
  'mail',
  'unsubscribe',
  'join_code',
  'go_on',
  'invite',
  'handoff',
  'privacy',
  'team',
  'treasurer',
  'volunteers',
];

/**
 * Takes the mistyped groups of `common.yaml` for what they resemble, and tells each once, whatever is
 * in it.
 */
export function mendGroups(root: YamlMap, report: Report): YamlMap {
  let read = root;
  for (const entry of root.entries) {
    const { key, value } = entry;
    if (value.type !== 'map' || GROUPS.includes(key)) continue;
    const missing = GROUPS.filter((group) => read.entry(group) === undefined);
    const near = nearest(key, missing);
    if (near === undefined) continue;
    report.error(
      entry.keyPlace(),
      'unknown-key',
      say`the common words have no "${key}"; ${didYouMean(key, missing)}`,
    );
    read = renamed(read, key, near);
  }
  return read;
}
