import { PURPOSES, type Trigger } from '../flow.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import type { Draft, DraftStep } from './draft.js';
import { RESERVED_FLOWS } from './names.js';
import { checkKeys, readChoice, readList, readText, type Written } from './read.js';
import type { Report } from './report.js';
import { readStep } from './step.js';
import { didYouMean, nearest } from './suggest.js';
import { say, type Sentence } from '../sentence.js';

const FLOW_KEYS = ['title', 'purpose', 'content', 'starts_on', 'steps'];
const TRIGGERS = ['command', 'intent', 'keyword'] as const;

/** Reads a flow's file; undefined when there is nothing in it that could be called a flow. */
export function readFlow(
  name: string,
  file: string,
  root: YamlNode | undefined,
  report: Report,
): Draft | undefined {
  const top = root?.place() ?? { file, line: 1, column: 1 };
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) {
    report.error(
      top,
      'invalid-name',
      say`"${name}" cannot be a flow's name; rename the file with letters, digits, - and _ only`,
    );
  }
  if (RESERVED_FLOWS.some((reserved) => reserved === name)) {
    report.error(
      top,
      'reserved-name',
      say`"${name}" is kept for the program and cannot be a flow; rename the file`,
    );
  }
  if (root?.type !== 'map') {
    report.error(
      top,
      'wrong-type',
      say`a flow must have \`title:\`, \`purpose:\` and \`steps:\`; see flows/README.md for an example`,
    );
    return undefined;
  }
  const map = checkKeys(root, FLOW_KEYS, say`a flow`, report);
  const title = demand(map, 'title', say`a few words that tell staff what it does`, report);
  const purpose = demand(map, 'purpose', say`one of ${PURPOSES.join(', ')}`, report);
  const content = map.get('content');
  const steps = demand(map, 'steps', say`a list of steps`, report);
  return {
    name,
    file,
    place: top,
    title: title === undefined ? name : (readText(title, 'title', report)?.text ?? name),
    purpose:
      (purpose === undefined ? undefined : readChoice(purpose, 'purpose', PURPOSES, report)) ??
      'service',
    content:
      (content === undefined
        ? undefined
        : readChoice(content, 'content', ['campaign', 'neutral'], report)) ?? 'campaign',
    triggers: readTriggers(map, report),
    steps: steps === undefined ? [] : readSteps(steps, report),
  };
}

function demand(map: YamlMap, key: string, what: Sentence, report: Report): YamlNode | undefined {
  const node = map.get(key);
  if (node === undefined) {
    report.error(
      map.place(),
      'missing-key',
      say`this flow has no "${key}"; add \`${key}:\` with ${what}`,
    );
  }
  return node;
}

function readTriggers(root: YamlMap, report: Report): Draft['triggers'] {
  const node = root.get('starts_on');
  const list = node === undefined ? undefined : readList(node, 'starts_on', report);
  return (list?.items ?? []).flatMap((item) => {
    const place = item.place();
    if (item.type !== 'map') {
      report.error(
        place,
        'wrong-type',
        say`a trigger must be \`- command: …\`, \`- intent: …\` or \`- keyword: […]\``,
      );
      return [];
    }
    return item.entries.flatMap((entry) => {
      const { key, value } = entry;
      const type = TRIGGERS.find((known) => known === key);
      if (type === undefined) {
        report.error(
          entry.keyPlace(),
          'unknown-key',
          say`a flow cannot start on "${key}"; ${didYouMean(key, TRIGGERS)}`,
        );
      }
      const meant = type ?? TRIGGERS.find((known) => known === nearest(key, TRIGGERS));
      if (meant === undefined) return [];
      const written = value.type === 'list' ? value.items : [value];
      return written.flatMap((one) => {
        const text = readText(one, key, report);
        if (text === undefined) return [];
        return [{ trigger: toTrigger(meant, text), place: text.place }];
      });
    });
  });
}

function toTrigger(type: (typeof TRIGGERS)[number], { text }: Written): Trigger {
  switch (type) {
    case 'command':
      return { type, command: text.replace(/^\//, '') };
    case 'intent':
      return { type, intent: text };
    case 'keyword':
      return { type, keyword: text };
    default:
      return type satisfies never;
  }
}

function readSteps(node: YamlNode, report: Report): readonly DraftStep[] {
  const list = readList(node, 'steps', report);
  if (list === undefined) return [];
  if (list.items.length === 0) {
    report.error(
      list.place(),
      'wrong-type',
      say`"steps" is empty; add a first step, such as \`- say: hello\``,
    );
  }
  const read = list.items.map((item) => readStep(item, report));
  const lines = new Map<string, number>();
  const taken = new Set(read.flatMap(({ name }) => (name === undefined ? [] : [name.text])));
  return read.map(({ name, fallback, withId }) => {
    if (name === undefined) return withId(numbered(fallback, taken));
    const before = lines.get(name.text);
    if (before === undefined) {
      lines.set(name.text, name.place.line);
      return withId(name.text);
    }
    report.error(
      name.place,
      'duplicate-id',
      say`step "${name.text}" is already on line ${before}; give one of them an \`id:\` of its own`,
    );
    return { ...withId(numbered(name.text, taken)), clashes: true };
  });
}

function numbered(stem: string, taken: Set<string>): string {
  let id = stem;
  for (let n = 2; taken.has(id); n++) id = `${stem}~${n}`;
  taken.add(id);
  return id;
}
