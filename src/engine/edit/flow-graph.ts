import { joinSteps } from '../check/graph.js';
import type { AnswerType } from '../flow.js';
import type { DraftStep } from '../parse/draft.js';
import { readFlow } from '../parse/flow.js';
import type { StepKind } from '../parse/names.js';
import { createReport } from '../parse/report.js';
import { readYaml, type SourceFile, type YamlNode } from '../yaml.js';
import { createPlacer } from '../yaml/placer.js';
import { kindOf, type Actions } from './steps.js';
import type { Way } from './ways.js';

/** A way on from a step, as it is drawn. */
export type DrawnWay = {
  readonly way: Way;
  /** The condition it is taken on; absent where there is none. */
  readonly when?: string;
  /** Id of the step it leads to, or `end`; absent where it leads nowhere. */
  readonly to?: string;
  /** Whether it stands in the file; else it is the step below. */
  readonly isWritten: boolean;
};

/** A step as it is drawn. */
export type DrawnStep = {
  readonly id: string;
  readonly kind: StepKind | 'broken';
  /** What it says, asks, does or goes to, by name; how long it waits; what it sets. */
  readonly value: string;
  /** Whether it has a name of its own that is not what it says or asks. */
  readonly hasOwnId: boolean;
  readonly answer?: AnswerType;
  readonly options?: readonly string[];
  readonly ways: readonly DrawnWay[];
  readonly isReachable: boolean;
  /** Its first and last line in the file, counted from 1. */
  readonly line: number;
  readonly lastLine: number;
};

export type FlowGraph = {
  readonly title: string;
  readonly steps: readonly DrawnStep[];
  /** Whether the file has mistakes of syntax, so that it can only be mended in its text. */
  readonly isBroken: boolean;
};

/** Reads a flow as a graph, as far as it can be read: mistakes leave out what they are about. */
export function readFlowGraph(file: SourceFile, actions: Actions): FlowGraph {
  const { root, problems } = readYaml(file);
  const isBroken = problems.some(({ code }) => code === 'yaml-syntax');
  const draft = readFlow('flow', file.path, root, createReport());
  if (draft === undefined) return { title: '', steps: [], isBroken };
  const graph = joinSteps({ draft, file, flawed: isBroken }, actions, createReport());
  const list = root?.type === 'map' ? root.get('steps') : undefined;
  const written = list?.type === 'list' ? list.items : [];
  const placeAt = createPlacer(file);
  return {
    title: draft.title,
    isBroken,
    steps: draft.steps.map((step, index): DrawnStep => {
      const node = written[index];
      const edges = graph.edges[index] ?? [];
      const idOf = (to: number | undefined): string =>
        to === undefined ? 'end' : (draft.steps[to]?.id ?? 'end');
      const isList = node?.type === 'map' && node.get('next')?.type === 'list';
      const ways = edges.map(({ type, arm, to }): DrawnWay => {
        if (type === 'give_up') {
          const isWritten = 'giveUp' in step && step.giveUp !== undefined;
          return { way: { type }, to: idOf(to), isWritten };
        }
        const when = step.next?.[arm]?.when?.text;
        return {
          way: isList ? { type: 'arm', arm } : { type: 'next' },
          ...(when === undefined ? {} : { when }),
          to: idOf(to),
          isWritten: step.next?.[arm] !== undefined,
        };
      });
      // The last step may lead nowhere yet; a way can be drawn from it all the same.
      const isOpen = step.type !== 'link' && !ways.some(({ way }) => way.type !== 'give_up');
      const first: readonly DrawnWay[] = isOpen
        ? [{ way: { type: 'next' }, isWritten: false }]
        : [];
      return {
        id: step.id,
        kind: node?.type === 'map' ? (kindOf(node) ?? 'broken') : 'broken',
        value: valueOf(step, node),
        hasOwnId: node?.type === 'map' && node.get('id') !== undefined,
        ...answerOf(step),
        ways: [...first, ...ways],
        isReachable: graph.reachable[index] === true,
        line: placeAt(node?.start ?? 0).line,
        lastLine: placeAt(node?.end ?? 0).line,
      };
    }),
  };
}

function answerOf(step: DraftStep): Pick<DrawnStep, 'answer' | 'options'> {
  if (step.type !== 'collect') return {};
  const options = step.options?.map(({ text }) => text);
  return {
    ...(step.answer === undefined ? {} : { answer: step.answer }),
    ...(options === undefined ? {} : { options }),
  };
}

function valueOf(step: DraftStep, node: YamlNode | undefined): string {
  switch (step.type) {
    case 'say':
      return step.words;
    case 'collect':
      return step.name;
    case 'action':
      return step.action.text;
    case 'call':
    case 'link':
      return step.flow.text;
    case 'set':
      return step.values.map(({ path, value }) => `${path.text} = ${value.text}`).join(', ');
    case 'wait': {
      const wait = node?.type === 'map' ? node.get('wait') : undefined;
      if (step.wait.type === 'until') return step.wait.instant.text;
      return wait?.type === 'scalar' ? wait.text : '';
    }
    case 'branch':
    case 'broken':
      return '';
    default:
      return step satisfies never;
  }
}
