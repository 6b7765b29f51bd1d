import type { FrequencyCap } from '../campaign.js';
import type { YamlNode } from '../yaml.js';
import { checkKeys, readMap, readNumber } from './read.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** What holds where a campaign says nothing: three messages in a week. */
export const USUAL_CAP: FrequencyCap = { messages: 3, days: 7 };

/** Reads `frequency_cap:` of a campaign or a message: `none`, or how many messages in how many days. */
export function readFrequencyCap(
  node: YamlNode,
  report: Report,
): FrequencyCap | 'none' | undefined {
  if (node.type === 'scalar' && node.text === 'none') return 'none';
  const written = readMap(node, 'frequency_cap', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['messages', 'days'], say`"frequency_cap"`, report);
  const [messages, days] = ['messages', 'days'].map((key) => {
    const value = map.get(key);
    if (value === undefined) {
      report.error(
        map.place(),
        'missing-key',
        say`"frequency_cap" has no "${key}"; write { messages: 3, days: 7 }, or none`,
      );
      return undefined;
    }
    return readNumber(value, key, report, { whole: true, from: 1 });
  });
  return messages === undefined || days === undefined ? undefined : { messages, days };
}
