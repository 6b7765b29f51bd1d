import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { readSettings } from '../config.js';
import { readSource, readSources, yamlFiles } from '../conversation/sources.js';
import { compile, examine, type Compiled, type Sources } from '../engine/compile.js';
import { formatProblem, tellProblem, writeProblem, type Problem } from '../engine/problem.js';
import type { SentenceTable } from '../engine/sentence.js';
import { FRENCH } from '../engine/sentences/french.js';
import { ACTIONS } from '../actions.js';
import { addPublishing } from './flows-publishing.js';
import { foldersOf, type Folders } from './folders.js';
import { learnedMeaning } from './learned.js';
import { Refusal } from './refusal.js';

/** Languages that problems are told in; English is what they are written in. */
const TABLES: Readonly<Record<string, SentenceTable>> = { en: {}, fr: FRENCH };

/** `portevoix flows`: check, test and draw; publish and what goes with it. */
export function addFlows(program: Command): void {
  const flows = program.command('flows').description('check, test, draw and publish the flows');
  flows
    .command('check')
    .description('report every mistake of the flows and their words')
    .argument('[dir]', 'folder of flows; words are read from LOCALES_DIR, else from beside it')
    .option('--json', 'print one problem a line as JSON')
    .addOption(
      new Option('--locale <locale>', 'the language that it is told in')
        .choices(Object.keys(TABLES))
        .default('en'),
    )
    .action(check);
  flows
    .command('test')
    .description('run the transcripts in the folder tests beside the flows')
    .argument('[dir]', 'folder of flows')
    .option('--update', 'write what happens now into the transcripts')
    .option('--json', 'print one result a line as JSON')
    .action(test);
  flows
    .command('diagram')
    .description('draw a flow as a Mermaid flowchart')
    .argument('<name>', 'name of the flow')
    .action(diagram);
  addPublishing(flows);
}

export async function compileFolders(folders: Folders): Promise<Compiled> {
  return compile(await sourcesIn(folders), ACTIONS);
}

async function sourcesIn({ flowsDir, localesDir }: Folders): Promise<Sources> {
  const sources = await readSources(flowsDir, localesDir);
  if (sources.flows.length > 0) return sources;
  throw new Refusal(`There is no flow in ${flowsDir}: name the folder, or set FLOWS_DIR.`);
}

async function check(
  dir: string | undefined,
  { json, locale }: { json?: boolean; locale: string },
): Promise<void> {
  const table = TABLES[locale];
  const sources = await sourcesIn(foldersOf(dir, readSettings()));
  const { problems, sound } = examine(sources, ACTIONS);
  for (const problem of problems) {
    print(json === true ? asJson(problem, table) : writeProblem(problem, table));
  }
  const errors = countErrors(problems);
  if (json !== true) {
    const warnings = problems.length - errors;
    print(`${sound.length} sound flows, ${errors} errors, ${warnings} warnings`);
  }
  if (errors > 0) process.exitCode = 1;
}

async function test(
  dir: string | undefined,
  { json, update }: { json?: boolean; update?: boolean },
): Promise<void> {
  // Loaded here only: checking starts faster without all that understands people.
  const { createLibrary } = await import('../engine/library.js');
  const { formatFailure, readTranscript, runTranscript, writeTranscript } =
    await import('../engine/transcript.js');
  const settings = readSettings();
  const folders = foldersOf(dir, settings);
  const compiled = await compileFolders(folders);
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  const readMeaning = await learnedMeaning(compiled.lessons, settings.dataDir);
  const folder = join(folders.flowsDir, 'tests');
  let failed = 0;
  const names = await yamlFiles(folder);
  for (const name of names) {
    const file = await readSource(join(folder, name));
    const { transcript, problems } = readTranscript(file);
    if (transcript === undefined) {
      for (const problem of problems)
        print(json === true ? asJson(problem) : formatProblem(problem));
      failed += 1;
      continue;
    }
    const result = runTranscript(library, compiled.rules, transcript, readMeaning);
    const passed = result.type === 'passed';
    if (json === true) print(JSON.stringify({ file: file.path, title: transcript.title, passed }));
    else if (!passed) print(formatFailure(file.path, transcript, result));
    if (!passed && update === true)
      await writeFile(join(folder, name), writeTranscript(result.recorded));
    else if (!passed) failed += 1;
  }
  if (json !== true) print(`${names.length - failed} transcripts passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function diagram(name: string): Promise<void> {
  const { flows } = await compileFolders(readSettings());
  const flow = flows.get(name);
  if (flow === undefined) {
    throw new Refusal(
      `There is no sound flow "${name}"; there are ${[...flows.keys()].join(', ')}.`,
    );
  }
  const { drawDiagram } = await import('../engine/diagram.js');
  print(drawDiagram(flow));
}

/** A problem as other programs read it: its sentence in one piece. */
function asJson(problem: Problem, table?: SentenceTable): string {
  const { file, line, column, severity, code } = problem;
  const message = tellProblem(problem, table);
  return JSON.stringify({ file, line, column, severity, code, message });
}

function countErrors(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
