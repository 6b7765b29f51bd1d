import type { ActionDeclaration } from '../../engine/action.js';
import { compile, type Compiled } from '../../engine/compile.js';
import type { ReadMeaning } from '../../engine/event.js';
import type { Library } from '../../engine/flow.js';
import type { Problem } from '../../engine/problem.js';
import type { SourceFile } from '../../engine/yaml.js';
import { createVersionedLibrary } from './create-versioned-library.js';
import { withFlows, type FlowSources } from './flow-sources.js';
import type { VersionName } from './publications.js';
import type { InForce } from './read-in-force.js';
import { tryTranscripts, type FailedTranscript } from './try-transcripts.js';

/** What would happen if some flows were published now. */
export type Review = {
  /** Every mistake in them, and every one they cause elsewhere. */
  readonly problems: readonly Problem[];
  /** Whether one of those is an error, so that they cannot be published. */
  readonly isFaulty: boolean;
  /** The versions they would be: of flows without errors only. */
  readonly versions: readonly VersionName[];
  /** How many transcripts were played: none of faulty flows. */
  readonly played: number;
  /** Those of the flows that fail, and any other that fails because of them. */
  readonly failed: readonly FailedTranscript[];
  /** The flows as they are, and as they would be. */
  readonly before: Library;
  readonly after: Library;
};

/** Checks flows among those in force, without those to be retired, and plays the transcripts; writes nothing. */
export async function reviewFlows(
  { sources, current, versions: rows }: InForce,
  proposed: readonly FlowSources[],
  transcripts: readonly SourceFile[],
  actions: readonly ActionDeclaration[],
  retired: readonly string[] = [],
  readMeaning?: ReadMeaning,
): Promise<Review> {
  const was = compile(sources, actions);
  const is = compile(withFlows(sources, proposed, retired), actions);
  const names = new Set(proposed.map(({ name }) => name));
  const gone = new Set([...names, ...retired]);
  const versions = proposed.flatMap(({ name }) => {
    const version = is.flows.get(name)?.version;
    return version === undefined ? [] : [{ name, version }];
  });
  const others = [...current.values()].filter(({ name }) => !gone.has(name));
  const before = createVersionedLibrary(was, current.values(), rows, actions);
  const after = createVersionedLibrary(is, [...others, ...versions], rows, actions);
  const problems = problemsOf(was, is, proposed);
  const isFaulty = problems.some(({ severity }) => severity === 'error');
  // Without the faulty flow itself, they would all fail for no other reason.
  const played = isFaulty ? [] : transcripts;
  const failing = await tryTranscripts(after, is.rules, played, readMeaning);
  const again = played.filter(({ path }) => failing.some(({ file }) => file === path));
  const failingBefore = await tryTranscripts(before, was.rules, again, readMeaning);
  const failedBefore = new Set(failingBefore.map(({ file }) => file));
  const isTheirs = ({ flow, file }: FailedTranscript): boolean =>
    flow !== undefined && gone.has(flow) ? names.has(flow) : !failedBefore.has(file);
  return {
    problems,
    isFaulty,
    versions,
    played: played.length,
    failed: failing.filter(isTheirs),
    before,
    after,
  };
}

/** The mistakes in the proposed files, and those elsewhere that are not there without them. */
function problemsOf(was: Compiled, is: Compiled, proposed: readonly FlowSources[]): Problem[] {
  const own = new Set(
    proposed.flatMap(({ flow, words }) => [flow, ...words].map(({ path }) => path)),
  );
  const known = new Set(was.problems.map((problem) => JSON.stringify(problem)));
  return is.problems
    .filter((problem) => own.has(problem.file) || !known.has(JSON.stringify(problem)))
    .map((problem) =>
      // Without such a flow the program would not start again.
      problem.code === 'no-start-flow' ? { ...problem, severity: 'error' } : problem,
    );
}
