import { nameOf, type Locales } from '../parse/locales.js';
import type { Report } from '../parse/report.js';
import { didYouMean } from '../parse/suggest.js';
import { checkReach, joinSteps } from './graph.js';
import { checkLimits } from './limits.js';
import { checkLoops } from './loops.js';
import { checkNeutral, checkNeutralWords } from './neutral.js';
import { checkNotices } from './notices.js';
import { changesConsent, followPaths } from './presence.js';
import { checkReads } from './reads.js';
import type { Checked, FlowReading } from './reading.js';
import { checkSteps } from './steps.js';
import { checkStart, checkTriggers } from './triggers.js';
import { checkWords } from './words.js';
import { say } from '../sentence.js';

/** What flows are checked against. */
type Surroundings = Pick<Checked, 'campaign' | 'campaignWhole' | 'actions'> & {
  readonly locales: Locales;
};

/** Checks flows, each by itself and together; `files` are the paths of all, readable or not. */
export function checkFlows(
  readings: readonly FlowReading[],
  files: readonly string[],
  { campaign, campaignWhole, actions, locales }: Surroundings,
  report: Report,
): void {
  const flowNames = new Set(files.map((path) => nameOf(path).name));
  const graphs = readings.map((reading) => joinSteps(reading, actions, report));
  const withdrawing = findWithdrawing(readings);
  const campaignFlows = new Set(
    readings.flatMap(({ draft }) => (draft.content === 'campaign' ? [draft.name] : [])),
  );
  for (const [index, reading] of readings.entries()) {
    const graph = graphs[index];
    if (graph === undefined) continue;
    const { draft, expressions } = reading;
    const changes = (flow: string): boolean => withdrawing.has(flow);
    const presence = followPaths(draft, graph, expressions, actions, changes);
    const checked: Checked = {
      ...reading,
      campaign,
      campaignWhole,
      actions,
      flowNames,
      graph,
      presence,
      report,
    };
    checkReach(graph, report);
    checkSteps(checked);
    checkReads(checked);
    checkWords(checked);
    checkLimits(checked);
    checkNeutral(checked, campaignFlows);
    checkNotices(checked);
  }
  const parts = readings.flatMap(({ draft, expressions }, index) => {
    const graph = graphs[index];
    return graph === undefined ? [] : [{ draft, graph, expressions }];
  });
  if (readings.some(({ draft }) => draft.content === 'neutral')) {
    for (const { entries } of locales.byName.get('common') ?? []) {
      checkNeutralWords(entries, campaign, say`and neutral flows say it too; take it away`, report);
    }
  }
  checkLoops(parts, actions, report);
  const drafts = readings.map(({ draft }) => draft);
  checkTriggers(drafts, locales, report);
  // A flow with a slip in it may be the one that starts.
  const mayStart = readings.some(({ flawed, file }) => flawed && /\bstart\b/.test(file.text));
  checkStart(drafts, drafts.length === files.length && !mayStart, report);
  checkFileNames(files, locales, flowNames, report);
}

/** Flows that may take consents back, by themselves or through those they go to. */
function findWithdrawing(readings: readonly FlowReading[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const { draft } of readings) {
      if (found.has(draft.name)) continue;
      const withdraws = draft.steps.some(
        (step) =>
          changesConsent(step) ||
          ((step.type === 'call' || step.type === 'link') && found.has(step.flow.text)),
      );
      if (!withdraws) continue;
      found.add(draft.name);
      grown = true;
    }
  }
  return found;
}

/** Two files cannot be the same flow, and words need the flow they are for. */
function checkFileNames(
  files: readonly string[],
  { byName }: Locales,
  flowNames: ReadonlySet<string>,
  report: Report,
): void {
  const first = new Map<string, string>();
  for (const path of files) {
    const { name } = nameOf(path);
    const before = first.get(name);
    if (before === undefined) first.set(name, path);
    else {
      report.error(
        { file: path, line: 1, column: 1 },
        'duplicate-id',
        say`flow "${name}" is also in ${before}; rename one of the files`,
      );
    }
  }
  for (const [name, catalogues] of byName) {
    if (name === 'common' || flowNames.has(name)) continue;
    for (const { file } of catalogues) {
      report.warning(
        { file, line: 1, column: 1 },
        'extra-translation',
        say`there is no flow "${name}" to say these words; rename or take away the file; ${didYouMean(name, flowNames)}`,
      );
    }
  }
}
