import type { Campaign } from '../../engine/campaign.js';
import { PURPOSES, type Flow } from '../../engine/flow.js';
import { readFrequencyCap } from '../../engine/parse/frequency-cap.js';
import { CHANNELS } from '../../engine/parse/names.js';
import { openYaml } from '../../engine/parse/open.js';
import {
  checkKeys,
  readChoice,
  readFlag,
  readList,
  readMap,
  readText,
} from '../../engine/parse/read.js';
import { createReport, sortProblems, type Report } from '../../engine/parse/report.js';
import { didYouMean } from '../../engine/parse/suggest.js';
import type { Problem } from '../../engine/problem.js';
import type { SourceFile, YamlMap, YamlNode } from '../../engine/yaml.js';
import type { MessageDefinition } from './message.js';
import { readTime } from './read-time.js';
import { readWords } from './read-words.js';

/** What a message is checked against. */
export type MessageContext = {
  readonly campaign: Campaign;
  /** The flows in force. */
  readonly flows: ReadonlyMap<string, Pick<Flow, 'purpose' | 'content'>>;
  /** Names of the segments there are; undefined: nobody knows. */
  readonly segments?: ReadonlySet<string>;
};

export type MessageReading = {
  /** Absent when there is any error. */
  readonly message?: MessageDefinition;
  readonly problems: readonly Problem[];
};

const KEYS = [
  'name',
  'purpose',
  'content',
  'segment',
  'words',
  'flow',
  'at',
  'channels',
  'expires',
  'urgent',
  'frequency_cap',
];
/** Where messages can go. */
const WAYS: readonly string[] = [
  ...new Set<string>([...CHANNELS.filter((channel) => channel !== 'terminal'), 'email']),
];

/** Reads and checks the file of a message: every mistake at once, each with its place and cure. */
export function readMessage(file: SourceFile, context: MessageContext): MessageReading {
  const report = createReport();
  const { root } = openYaml(file, report);
  const top = { file: file.path, line: 1, column: 1 };
  if (root === undefined) {
    report.error(top, 'missing-key', 'the file says nothing; begin with `name:` and `purpose:`');
  }
  const written = root === undefined ? undefined : readMap(root, 'message', report);
  const message =
    written === undefined
      ? undefined
      : readAll(checkKeys(written, KEYS, 'a message', report), file.path, context, report);
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
  const need = (key: string, cure: string): YamlNode | undefined => {
    const node = map.get(key);
    if (node === undefined) {
      report.error(map.place(), 'missing-key', `the message has no "${key}"; add ${cure}`);
    }
    return node;
  };
  const nameNode = need('name', '`name:`, by which staff know it');
  const name = nameNode === undefined ? undefined : readText(nameNode, 'name', report)?.text;
  const purposeNode = need('purpose', `\`purpose:\` with one of: ${PURPOSES.join(', ')}`);
  const purpose =
    purposeNode === undefined ? undefined : readChoice(purposeNode, 'purpose', PURPOSES, report);
  const contentNode = map.get('content');
  const content =
    contentNode === undefined
      ? 'campaign'
      : readChoice(contentNode, 'content', ['campaign', 'neutral'], report);
  if (content === 'neutral' && purpose === 'donation' && contentNode !== undefined) {
    report.error(
      contentNode.place(),
      'neutral-content',
      'a message that asks for donations is never neutral; write `content: campaign`',
    );
  }
  const channels = readChannels(need('channels', '`channels: [telegram, web]`'), report);
  const atNode = need('at', '`at:` with an instant, or `{ days_before: 1, time: "18:00" }`');
  const at = atNode === undefined ? undefined : readTime(atNode, 'at', campaign, report);
  const expiresNode = map.get('expires');
  const expires =
    expiresNode === undefined ? undefined : readTime(expiresNode, 'expires', campaign, report);
  const segment = readSegment(map.get('segment'), context, report);
  const urgentNode = map.get('urgent');
  const urgent = urgentNode === undefined ? undefined : readFlag(urgentNode, 'urgent', report);
  const capNode = map.get('frequency_cap');
  const frequencyCap = capNode === undefined ? undefined : readFrequencyCap(capNode, report);
  const about = { campaign, content: content ?? 'campaign', channels: channels ?? [], path };
  const says = readSays(map, about, purpose, context, report);
  if (
    name === undefined ||
    purpose === undefined ||
    content === undefined ||
    at === undefined ||
    channels === undefined ||
    says === undefined
  ) {
    return undefined;
  }
  return {
    name,
    purpose,
    content,
    says,
    at,
    channels,
    ...(segment === undefined ? {} : { segment }),
    ...(expires === undefined ? {} : { expires }),
    ...(urgent === true ? { urgent } : {}),
    ...(frequencyCap === undefined ? {} : { frequencyCap }),
  };
}

function readChannels(node: YamlNode | undefined, report: Report): readonly string[] | undefined {
  const list = node === undefined ? undefined : readList(node, 'channels', report);
  if (list === undefined) return undefined;
  if (list.items.length === 0) {
    report.error(
      list.place(),
      'wrong-type',
      `"channels" is empty; name one of: ${WAYS.join(', ')}`,
    );
    return undefined;
  }
  return [
    ...new Set(list.items.flatMap((item) => readChoice(item, 'channels', WAYS, report) ?? [])),
  ];
}

function readSegment(
  node: YamlNode | undefined,
  { segments }: MessageContext,
  report: Report,
): string | undefined {
  const written = node === undefined ? undefined : readText(node, 'segment', report);
  if (written === undefined) return undefined;
  if (segments !== undefined && !segments.has(written.text)) {
    report.error(
      written.place,
      'unknown-field',
      `there is no segment "${written.text}"; ${didYouMean(written.text, segments)}`,
    );
  }
  return written.text;
}

function readSays(
  map: YamlMap,
  about: Parameters<typeof readWords>[1],
  purpose: MessageDefinition['purpose'] | undefined,
  { flows }: MessageContext,
  report: Report,
): MessageDefinition['says'] | undefined {
  const wordsNode = map.get('words');
  const flowNode = map.get('flow');
  if ((wordsNode === undefined) === (flowNode === undefined)) {
    report.error(
      map.place(),
      wordsNode === undefined ? 'missing-key' : 'two-kinds',
      wordsNode === undefined
        ? 'the message says nothing; add `words:` in each language, or `flow:` with the name of one'
        : 'a message has words or starts a flow, not both; take `words:` or `flow:` away',
    );
  }
  if (wordsNode !== undefined) {
    const words = readWords(wordsNode, about, report);
    return words === undefined ? undefined : { type: 'words', words };
  }
  const written = flowNode === undefined ? undefined : readText(flowNode, 'flow', report);
  if (written === undefined) return undefined;
  const flow = flows.get(written.text);
  if (flow === undefined) {
    report.error(
      written.place,
      'unknown-flow',
      `there is no flow "${written.text}" in force; ${didYouMean(written.text, flows.keys())}`,
    );
    return undefined;
  }
  if (about.content === 'neutral' && flow.content !== 'neutral') {
    report.error(
      written.place,
      'neutral-content',
      `a neutral message cannot start "${written.text}", which is marked campaign; choose another, or write \`content: campaign\``,
    );
  }
  if (purpose !== undefined && flow.purpose !== purpose) {
    report.error(
      written.place,
      'wrong-type',
      `"${written.text}" is for ${flow.purpose}, which needs a consent of its own; write \`purpose: ${flow.purpose}\``,
    );
  }
  return { type: 'flow', flow: written.text };
}
