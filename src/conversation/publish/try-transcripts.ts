import { setImmediate } from 'node:timers/promises';
import type { ReadMeaning } from '../../engine/event.js';
import type { Library } from '../../engine/flow.js';
import { formatProblem } from '../../engine/problem.js';
import { formatFailure, readTranscript, runTranscript } from '../../engine/transcript.js';
import type { SourceFile } from '../../engine/yaml.js';
import type { Rules } from '../understand.js';

/** A transcript that does not go as it is written; `text` shows it side by side, or what is wrong in it. */
export type FailedTranscript = {
  readonly file: string;
  readonly title: string;
  /** The flow it is of; absent when it cannot be read. */
  readonly flow?: string;
  readonly text: string;
};

/** How long transcripts are played before the process looks after whatever else came in. */
const SLICE_MS = 15;

/** Plays transcripts against flows that are not published yet; holds up nothing else meanwhile. */
export async function tryTranscripts(
  library: Library,
  rules: Rules,
  files: readonly SourceFile[],
  readMeaning?: ReadMeaning,
): Promise<readonly FailedTranscript[]> {
  const failed: FailedTranscript[] = [];
  let since = performance.now();
  for (const file of files) {
    const failure = tryTranscript(library, rules, file, readMeaning);
    if (failure !== undefined) failed.push(failure);
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
  return failed;
}

function tryTranscript(
  library: Library,
  rules: Rules,
  file: SourceFile,
  readMeaning?: ReadMeaning,
): FailedTranscript | undefined {
  const { transcript, problems } = readTranscript(file);
  if (transcript === undefined) {
    const text = problems.map((problem) => formatProblem(problem)).join('\n');
    return { file: file.path, title: file.path, text };
  }
  const result = runTranscript(library, rules, transcript, readMeaning);
  if (result.type === 'passed') return undefined;
  const { title, flow } = transcript;
  return { file: file.path, title, flow, text: formatFailure(file.path, transcript, result) };
}
