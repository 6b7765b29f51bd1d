import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { compile, type SourceFile, type Sources } from '../../../src/engine/compile.js';
import type { Library } from '../../../src/engine/flow.js';
import { createLibrary } from '../../../src/engine/library.js';
import { formatProblem, type Problem } from '../../../src/engine/problem.js';
import {
  formatFailure,
  readTranscript,
  runTranscript,
  writeTranscript,
} from '../../../src/engine/transcript.js';
import type { Rule } from '../../../src/engine/event.js';
import { ACTIONS } from '../../../src/actions.js';
import { createChance, type Chance } from '../chance.js';
import { FIXTURE_ACTIONS, compileFolder, yamlFiles } from '../fixture-library.js';
import { mutate } from './mutate.js';
import { walk } from '../walk.js';

/** Files that are changed by chance, and how often, 10,000 times together. */
const TIMES = { flow: 5_000, words: 3_000, shared: 1_300, transcript: 700 } as const;
type Kind = keyof typeof TIMES;

/** Many more were tried by hand, from other seeds on. */
const SCALE = Number(process.env['MUTATIONS'] ?? 10_000) / 10_000;
const FIRST = Number(process.env['FIRST_MUTATION'] ?? 0);
const EVENTS = 30;

type Base = {
  readonly campaign: SourceFile;
  readonly flows: readonly SourceFile[];
  readonly locales: readonly SourceFile[];
  readonly transcripts: readonly SourceFile[];
  readonly actions: typeof ACTIONS;
  readonly library: Library;
  readonly rules: ReadonlyMap<string, Rule>;
};

const SAMPLE = baseOf(join(__dirname, '..', '..', '..', 'flows'), ACTIONS);
const FIXTURES = baseOf(join(__dirname, '..', '..', 'fixtures', 'flows'), FIXTURE_ACTIONS);

/** What became of a changed file. */
type Fate = 'valid' | 'refused';

/** Changes files of a kind again and again: each is refused with a place in a file, or runs. */
export function tryMutations(kind: Kind): void {
  const fates = { valid: 0, refused: 0 };
  const runs = TIMES[kind] * SCALE;
  for (let run = FIRST; run < FIRST + runs; run += 1) {
    const chance = createChance(run);
    const base = chance.below(3) === 0 ? FIXTURES : SAMPLE;
    fates[tryOne(kind, run, base, chance)] += 1;
  }
  // Both must happen, or nothing was tried.
  expect(fates.valid).toBeGreaterThan(runs / 50);
  expect(fates.refused).toBeGreaterThan(runs / 50);
}

function tryOne(kind: Kind, run: number, base: Base, chance: Chance): Fate {
  if (kind === 'transcript') return tryTranscript(run, base, chance);
  const flow = chance.pick(base.flows) ?? base.campaign;
  const sources = partOf(base, flow);
  const own = nameOf(flow);
  const others = filesOf(sources).filter((file) => file !== flow);
  const candidates = {
    flow: [flow],
    words: others.filter((file) => nameOf(file) === own),
    shared: others.filter((file) => nameOf(file) !== own),
  }[kind];
  const target = chance.pick(candidates) ?? flow;
  const mutated = { path: target.path, text: mutate(target.text, chance) };
  const change = (file: SourceFile): SourceFile => (file === target ? mutated : shortened(file));
  const changed: Sources = {
    campaign: change(sources.campaign),
    flows: sources.flows.map(change),
    locales: sources.locales.map(change),
  };
  return blaming(run, mutated, () => {
    const compiled = compile(changed, base.actions);
    const errors = compiled.problems.filter(({ severity }) => severity === 'error');
    checkPlaces(compiled.problems, filesOf(changed));
    const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
    if (errors.length === 0) expect(compiled.flows.size).toBe(changed.flows.length);
    if (compiled.flows.has(own)) walk(library, compiled.rules, own, EVENTS, chance);
    return errors.length === 0 ? 'valid' : 'refused';
  });
}

function tryTranscript(run: number, base: Base, chance: Chance): Fate {
  const target = chance.pick(base.transcripts);
  if (target === undefined) throw new Error('there is no transcript');
  const mutated = { path: target.path, text: mutate(target.text, chance) };
  return blaming(run, mutated, () => {
    const { transcript, problems } = readTranscript(mutated);
    checkPlaces(problems, [mutated]);
    if (transcript === undefined) {
      expect(problems.length).toBeGreaterThan(0);
      return 'refused';
    }
    const result = runTranscript(base.library, base.rules, transcript);
    expect(formatFailure(mutated.path, transcript, result)).toContain(mutated.path);
    const again = readTranscript({ path: '', text: writeTranscript(result.recorded) });
    expect(again).toEqual({ transcript: result.recorded, problems: [] });
    return 'valid';
  });
}

/** Says which mutation it was when something goes wrong. */
function blaming<T>(run: number, { path, text }: SourceFile, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    throw new Error(`mutation ${run} of ${path}: ${String(error)}\n${text}`, { cause: error });
  }
}

function checkPlaces(problems: readonly Problem[], files: readonly SourceFile[]): void {
  for (const problem of problems) {
    const lines = files.find(({ path }) => path === problem.file)?.text.split('\n');
    const written = lines?.[problem.line - 1];
    const isInside = problem.column >= 1 && problem.column <= (written ?? '').length + 1;
    const isPlaced = written !== undefined && isInside && problem.message.length > 0;
    if (!isPlaced) throw new Error(`there is no such place: ${formatProblem(problem)}`);
  }
}

function baseOf(folder: string, actions: typeof ACTIONS): Base {
  const compiled = compileFolder(folder, actions);
  const files = yamlFiles(folder);
  const isCampaign = ({ path }: SourceFile): boolean => path.endsWith('campaign.yaml');
  const locales = join(folder, '..', 'locales');
  const [campaign] = files.filter(isCampaign);
  if (campaign === undefined) throw new Error('there is no campaign.yaml');
  return {
    campaign,
    flows: files.filter((file) => !isCampaign(file)),
    locales: readdirSync(locales)
      .flatMap((language) => yamlFiles(join(locales, language)))
      // Sentences of intents are thousands, and read elsewhere.
      .filter((file) => nameOf(file) !== 'intents'),
    transcripts: yamlFiles(join(folder, 'tests')),
    actions,
    library: compiled.library,
    rules: compiled.rules,
  };
}

/** One flow with its words, and a stub for each flow that it goes to. */
function partOf(base: Base, flow: SourceFile): Sources & { readonly campaign: SourceFile } {
  const named = [...flow.text.matchAll(/(?:call|link): ?([\w-]+)/g)].map(([, name]) => name);
  const shared = ['common', 'stop-words', nameOf(flow)];
  return {
    campaign: base.campaign,
    flows: [
      flow,
      ...base.flows.filter((other) => other !== flow && named.includes(nameOf(other))).map(stubOf),
    ],
    locales: base.locales.filter((file) => shared.includes(nameOf(file))),
  };
}

/** Words that all flows share, with the shortest lists by which texts are read. */
function shortened(file: SourceFile): SourceFile {
  if (nameOf(file) !== 'common') return file;
  const known = SHORTENED.get(file);
  if (known !== undefined) return known;
  const lists = 'words: { yes: [oui, yes], no: [non, no], skip: [plus tard, later] }\n';
  const short = { path: file.path, text: `${file.text.split(/^words:/m)[0] ?? ''}${lists}` };
  SHORTENED.set(file, short);
  return short;
}

const SHORTENED = new WeakMap<SourceFile, SourceFile>();

function stubOf({ path, text }: SourceFile): SourceFile {
  const content = text.includes('content: neutral') ? 'neutral' : 'campaign';
  const steps = 'steps:\n  - wait: 1h\n    next: end\n';
  return { path, text: `title: Stub\npurpose: service\ncontent: ${content}\n${steps}` };
}

function filesOf({ campaign, flows, locales }: Sources): readonly SourceFile[] {
  return [...(campaign === undefined ? [] : [campaign]), ...flows, ...locales];
}

function nameOf({ path }: SourceFile): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.yaml$/, '');
}
