import type { Campaign } from '../../engine/campaign.js';
import { PURPOSES, type Flow } from '../../engine/flow.js';
import { readFrequencyCap } from '../../engine/parse/frequency-cap.js';
import { CHANNELS } from '../../engine/parse/names.js';
import { needKey, readChoice, readFlag, readList, readText } from '../../engine/parse/read.js';
import type { Report } from '../../engine/parse/report.js';
import { didYouMean } from '../../engine/parse/suggest.js';
import type { YamlMap, YamlNode } from '../../engine/yaml.js';
import type { MessageDefinition } from './message.js';
import { readWords } from './read-words.js';
import { say, type Sentence } from '../../engine/sentence.js';

/** What a message is checked against. */
export type MessageContext = {
  readonly campaign: Campaign;
  /** The flows in force. */
  readonly flows: ReadonlyMap<string, Pick<Flow, 'purpose' | 'content'>>;
  /** Names of the segments there are; undefined: nobody knows. */
  readonly segments?: ReadonlySet<string>;
};

/** What is said, why and where; not yet to whom and when. */
export type Matter = Pick<
  MessageDefinition,
  'purpose' | 'content' | 'says' | 'channels' | 'urgent' | 'frequencyCap'
>;

export const MATTER_KEYS = [
  'purpose',
  'content',
  'words',
  'flow',
  'channels',
  'urgent',
  'frequency_cap',
];
/** Where messages can go. */
export const WAYS: readonly string[] = [
  ...new Set<string>([...CHANNELS.filter((channel) => channel !== 'terminal'), 'email']),
];

/** Reads what a message, or a step of a sequence (`what`), says; every mistake is told. */
export function readMatter(
  map: YamlMap,
  what: Sentence,
  path: string,
  context: MessageContext,
  report: Report,
): Matter | undefined {
  const { campaign } = context;
  const need = (key: string, cure: Sentence): YamlNode | undefined =>
    needKey(map, what, key, cure, report);
  const purposeNode = need('purpose', say`\`purpose:\` with one of: ${PURPOSES.join(', ')}`);
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
      say`a message that asks for donations is never neutral; write \`content: campaign\``,
    );
  }
  const channels = readChannels(need('channels', say`\`channels: [telegram, web]\``), report);
  const urgentNode = map.get('urgent');
  const urgent = urgentNode === undefined ? undefined : readFlag(urgentNode, 'urgent', report);
  const capNode = map.get('frequency_cap');
  const frequencyCap = capNode === undefined ? undefined : readFrequencyCap(capNode, report);
  const about = { campaign, content: content ?? 'campaign', channels: channels ?? [], path };
  const says = readSays(map, what, about, purpose, context, report);
  if (
    purpose === undefined ||
    content === undefined ||
    channels === undefined ||
    says === undefined
  ) {
    return undefined;
  }
  return {
    purpose,
    content,
    says,
    channels,
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
      say`"channels" is empty; name one of: ${WAYS.join(', ')}`,
    );
    return undefined;
  }
  return [
    ...new Set(list.items.flatMap((item) => readChoice(item, 'channels', WAYS, report) ?? [])),
  ];
}

function readSays(
  map: YamlMap,
  what: Sentence,
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
        ? say`${what} says nothing; add \`words:\` in each language, or \`flow:\` with the name of one`
        : say`a message has words or starts a flow, not both; take \`words:\` or \`flow:\` away`,
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
      say`there is no flow "${written.text}" in force; ${didYouMean(written.text, flows.keys())}`,
    );
    return undefined;
  }
  if (about.content === 'neutral' && flow.content !== 'neutral') {
    report.error(
      written.place,
      'neutral-content',
      say`a neutral message cannot start "${written.text}", which is marked campaign; choose another, or write \`content: campaign\``,
    );
  }
  if (purpose !== undefined && flow.purpose !== purpose) {
    report.error(
      written.place,
      'wrong-type',
      say`"${written.text}" is for ${flow.purpose}, which needs a consent of its own; write \`purpose: ${flow.purpose}\``,
    );
  }
  return { type: 'flow', flow: written.text };
}
