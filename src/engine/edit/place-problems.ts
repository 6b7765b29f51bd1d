import type { Problem } from '../problem.js';
import { readYaml, type SourceFile } from '../yaml.js';
import { createPlacer } from '../yaml/placer.js';
import type { FlowGraph } from './flow-graph.js';
import type { FlowTexts } from './flow-texts.js';

/** A flow's problems where they are. */
export type PlacedProblems = {
  /** By the id of the step they are about: in its lines, or in its words. */
  readonly bySteps: ReadonlyMap<string, readonly Problem[]>;
  /** Those about no step: above the steps, or in words that no step says. */
  readonly others: readonly Problem[];
};

/** Finds the step that each problem of a flow is about; problems of other files are left out. */
export function placeProblems(
  graph: FlowGraph,
  { flow, words }: FlowTexts,
  problems: readonly Problem[],
): PlacedProblems {
  const bySteps = new Map<string, Problem[]>();
  const others: Problem[] = [];
  const spoken = new Map(words.map((file) => [file.path, namesByLine(file)]));
  for (const problem of problems) {
    const names = spoken.get(problem.file);
    if (names === undefined && problem.file !== flow.path) continue;
    const step =
      names === undefined
        ? graph.steps.find(({ line, lastLine }) => problem.line >= line && problem.line <= lastLine)
        : stepSaying(graph, names(problem.line));
    // What a language has no file for, or no words for, is told at its top, by name.
    const meant = step ?? stepSaying(graph, namedIn(problem));
    if (meant === undefined) others.push(problem);
    else bySteps.set(meant.id, [...(bySteps.get(meant.id) ?? []), problem]);
  }
  return { bySteps, others };
}

function stepSaying(
  { steps }: FlowGraph,
  name: string | undefined,
): FlowGraph['steps'][number] | undefined {
  return steps.find(({ kind, value }) => (kind === 'say' || kind === 'collect') && value === name);
}

function namedIn({ code, message }: Problem): string | undefined {
  if (code !== 'missing-translation') return undefined;
  return /"([A-Za-z]\w*)/.exec(message)?.[1];
}

/** The name whose words stand on a line; the file is read when first asked. */
function namesByLine(file: SourceFile): (line: number) => string | undefined {
  let spans: ReturnType<typeof spansOf> | undefined;
  return (line) => {
    spans ??= spansOf(file);
    return spans.find(({ from, to }) => line >= from && line <= to)?.key;
  };
}

function spansOf(
  file: SourceFile,
): readonly { readonly key: string; readonly from: number; readonly to: number }[] {
  const { root } = readYaml(file);
  const placeAt = createPlacer(file);
  return (root?.type === 'map' ? root.entries : []).map(({ key, start, end }) => ({
    key,
    from: placeAt(start).line,
    to: placeAt(end).line,
  }));
}
