import type { ActionDeclaration } from './action.js';
import { buildFlow, buildWords, versionOf } from './build.js';
import type { Campaign } from './campaign.js';
import { checkCommon } from './check/common.js';
import { createJudge } from './check/expressions.js';
import { checkFlows } from './check/flows.js';
import type { FlowReading } from './check/reading.js';
import type { Rule } from './event.js';
import type { Flow, WordLists, Words } from './flow.js';
import type { Lesson } from './lesson.js';
import { readCampaign } from './parse/campaign.js';
import { readFlow } from './parse/flow.js';
import { languagesOf, nameOf, readLocales, type Locales } from './parse/locales.js';
import { openYaml } from './parse/open.js';
import { createReport, sortProblems, type Report } from './parse/report.js';
import { withShipped } from './parse/with-shipped.js';
import type { Problem } from './problem.js';
import type { SourceFile } from './yaml.js';
import { say } from './sentence.js';

export type { SourceFile } from './yaml.js';

/** The files of a campaign; `locales` are `…/<language>/<name>.yaml`. */
export type Sources = {
  readonly campaign?: SourceFile;
  readonly flows: readonly SourceFile[];
  readonly locales: readonly SourceFile[];
  /**
   * The `common.yaml` and `stop-words.yaml` that come with the program: their words stand where a
   * campaign has none of its own, so that STOP is understood whatever its folder holds.
   */
  readonly shipped?: readonly SourceFile[];
  /** Names of the segments there are, where that is known: others are warned of. */
  readonly segments?: readonly string[];
};

/** What a campaign's files make, with every mistake in them. */
export type Compiled = {
  readonly campaign: Campaign;
  readonly common: Words;
  /** Words by which free text is read, by language. */
  readonly lists: ReadonlyMap<string, WordLists>;
  /** Rule words, folded, of every language. */
  readonly rules: ReadonlyMap<string, Rule>;
  /** What each language is understood by, in the order of the campaign's languages. */
  readonly lessons: readonly Lesson[];
  /** Only flows without errors. */
  readonly flows: ReadonlyMap<string, Flow>;
  readonly problems: readonly Problem[];
};

/** What a look at a campaign's files finds; what runs is only made when it is asked for. */
export type Examined = {
  readonly problems: readonly Problem[];
  /** Names of the flows without errors. */
  readonly sound: readonly string[];
  make(): Compiled;
};

/** Checks and compiles a campaign's files. */
export function compile(sources: Sources, declarations: readonly ActionDeclaration[]): Compiled {
  return examine(sources, declarations).make();
}

/**
 * Checks a campaign's files. Every problem is found in one go: a mistake in one file or step never
 * hides those of the others, and a flow with errors is only left out of what is made.
 */
export function examine(sources: Sources, declarations: readonly ActionDeclaration[]): Examined {
  const report = createReport();
  const actions = new Map(declarations.map((action) => [action.name, action]));
  const campaign = compileCampaign(sources, report);
  const campaignWhole = !report.problems.some(({ code }) => code === 'yaml-syntax');
  const locales = withShipped(
    readLocales(sources.locales, campaign, campaign.languages, report),
    // What comes with the program was checked with it: nothing in it is the author's to mend.
    readLocales(sources.shipped ?? [], campaign, campaign.languages, createReport()),
  );
  const judge = createJudge(campaign, actions, campaignWhole, sources.segments);

  const readings: FlowReading[] = [];
  for (const file of sources.flows) {
    const { name } = nameOf(file.path);
    const { root, broken } = openYaml(file, report);
    const before = report.problems.length;
    const draft = broken ? undefined : readFlow(name, file.path, root, report);
    if (draft === undefined) continue;
    const flawed = report.problems.length > before;
    const expressions = judge(draft, report);
    const catalogues = locales.byName.get(name) ?? [];
    readings.push({ draft, file, expressions, catalogues, flawed });
  }
  const paths = sources.flows.map(({ path }) => path);
  checkFlows(readings, paths, { campaign, campaignWhole, actions, locales }, report);
  const [first] = sources.flows;
  const top = sources.campaign ?? first;
  if (top !== undefined && first !== undefined) {
    checkCommon(
      campaign,
      locales.byName.get('common') ?? [],
      locales.lists,
      { file: top.path, line: 1, column: 1 },
      sources.campaign !== undefined,
      report,
    );
  }

  const faulty = new Set(
    report.problems.flatMap(({ severity, file }) => (severity === 'error' ? [file] : [])),
  );
  const sound = readings.filter(({ file, catalogues }) =>
    [file.path, ...catalogues.map((catalogue) => catalogue.file)].every(
      (path) => !faulty.has(path),
    ),
  );
  const problems = sortProblems(report.problems);
  return {
    problems,
    sound: sound.map(({ draft }) => draft.name),
    make: () => ({
      campaign,
      common: buildWords(locales.byName.get('common') ?? []),
      lists: locales.lists,
      rules: locales.rules,
      lessons: campaign.languages.flatMap((language) => locales.lessons.get(language) ?? []),
      flows: makeFlows(sound, locales, actions),
      problems,
    }),
  };
}

function makeFlows(
  readings: readonly FlowReading[],
  locales: Locales,
  actions: ReadonlyMap<string, ActionDeclaration>,
): ReadonlyMap<string, Flow> {
  const flows = new Map<string, Flow>();
  for (const { draft, expressions, catalogues, file } of readings) {
    const version = versionOf(draft.name, file.text, locales.sources.get(draft.name) ?? []);
    const flow = buildFlow(draft, version, expressions, catalogues, actions);
    if (flow !== undefined) flows.set(draft.name, flow);
  }
  return flows;
}

function compileCampaign(sources: Sources, report: Report): Campaign {
  const found = languagesOf(sources.locales);
  if (sources.campaign !== undefined) {
    const { root, broken } = openYaml(sources.campaign, report);
    const own = createReport();
    const campaign = readCampaign(root, found, own);
    // What seems to be missing may stand on a line that could not be read.
    report.add(own.problems.filter(({ code }) => !broken || !code.startsWith('missing-')));
    return campaign;
  }
  const [first] = sources.flows;
  if (first !== undefined) {
    const file = first.path.replace(/[^\\/]*$/, 'campaign.yaml');
    report.warning(
      { file, line: 1, column: 1 },
      'missing-campaign',
      say`there is no campaign.yaml beside the flows; add one with \`name:\` and \`languages:\``,
    );
  }
  return readCampaign(undefined, found, report);
}

/**
 * Compiles an old version of one flow from its stored sources, without checking it again;
 * undefined when it cannot run any more. It is called by the name under which it is stored.
 */
export function compileVersion(
  name: string,
  sources: {
    readonly flow: SourceFile;
    readonly words: readonly SourceFile[];
    readonly version?: string;
  },
  campaign: Campaign,
  declarations: readonly ActionDeclaration[],
): Flow | undefined {
  const report = createReport();
  const actions = new Map(declarations.map((action) => [action.name, action]));
  const { root } = openYaml(sources.flow, report);
  const draft = readFlow(name, sources.flow.path, root, report);
  if (draft === undefined) return undefined;
  const locales = readLocales(sources.words, campaign, languagesOf(sources.words), report);
  const expressions = createJudge(campaign, actions)(draft, report);
  const version =
    sources.version ?? versionOf(name, sources.flow.text, [...locales.sources.values()].flat());
  return buildFlow(draft, version, expressions, [...locales.byName.values()].flat(), actions);
}
