import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Compiled } from '../../src/engine/compile.js';
import type { ReadMeaning } from '../../src/engine/event.js';
import type { Library } from '../../src/engine/flow.js';
import { STEP_KINDS } from '../../src/engine/parse/names.js';
import { formatProblem } from '../../src/engine/problem.js';
import { formatFailure, readTranscript, runTranscript } from '../../src/engine/transcript.js';
import { ACTIONS } from '../../src/actions.js';
import { edgesOf, refusalsIn, watched } from './edges.js';
import { createReadMeaning } from '../../src/understanding/read-meaning.js';
import { sampleUnderstand } from '../understanding/sample-model.js';
import { compileFixtures, compileFolder, yamlFiles } from './fixture-library.js';

const SAMPLES = join(__dirname, '..', '..', 'flows');
const FIXTURES = join(__dirname, '..', 'fixtures', 'flows');

/** Plays every transcript of a folder; what fails is told as authors are told. */
function playAll(
  folder: string,
  compiled: Compiled & { readonly library: Library },
  readMeaning?: ReadMeaning,
) {
  const walked = new Set<string>();
  const library = watched(compiled.library, (edge) => walked.add(edge));
  const failures: string[] = [];
  const files = yamlFiles(join(folder, 'tests'));
  for (const file of files) {
    const { transcript, problems } = readTranscript(file);
    failures.push(...problems.map(formatProblem));
    if (transcript === undefined) continue;
    const result = runTranscript(library, compiled.rules, transcript, readMeaning);
    if (result.type === 'failed') failures.push(formatFailure(file.path, transcript, result));
    const said = result.turns.flatMap(({ we }) => we);
    for (const edge of refusalsIn(compiled.flows.values(), said)) walked.add(edge);
  }
  return { files, failures, walked };
}

describe.each([
  [
    'the sample flows',
    SAMPLES,
    compileFolder(SAMPLES, ACTIONS),
    createReadMeaning(sampleUnderstand()),
  ],
  ['the fixture flows', FIXTURES, compileFixtures(), undefined],
])('%s', (_, folder, compiled, readMeaning) => {
  const { files, failures, walked } = playAll(folder, compiled, readMeaning);

  test('have no mistake', () => {
    // The fixtures keep only those common words that their conversations say.
    const errors = compiled.problems.filter(
      ({ severity, file }) => severity === 'error' && !/fixtures.*common\.yaml$/.test(file),
    );
    expect(errors.map(formatProblem)).toEqual([]);
  });

  test('go as their transcripts say', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(failures.join('\n')).toBe('');
  });

  test('are walked along every edge by some transcript', () => {
    const edges = [...compiled.flows.values()].flatMap(edgesOf);
    expect(edges.filter((edge) => !walked.has(edge))).toEqual([]);
  });
});

test('every kind of step is walked by a transcript', () => {
  const { flows, library, rules, ...compiled } = compileFixtures();
  const { walked } = playAll(FIXTURES, { ...compiled, flows, library, rules });
  const kinds = [...flows.values()].flatMap((flow) =>
    flow.steps.flatMap((step) =>
      [...walked].some((edge) => edge.startsWith(`${flow.name}.${step.id} `)) ? [step.type] : [],
    ),
  );
  expect(STEP_KINDS.filter((kind) => !kinds.includes(kind))).toEqual([]);
});
