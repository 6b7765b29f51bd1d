import type { Campaign } from '../../engine/campaign.js';
import { checkKeys, readChoice, readMap, readNumber, readText } from '../../engine/parse/read.js';
import type { Report } from '../../engine/parse/report.js';
import type { YamlNode } from '../../engine/yaml.js';
import type { MessageTime } from './message.js';
import { say } from '../../engine/sentence.js';

/** A date and a time with the offset of its clock, so that it is one instant wherever it is read. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads when a message goes, or until when: an instant, or a time before the election. */
export function readTime(
  node: YamlNode,
  key: string,
  { election }: Campaign,
  report: Report,
): MessageTime | undefined {
  if (node.type === 'scalar') {
    const at = INSTANT.test(node.text) ? Date.parse(node.text) : Number.NaN;
    if (Number.isFinite(at)) return { type: 'instant', at };
    report.error(
      node.place(),
      'wrong-type',
      say`"${key}" must be an instant with its offset, such as 2032-03-13T18:00+01:00, or { days_before: 1, time: "18:00" }`,
    );
    return undefined;
  }
  const written = readMap(node, key, report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['days_before', 'time', 'round'], say`"${key}"`, report);
  const daysNode = map.get('days_before');
  const timeNode = map.get('time');
  if (daysNode === undefined || timeNode === undefined) {
    const missing = daysNode === undefined ? 'days_before: 1' : 'time: "18:00"';
    report.error(map.place(), 'missing-key', say`"${key}" is not whole; add ${missing}`);
  }
  const days =
    daysNode === undefined
      ? undefined
      : readNumber(daysNode, 'days_before', report, { whole: true, from: 0 });
  const time = timeNode === undefined ? undefined : readClock(timeNode, report);
  const roundNode = map.get('round');
  const round = roundNode === undefined ? '1' : readChoice(roundNode, 'round', ['1', '2'], report);
  if (election === undefined || (round === '2' && election.secondRound === undefined)) {
    const what = election === undefined ? 'election: { name, date }' : 'second_round: …';
    report.error(
      map.place(),
      'missing-key',
      say`"${key}" counts from a day that campaign.yaml does not know; add \`${what}\` there, or write an instant`,
    );
    return undefined;
  }
  if (days === undefined || time === undefined || round === undefined) return undefined;
  return { type: 'before', days, time, round: round === '2' ? 2 : 1 };
}

/** Reads a time of day. */
export function readClock(node: YamlNode, report: Report): string | undefined {
  const written = readText(node, 'time', report);
  if (written === undefined) return undefined;
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(written.text)) return written.text;
  report.error(written.place, 'wrong-type', say`"time" must be a time such as "18:00"`);
  return undefined;
}
