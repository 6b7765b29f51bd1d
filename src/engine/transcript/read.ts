import { MEDIA } from '../event.js';
import type { Json } from '../json.js';
import {
  describe,
  checkKeys,
  readChoice,
  readFlag,
  readList,
  readMap,
  readSpan,
  readText,
} from '../parse/read.js';
import { createReport, type Report } from '../parse/report.js';
import type { Problem } from '../problem.js';
import {
  SHARED,
  type Done,
  type They,
  type Transcript,
  type TranscriptTurn,
} from '../transcript.js';
import { createPlacer } from '../yaml/placer.js';
import { scalarAt } from '../yaml/nodes.js';
import { readYaml, type SourceFile, type YamlMap, type YamlNode } from '../yaml.js';
import { jsonOf, objectOf } from './json-of.js';
import { say } from '../sentence.js';

const KEYS = [
  'title',
  'flow',
  'locale',
  'at',
  'channel',
  'supporter',
  'consents',
  'turns',
  'after',
];

/** Reads a transcript; there is none when the file has mistakes, all of which are reported. */
export function readTranscript(file: SourceFile): {
  readonly transcript?: Transcript;
  readonly problems: readonly Problem[];
} {
  const report = createReport();
  const { root, problems } = readYaml(file);
  report.add(problems);
  const top = root ?? scalarAt(null, '', createPlacer(file), 0, 0);
  const map = readMap(top, 'transcript', report);
  const transcript = map === undefined ? undefined : readTop(map, report);
  if (transcript === undefined || report.problems.length > 0) return { problems: report.problems };
  return { transcript, problems: [] };
}

function readTop(written: YamlMap, report: Report): Transcript {
  const map = checkKeys(written, KEYS, say`a transcript`, report);
  const channel = readOptional(map, 'channel', report);
  const after = map.get('after');
  return {
    title: readRequired(map, 'title', report),
    flow: readRequired(map, 'flow', report),
    locale: readRequired(map, 'locale', report),
    ...readClock(map, report),
    ...(channel === undefined ? {} : { channel }),
    ...readKnown(map, report),
    turns: readTurns(map, report),
    ...(after === undefined ? {} : { after: readAfter(after, report) }),
  };
}

function readTurns(map: YamlMap, report: Report): TranscriptTurn[] {
  const turns = map.get('turns');
  if (turns === undefined) missing(map, 'turns', report);
  return itemsOf(turns, 'turns', report).flatMap((item) => readTurn(item, report) ?? []);
}

/** A text that must be there; without it the transcript is given up, its mistakes reported. */
function readRequired(map: YamlMap, key: string, report: Report): string {
  if (map.get(key) === undefined) missing(map, key, report);
  return readOptional(map, key, report) ?? '';
}

function missing(map: YamlMap, key: string, report: Report): void {
  report.error(map.place(), 'missing-key', say`a transcript has no "${key}"; add \`${key}:\``);
}

function readOptional(map: YamlMap, key: string, report: Report): string | undefined {
  const node = map.get(key);
  return node === undefined ? undefined : readText(node, key, report)?.text;
}

function readClock(map: YamlMap, report: Report): { at?: number } {
  const node = map.get('at');
  if (node === undefined) return {};
  const at = Date.parse(node.type === 'scalar' ? node.text : '');
  if (Number.isFinite(at)) return { at };
  report.error(
    node.place(),
    'wrong-type',
    say`"at" must be an instant such as 2030-01-01T12:00Z; it is ${describe(node)}`,
  );
  return {};
}

type Known = Pick<Transcript, 'supporter' | 'consents'>;

function readAfter(node: YamlNode, report: Report): Known {
  const map = readMap(node, 'after', report);
  if (map === undefined) return {};
  return readKnown(checkKeys(map, ['supporter', 'consents'], say`"after"`, report), report);
}

function readKnown(map: YamlMap, report: Report): Known {
  const supporter = map.get('supporter');
  const consents = map.get('consents');
  const fields = supporter === undefined ? undefined : readMap(supporter, 'supporter', report);
  const answers = consents === undefined ? undefined : readMap(consents, 'consents', report);
  return {
    ...(fields === undefined ? {} : { supporter: objectOf(fields) }),
    ...(answers === undefined ? {} : { consents: readConsents(answers, report) }),
  };
}

function readConsents(map: YamlMap, report: Report): { [purpose: string]: boolean } {
  return Object.fromEntries(
    map.entries.map(({ key, value }) => [key, readYesNo(value, key, report)]),
  );
}

/** YAML 1.2 reads `yes` as a word. */
function readYesNo(node: YamlNode, key: string, report: Report): boolean {
  if (node.type === 'scalar' && typeof node.value === 'boolean') return node.value;
  return readChoice(node, key, ['yes', 'no'], report) === 'yes';
}

function readTurn(node: YamlNode, report: Report): TranscriptTurn | undefined {
  const written = readMap(node, 'turns', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['they', 'do', 'we'], say`a turn`, report);
  const entry = map.entry('they');
  if (entry === undefined) {
    report.error(map.place(), 'missing-key', say`a turn has no "they"; write what they say or do`);
    return undefined;
  }
  const they = readThey(entry.value, report);
  const done = itemsOf(map.get('do'), 'do', report);
  const said = itemsOf(map.get('we'), 'we', report);
  const turn = {
    do: done.flatMap((item) => readDone(item, report) ?? []),
    we: said.flatMap((item) => readText(item, 'we', report)?.text ?? []),
  };
  return they === undefined ? undefined : { they, ...turn };
}

function itemsOf(node: YamlNode | undefined, key: string, report: Report): readonly YamlNode[] {
  return node === undefined ? [] : (readList(node, key, report)?.items ?? []);
}

function readThey(node: YamlNode, report: Report): They | undefined {
  if (node.type === 'scalar') return { type: 'text', text: node.text };
  const written = readMap(node, 'they', report);
  if (written === undefined) return undefined;
  const kinds = ['say', 'choose', 'skip', 'share', 'send', 'after', 'start', 'open'] as const;
  const map = checkKeys(written, [...kinds, 'of', 'intent', 'guesses'], say`"they"`, report);
  const kind = kinds.find((key) => map.get(key) !== undefined);
  const value = kind === undefined ? undefined : map.get(kind);
  if (kind === undefined || value === undefined) {
    report.error(
      map.place(),
      'missing-key',
      say`"they" is a text, or a group with one of: ${kinds.join(', ')}`,
    );
    return undefined;
  }
  switch (kind) {
    case 'say':
      return readSaid(value, map, report);
    case 'choose':
      return readChosen(value, map.get('of'), report);
    case 'skip':
    case 'open':
      return readFlag(value, kind, report) === true ? { type: kind } : undefined;
    case 'share': {
      const what = readChoice(value, kind, SHARED, report);
      return what === undefined ? undefined : { type: 'share', what };
    }
    case 'send': {
      const media = readChoice(value, kind, MEDIA, report);
      return media === undefined ? undefined : { type: 'send', media };
    }
    case 'after': {
      const ms = readSpan(value, kind, report);
      return ms === undefined ? undefined : { type: 'after', ms };
    }
    case 'start': {
      const flow = readText(value, kind, report)?.text;
      return flow === undefined ? undefined : { type: 'start', flow };
    }
    default:
      return kind satisfies never;
  }
}

/** A text with what it was understood to mean, whatever a model would read in it; `guesses: []`: nothing. */
function readSaid(node: YamlNode, map: YamlMap, report: Report): They | undefined {
  const text = readText(node, 'say', report)?.text;
  if (text === undefined) return undefined;
  const intent = readOptional(map, 'intent', report);
  const guesses = itemsOf(map.get('guesses'), 'guesses', report).flatMap(
    (item) => readText(item, 'guesses', report)?.text ?? [],
  );
  return {
    type: 'text',
    text,
    ...(intent === undefined ? {} : { intent }),
    ...(map.get('guesses') === undefined ? {} : { guesses }),
  };
}

function readChosen(node: YamlNode, of: YamlNode | undefined, report: Report): They {
  const items = node.type === 'list' ? node.items : [node];
  const values = items.flatMap((item) => readText(item, 'choose', report)?.text ?? []);
  if (of === undefined) return { type: 'choose', values };
  const turn = of.type === 'scalar' ? Number(of.text) : NaN;
  if (Number.isInteger(turn) && turn > 0) return { type: 'choose', values, of: turn };
  report.error(
    of.place(),
    'wrong-type',
    say`"of" must be the number of an earlier turn, from 1; it is ${describe(of)}`,
  );
  return { type: 'choose', values };
}

function readDone(node: YamlNode, report: Report): Done | undefined {
  if (node.type === 'scalar') {
    const action = readText(node, 'do', report)?.text;
    return action === undefined ? undefined : { action };
  }
  const [entry] = readMap(node, 'do', report)?.entries ?? [];
  if (entry?.value.type === 'map') {
    const map = checkKeys(entry.value, ['returns', 'fails'], say`an action`, report);
    const returns = map.get('returns');
    if (returns !== undefined) return { action: entry.key, returns: resultOf(returns) };
    if (map.get('fails') !== undefined) return { action: entry.key, fails: true };
  }
  report.error(
    node.place(),
    'wrong-type',
    say`"do" must name actions: \`email.confirm\`, \`{ volunteer.sign_up: { returns: … } }\` or \`{ …: { fails: true } }\``,
  );
  return undefined;
}

/** A result is named values; a list alone stands for the options it offers. */
function resultOf(node: YamlNode): { readonly [key: string]: Json } {
  return node.type === 'map' ? objectOf(node) : { options: jsonOf(node) };
}
