import type { YamlEntry, YamlMap, YamlNode } from '../yaml.js';
import { withEntries } from '../yaml/nodes.js';
import { readAnswerName, readCollect } from './collect.js';
import type { DraftStep } from './draft.js';
import { NOTICES, STEP_KEYS, STEP_KINDS, type StepKind } from './names.js';
import { readCel, readNext, readTarget, type NextReading } from './next.js';
import {
  checkKeys,
  readChoice,
  readFlag,
  readMap,
  readName,
  readSpan,
  readText,
  renamed,
  writtenKey,
  type Written,
} from './read.js';
import type { Report } from './report.js';
import { didYouMean, nearest } from './suggest.js';
import { say, type Sentence } from '../sentence.js';

/** A step before its id is settled: `name` is the id it has of its own, `fallback` one to number. */
export type ReadStep = {
  readonly name?: Written;
  readonly fallback: string;
  readonly withId: (id: string) => DraftStep;
};

/** Reads one step; one that cannot be read becomes `broken`, so that the others are still checked. */
export function readStep(node: YamlNode, report: Report): ReadStep {
  const place = node.place();
  if (node.type !== 'map') {
    report.error(
      place,
      'wrong-type',
      say`a step must be written \`- say: …\`, \`- collect: …\` or another of: ${STEP_KINDS.join(', ')}`,
    );
    return brokenStep(place);
  }
  const { kind, map } = readKind(node, report);
  const idNode = map.get('id');
  const id = idNode === undefined ? undefined : readId(idNode, report);
  const nextNode = map.get('next');
  const next =
    nextNode === undefined || kind === 'link' ? { open: false } : readNext(nextNode, report);
  const checkpointNode = map.get('checkpoint');
  const checkpoint =
    checkpointNode === undefined
      ? false
      : (readFlag(checkpointNode, 'checkpoint', report) ?? false);
  if (kind === undefined) return brokenStep(place, id, next);
  const part = readPart(kind, map, report);
  if (part === undefined) return brokenStep(place, id, next);
  const name = id ?? part.name;
  return {
    ...(name === undefined ? {} : { name }),
    fallback: part.fallback,
    withId: (settled) =>
      part.build({
        id: settled,
        place,
        namePlace: name?.place ?? place,
        valuePlace: map.get(kind)?.place() ?? place,
        checkpoint,
        ...waysOf(next),
      }),
  };
}

function waysOf({ arms, open }: NextReading): Pick<DraftStep, 'next' | 'open'> {
  return { ...(arms === undefined ? {} : { next: arms }), ...(open ? { open } : {}) };
}

type Shared = Omit<DraftStep & { type: 'branch' }, 'type'>;
type Part = {
  readonly name?: Written;
  readonly fallback: string;
  readonly build: (shared: Shared) => DraftStep;
};

function brokenStep(
  place: Shared['place'],
  id?: Written,
  next: NextReading = { open: true },
): ReadStep {
  return {
    ...(id === undefined ? {} : { name: id }),
    fallback: 'broken',
    withId: (settled) => ({
      type: 'broken',
      id: settled,
      place,
      namePlace: id?.place ?? place,
      valuePlace: place,
      checkpoint: false,
      ...waysOf(next),
    }),
  };
}

function kindPhrase(kind: StepKind): Sentence {
  if (kind === 'link') return say`a \`link\` step (it does not come back)`;
  return kind === 'action' ? say`an \`action\` step` : say`a \`${kind}\` step`;
}

/** The kind of a step, and its keys with those that were mistyped put right. */
function readKind(
  written: YamlMap,
  report: Report,
): { readonly kind?: StepKind; readonly map: YamlMap } {
  const kinds = written.entries.flatMap((entry) => {
    const kind = STEP_KINDS.find((known) => known === entry.key);
    return kind === undefined ? [] : [{ kind, entry }];
  });
  const [first, second] = kinds;
  if (second !== undefined) {
    report.error(
      second.entry.keyPlace(),
      'two-kinds',
      say`a step does one thing; move "${second.entry.key}" to a step of its own, after a dash`,
    );
  }
  if (first !== undefined)
    return { kind: first.kind, map: checkOwnKeys(first.kind, written, report) };
  if (written.get('next')?.type === 'list') {
    return { kind: 'branch', map: checkOwnKeys('branch', written, report) };
  }
  const strange = written.entries.find(({ key }) => !['id', 'next', 'checkpoint'].includes(key));
  if (strange === undefined) {
    report.error(
      written.place(),
      'missing-key',
      say`this step does nothing; begin it with one of: ${STEP_KINDS.join(', ')}`,
    );
    return { map: written };
  }
  report.error(
    strange.keyPlace(),
    'unknown-key',
    say`there is no step "${strange.key}"; ${didYouMean(strange.key, STEP_KINDS)}`,
  );
  const kind = STEP_KINDS.find((known) => known === nearest(strange.key, STEP_KINDS));
  if (kind === undefined) return { map: written };
  return { kind, map: checkOwnKeys(kind, renamed(written, strange.key, kind), report) };
}

/** Checks the keys of a step; a second kind among them is told by itself. */
function checkOwnKeys(kind: StepKind, map: YamlMap, report: Report): YamlMap {
  const isOther = ({ key }: YamlEntry): boolean =>
    key !== kind && STEP_KINDS.some((known) => known === key);
  const own = map.entries.some(isOther)
    ? withEntries(
        map,
        map.entries.filter((entry) => !isOther(entry)),
      )
    : map;
  return checkKeys(own, STEP_KEYS[kind], kindPhrase(kind), report);
}

function readId(node: YamlNode, report: Report): Written | undefined {
  const id = readName(node, 'id', report);
  if (id !== undefined) return refuseEnd(id, report);
  // What goes on to a step of such a name finds it: the name is told once.
  return node.type === 'scalar' && node.text.trim() !== ''
    ? { text: node.text, place: node.place() }
    : undefined;
}

function refuseEnd(name: Written, report: Report): Written | undefined {
  if (name.text !== 'end') return name;
  report.error(
    name.place,
    'reserved-name',
    say`a step cannot be called "end", which closes a flow; choose another name`,
  );
  return undefined;
}

function readPart(kind: StepKind, map: YamlMap, report: Report): Part | undefined {
  const node = map.get(kind);
  if (node === undefined) {
    return { fallback: 'branch', build: (shared) => ({ ...shared, type: 'branch' }) };
  }
  switch (kind) {
    case 'say': {
      const read = readName(node, kind, report);
      const words = read === undefined ? undefined : refuseEnd(read, report);
      const noticeNode = map.get('notice');
      const notice =
        noticeNode === undefined ? undefined : readChoice(noticeNode, 'notice', NOTICES, report);
      if (words === undefined) return undefined;
      return {
        name: words,
        fallback: words.text,
        build: (shared) => ({
          ...shared,
          type: 'say',
          words: words.text,
          ...(notice === undefined ? {} : { notice }),
        }),
      };
    }
    case 'collect': {
      const read = readAnswerName(node, kind, report);
      const name = read === undefined ? undefined : refuseEnd(read, report);
      if (name === undefined) {
        // The rest is still read for its own mistakes.
        readCollect(map, { text: 'this question', place: node.place() }, report);
        return undefined;
      }
      const part = readCollect(map, name, report);
      return {
        name,
        fallback: name.text,
        build: (shared) => ({ ...shared, ...part, type: 'collect' }),
      };
    }
    case 'set':
      return readSet(node, report);
    case 'action':
      return readAction(map, node, report);
    case 'call':
    case 'link': {
      const flow = readText(node, kind, report);
      if (flow === undefined) return undefined;
      return { fallback: flow.text, build: (shared) => ({ ...shared, type: kind, flow }) };
    }
    case 'branch': {
      const flag = readFlag(node, kind, report);
      if (map.get('next') === undefined) {
        report.error(
          node.place(),
          'missing-key',
          say`a branch without "next" chooses nothing; add \`next:\` with a list of \`if\`/\`then\` and an \`else\``,
        );
      }
      if (flag === undefined) return undefined;
      return { fallback: 'branch', build: (shared) => ({ ...shared, type: 'branch' }) };
    }
    case 'wait':
      return readWait(node, report);
    default:
      return kind satisfies never;
  }
}

function readSet(node: YamlNode, report: Report): Part | undefined {
  const map = readMap(node, 'set', report);
  if (map === undefined) return undefined;
  const values = map.entries.flatMap((entry) => {
    const source = readCel(entry.value, entry.key, report);
    return source === undefined ? [] : [{ path: writtenKey(entry), value: source }];
  });
  if (map.entries.length === 0) {
    report.error(
      node.place(),
      'wrong-type',
      say`"set" is empty; name a value, such as \`set: { session.round: "1" }\``,
    );
  }
  return { fallback: 'set', build: (shared) => ({ ...shared, type: 'set', values }) };
}

function readAction(map: YamlMap, node: YamlNode, report: Report): Part | undefined {
  const action = readText(node, 'action', report);
  const withNode = map.get('with');
  const withMap = withNode === undefined ? undefined : readMap(withNode, 'with', report);
  const values = (withMap?.entries ?? []).flatMap((entry) => {
    const source = readCel(entry.value, entry.key, report);
    return source === undefined ? [] : [{ name: writtenKey(entry), value: source }];
  });
  const giveUpNode = map.get('give_up');
  const giveUp = giveUpNode === undefined ? undefined : readTarget(giveUpNode, 'give_up', report);
  if (action === undefined) return undefined;
  return {
    fallback: action.text,
    build: (shared) => ({
      ...shared,
      type: 'action',
      action,
      named: map.get('id') !== undefined,
      with: values,
      ...(giveUp === undefined ? {} : { giveUp }),
    }),
  };
}

function readWait(node: YamlNode, report: Report): Part | undefined {
  if (node.type === 'map') {
    const until = checkKeys(node, ['until'], say`a \`wait\``, report).get('until');
    if (until === undefined) {
      report.error(
        node.place(),
        'missing-key',
        say`a wait needs a span, such as \`wait: 2d\`, or \`until:\` with an instant`,
      );
      return undefined;
    }
    const instant = readCel(until, 'until', report);
    if (instant === undefined) return undefined;
    return {
      fallback: 'wait',
      build: (shared) => ({ ...shared, type: 'wait', wait: { type: 'until', instant } }),
    };
  }
  const ms = readSpan(node, 'wait', report);
  if (ms === undefined) return undefined;
  return {
    fallback: 'wait',
    build: (shared) => ({ ...shared, type: 'wait', wait: { type: 'span', ms } }),
  };
}
