import { openYaml } from '../../engine/parse/open.js';
import {
  checkKeys,
  needKey,
  readChoice,
  readFlag,
  readList,
  readMap,
  readNumber,
  readSpan,
  readText,
} from '../../engine/parse/read.js';
import { createReport, sortProblems, type Report } from '../../engine/parse/report.js';
import type { Problem } from '../../engine/problem.js';
import { withEntries } from '../../engine/yaml/nodes.js';
import type { SourceFile, YamlMap, YamlNode } from '../../engine/yaml.js';
import type { Leave } from '../messages/follow-up.js';
import { MATTER_KEYS, readMatter, type MessageContext } from '../messages/read-matter.js';
import { readSegmentName } from '../messages/read-segment-name.js';
import { readClock } from '../messages/read-time.js';
import { readStart } from './read-start.js';
import type { After, SequenceDefinition, SequenceStep } from './sequence.js';
import { say } from '../../engine/sentence.js';

export type SequenceReading = {
  /** Absent when there is any error. */
  readonly sequence?: SequenceDefinition;
  readonly problems: readonly Problem[];
};

/** What steps take from the sequence when they do not say it themselves. */
const SHARED_KEYS = ['purpose', 'content', 'channels', 'urgent', 'frequency_cap'];
const KEYS = ['name', 'start', 'leave', 'steps', ...SHARED_KEYS];
const STEP_KEYS = ['after', 'mode', ...MATTER_KEYS];
const MOST_STEPS = 30;

/** Reads and checks the file of a sequence: every mistake at once, each with its place and cure. */
export function readSequence(file: SourceFile, context: MessageContext): SequenceReading {
  const report = createReport();
  const { root } = openYaml(file, report);
  if (root === undefined) {
    const top = { file: file.path, line: 1, column: 1 };
    report.error(
      top,
      'missing-key',
      say`the file says nothing; begin with \`name:\` and \`start:\``,
    );
  }
  const written = root === undefined ? undefined : readMap(root, 'sequence', report);
  const sequence =
    written === undefined
      ? undefined
      : readAll(checkKeys(written, KEYS, say`a sequence`, report), file.path, context, report);
  const problems = distinct(sortProblems(report.problems));
  const isSound = !problems.some(({ severity }) => severity === 'error');
  return { problems, ...(isSound && sequence !== undefined ? { sequence } : {}) };
}

function readAll(
  map: YamlMap,
  path: string,
  context: MessageContext,
  report: Report,
): SequenceDefinition | undefined {
  const what = say`the sequence`;
  const nameNode = needKey(map, what, 'name', say`\`name:\`, by which staff know it`, report);
  const name = nameNode === undefined ? undefined : readText(nameNode, 'name', report)?.text;
  const begin = say`\`start:\` with what it begins with, such as \`{ consent: engagement }\``;
  const startNode = needKey(map, what, 'start', begin, report);
  const start = startNode === undefined ? undefined : readStart(startNode, report);
  const leaveNode = map.get('leave');
  const leave = leaveNode === undefined ? {} : readLeave(leaveNode, context, report);
  const stepsNode = needKey(map, what, 'steps', say`\`steps:\` with a list of them`, report);
  const steps =
    stepsNode === undefined ? undefined : readSteps(stepsNode, map, path, context, report);
  if (name === undefined || start === undefined || steps === undefined) return undefined;
  return { name, start, leave, steps };
}

function readLeave(node: YamlNode, context: MessageContext, report: Report): Leave {
  const written = readMap(node, 'leave', report);
  if (written === undefined) return {};
  const map = checkKeys(written, ['answered', 'segment'], say`"leave"`, report);
  const answeredNode = map.get('answered');
  const answered =
    answeredNode === undefined ? undefined : readFlag(answeredNode, 'answered', report);
  const segment = readSegmentName(map.get('segment'), context, report);
  return {
    ...(answered === true ? { answered } : {}),
    ...(segment === undefined ? {} : { segment }),
  };
}

function readSteps(
  node: YamlNode,
  shared: YamlMap,
  path: string,
  context: MessageContext,
  report: Report,
): readonly SequenceStep[] | undefined {
  const list = readList(node, 'steps', report);
  if (list === undefined) return undefined;
  if (list.items.length === 0 || list.items.length > MOST_STEPS) {
    report.error(list.place(), 'wrong-type', say`"steps" has from 1 to ${MOST_STEPS} steps`);
    return undefined;
  }
  const inherited = shared.entries.filter(({ key }) => SHARED_KEYS.includes(key));
  return list.items.flatMap((item): SequenceStep[] => {
    const written = readMap(item, 'step', report);
    if (written === undefined) return [];
    const own = checkKeys(written, STEP_KEYS, say`a step`, report);
    const missing = inherited.filter(({ key }) => own.entry(key) === undefined);
    const map = withEntries(own, [...missing, ...own.entries]);
    const delay = say`\`after:\` with a span such as 2h, or \`{ days: 1, time: "18:00" }\``;
    const afterNode = needKey(map, say`the step`, 'after', delay, report);
    const after = afterNode === undefined ? undefined : readAfter(afterNode, report);
    const matter = readMatter(map, say`the step`, path, context, report);
    const says = map.get('flow') === undefined ? 'words' : 'flow';
    const mode = readMode(map.get('mode'), says, report);
    if (after === undefined || matter === undefined || mode === undefined) return [];
    return [{ ...matter, after, mode }];
  });
}

function readAfter(node: YamlNode, report: Report): After | undefined {
  if (node.type === 'scalar') {
    const ms = readSpan(node, 'after', report);
    return ms === undefined ? undefined : { type: 'span', ms };
  }
  const written = readMap(node, 'after', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['days', 'time'], say`"after"`, report);
  const daysNode = needKey(map, say`"after"`, 'days', say`\`days: 1\``, report);
  const timeNode = needKey(map, say`"after"`, 'time', say`\`time: "18:00"\``, report);
  const days =
    daysNode === undefined
      ? undefined
      : readNumber(daysNode, 'days', report, { whole: true, from: 0 });
  const time = timeNode === undefined ? undefined : readClock(timeNode, report);
  return days === undefined || time === undefined ? undefined : { type: 'day', days, time };
}

/** Words never take a conversation over, and a flow always does. */
function readMode(
  node: YamlNode | undefined,
  says: 'words' | 'flow',
  report: Report,
): SequenceStep['mode'] | undefined {
  const usual = says === 'words' ? 'passive' : 'interrupt';
  if (node === undefined) return usual;
  const mode = readChoice(node, 'mode', ['interrupt', 'skip', 'passive'], report);
  if (mode === undefined || mode === 'skip' || mode === usual) return mode;
  report.error(
    node.place(),
    'wrong-type',
    says === 'words'
      ? say`words are said beside a conversation and interrupt none; write \`mode: passive\` or \`mode: skip\`, or start a flow`
      : say`a flow takes the conversation over; write \`mode: interrupt\` or \`mode: skip\`, or say words instead`,
  );
  return undefined;
}

/** What steps share is checked with each of them, and told once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
