import { openYaml } from '../../engine/parse/open.js';
import { checkKeys, needKey, readMap, readText } from '../../engine/parse/read.js';
import { createReport, sortProblems, type Report } from '../../engine/parse/report.js';
import type { Problem } from '../../engine/problem.js';
import type { SourceFile, YamlMap } from '../../engine/yaml.js';
import type { MessageDefinition } from './message.js';
import { MATTER_KEYS, readMatter, type MessageContext } from './read-matter.js';
import { readSegmentName } from './read-segment-name.js';
import { readTime } from './read-time.js';
import { say } from '../../engine/sentence.js';

export type MessageReading = {
  /** Absent when there is any error. */
  readonly message?: MessageDefinition;
  readonly problems: readonly Problem[];
};

const KEYS = ['name', 'segment', 'at', 'expires', ...MATTER_KEYS];

/** Reads and checks the file of a message: every mistake at once, each with its place and cure. */
export function readMessage(file: SourceFile, context: MessageContext): MessageReading {
  const report = createReport();
  const { root } = openYaml(file, report);
  const top = { file: file.path, line: 1, column: 1 };
  if (root === undefined) {
    report.error(
      top,
      'missing-key',
      say`the file says nothing; begin with \`name:\` and \`purpose:\``,
    );
  }
  const written = root === undefined ? undefined : readMap(root, 'message', report);
  const message =
    written === undefined
      ? undefined
      : readAll(checkKeys(written, KEYS, say`a message`, report), file.path, context, report);
  const problems = sortProblems(report.problems);
  const isSound = !problems.some(({ severity }) => severity === 'error');
  return { problems, ...(isSound && message !== undefined ? { message } : {}) };
}

function readAll(
  map: YamlMap,
  path: string,
  context: MessageContext,
  report: Report,
): MessageDefinition | undefined {
  const { campaign } = context;
  const what = say`the message`;
  const nameNode = needKey(map, what, 'name', say`\`name:\`, by which staff know it`, report);
  const name = nameNode === undefined ? undefined : readText(nameNode, 'name', report)?.text;
  const when = say`\`at:\` with an instant, or \`{ days_before: 1, time: "18:00" }\``;
  const atNode = needKey(map, what, 'at', when, report);
  const at = atNode === undefined ? undefined : readTime(atNode, 'at', campaign, report);
  const expiresNode = map.get('expires');
  const expires =
    expiresNode === undefined ? undefined : readTime(expiresNode, 'expires', campaign, report);
  const segment = readSegmentName(map.get('segment'), context, report);
  const matter = readMatter(map, what, path, context, report);
  if (name === undefined || at === undefined || matter === undefined) return undefined;
  return {
    name,
    at,
    ...matter,
    ...(segment === undefined ? {} : { segment }),
    ...(expires === undefined ? {} : { expires }),
  };
}
