import { PURPOSES } from '../../engine/flow.js';
import { checkKeys, readChoice, readMap, readNumber, readText } from '../../engine/parse/read.js';
import type { Report } from '../../engine/parse/report.js';
import type { YamlNode } from '../../engine/yaml.js';
import { TEXT_FIELDS } from '../../supporters/profile.js';
import { SIGNUP_STATES } from '../../supporters/record.js';
import type { SequenceStart } from './sequence.js';
import { say } from '../../engine/sentence.js';

const KINDS = ['consent', 'tag', 'field', 'signup', 'donation', 'silent_days'];

/** Reads what a sequence begins with: one kind of event, and for a field the value it may have to get. */
export function readStart(node: YamlNode, report: Report): SequenceStart | undefined {
  const written = readMap(node, 'start', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, [...KINDS, 'value'], say`"start"`, report);
  const kinds = map.entries.filter(({ key }) => KINDS.includes(key));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const code = kind === undefined ? 'missing-key' : 'two-kinds';
    report.error(map.place(), code, say`"start" names one of: ${KINDS.join(', ')}`);
    return undefined;
  }
  const valueNode = map.get('value');
  if (valueNode !== undefined && kind.key !== 'field') {
    report.error(
      valueNode.place(),
      'unknown-key',
      say`only a field has a value; take \`value:\` away`,
    );
  }
  const { value } = kind;
  switch (kind.key) {
    case 'consent': {
      const purpose = readChoice(value, 'consent', PURPOSES, report);
      return purpose === undefined ? undefined : { type: 'consent', purpose };
    }
    case 'tag': {
      const tag = readText(value, 'tag', report)?.text;
      return tag === undefined ? undefined : { type: 'tag', tag };
    }
    case 'signup': {
      const state = readChoice(value, 'signup', SIGNUP_STATES, report);
      return state === undefined ? undefined : { type: 'signup', state };
    }
    case 'donation':
      readChoice(value, 'donation', ['any'], report);
      return { type: 'donation' };
    case 'silent_days': {
      const days = readNumber(value, 'silent_days', report, { whole: true, from: 1 });
      return days === undefined ? undefined : { type: 'silent', days };
    }
    default:
      return readField(value, valueNode, report);
  }
}

function readField(
  node: YamlNode,
  valueNode: YamlNode | undefined,
  report: Report,
): SequenceStart | undefined {
  const written = readText(node, 'field', report);
  if (written === undefined) return undefined;
  const { text: field, place } = written;
  const known = [...TEXT_FIELDS, 'support_level', 'language'];
  if (!known.some((one) => one === field) && !/^(fields|preferences)\.\w+$/.test(field)) {
    report.error(
      place,
      'unknown-field',
      say`the profile has no "${field}"; write fields.${field} for one of your own, or one of: ${known.join(', ')}`,
    );
    return undefined;
  }
  if (valueNode === undefined) return { type: 'field', field };
  if (valueNode.type === 'scalar' && valueNode.value !== null) {
    return { type: 'field', field, value: valueNode.value };
  }
  report.error(valueNode.place(), 'wrong-type', say`"value" is a text, a number, true or false`);
  return undefined;
}
