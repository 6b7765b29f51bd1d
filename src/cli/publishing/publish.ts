import { previewFlows, type Preview } from '../../conversation/publish/preview-flows.js';
import {
  publishFlows,
  type By,
  type Outcome,
  type Proposed,
} from '../../conversation/publish/publish-flows.js';
import type { InForce } from '../../conversation/publish/read-in-force.js';
import { loadSite } from '../../conversation/publish/site/load-site.js';
import { Refusal } from '../refusal.js';
import { columns, createProgress, minuteOf, print } from './print.js';
import { isDone, tellOutcome } from './tell-outcome.js';
import { previewAsJson, tellPreview } from './tell-preview.js';
import { accountName, withFlows, type Flows } from './with-flows.js';

type Options = {
  comment?: string;
  author?: string;
  retire?: readonly string[];
  dryRun?: boolean;
  json?: boolean;
};

/**
 * `portevoix flows publish [NAME…]`: checks the files, plays the transcripts, replays the journal, says who
 * stands where, and publishes. Without names, every flow whose files hold what never was published.
 */
export async function publish(names: readonly string[], options: Options): Promise<void> {
  const { comment, author = accountName(), retire = [], dryRun = false, json = false } = options;
  await withFlows(async (flows) => {
    const say = (line: string): void => {
      if (!json) print(line);
    };
    const inForce = await flows.inForce();
    const proposed = await choose(flows, inForce, names, say);
    const unknown = retire.filter((name) => !inForce.current.has(name));
    if (unknown.length > 0) {
      throw new Refusal(`No flow "${unknown.join('", "')}" is in force, so none can be retired.`);
    }
    const page = async (): Promise<void> => {
      if (names.length === 0 && !dryRun) await publishPage(flows, say);
    };
    if (proposed.length + retire.length === 0) {
      await page();
      say('Nothing to publish: the files hold what is in force, or was.');
      if (json) print(JSON.stringify({ outcome: 'unchanged', flows: [] }));
      return;
    }
    const progress = createProgress('turns replayed');
    const preview = await previewFlows(flows, proposed, retire, { progress: progress.tell });
    progress.end();
    for (const line of tellFlows(inForce, proposed, preview)) say(line);
    for (const name of retire) say(`${name}  ${inForce.current.get(name)?.version}  →  retired`);
    for (const line of tellPreview(preview)) say(line);

    const told = comment === undefined ? {} : { comment };
    const outcome = await conclude(flows, proposed, preview, dryRun, { author, retire, ...told });
    say(outcome.type === 'dry_run' ? 'Not published: --dry-run.' : tellOutcome(outcome));
    if (json) {
      const changes = changesOf(inForce, proposed, preview);
      const answer = { outcome: outcome.type, flows: changes, retire, ...previewAsJson(preview) };
      print(JSON.stringify(answer));
    }
    if (outcome.type === 'dry_run') return;
    if (isDone(outcome)) await page();
    else process.exitCode = 1;
  });
}

/** Publishes what `campaign.yaml` says of the page, when it says what never was published. */
async function publishPage(
  { store, settings, readFiles, now }: Flows,
  say: (line: string) => void,
): Promise<void> {
  const before = await store.site.newest();
  const { inForce, waitsUntil } = await loadSite(store.site, await readFiles(), {
    flowsDir: settings.flowsDir,
    publishes: true,
    log: { warn: (_about, sentence) => say(sentence) },
    now,
  });
  if (waitsUntil !== undefined) process.exitCode = 1;
  else if (inForce !== undefined && inForce._id !== before?._id) {
    say(`page  ${before?.version ?? 'new'}  →  ${inForce.version}`);
  }
}

async function conclude(
  flows: Flows,
  proposed: readonly Proposed[],
  { review }: Preview,
  dryRun: boolean,
  by: Omit<By, 'type'>,
): Promise<Outcome | { readonly type: 'dry_run' }> {
  if (review.isFaulty || review.failed.length > 0) return { type: 'refused', review };
  if (dryRun) return { type: 'dry_run' };
  return publishFlows(flows, proposed, { ...by, type: 'published' });
}

/** The flows to publish, by their names or because they were never published; tells of older files. */
async function choose(
  flows: Flows,
  { current }: InForce,
  names: readonly string[],
  say: (line: string) => void,
): Promise<readonly Proposed[]> {
  const { fresh, behind, same } = await flows.changed();
  if (names.length > 0) {
    const all = [...fresh, ...behind.map(({ flow }) => flow), ...same];
    const missing = names.filter((name) => !all.some((flow) => flow.name === name));
    if (missing.length > 0) {
      const known = all.map(({ name }) => name).join(', ');
      throw new Refusal(
        `There is no file of a flow "${missing.join('", "')}"; there are ${known}.`,
      );
    }
    return all.filter(({ name, base }) => names.includes(name) && !isIn(same, name, base));
  }
  for (const { flow, version } of behind) {
    const newer = current.get(flow.name)?.version;
    say(
      newer === undefined
        ? `${flow.name}: the files hold ${version}, which was retired; name the flow to publish it again`
        : `${flow.name}: the files hold ${version}, which was in force before ${newer}; fetch that with ` +
            '`portevoix flows export`, or name the flow to publish its files again',
    );
  }
  return fresh;
}

function isIn(flows: readonly Proposed[], name: string, base: string | undefined): boolean {
  return flows.some((flow) => flow.name === name && flow.base === base);
}

type Change = { readonly name: string; readonly version?: string; readonly replaces?: string };

function changesOf(
  { current }: InForce,
  proposed: readonly Proposed[],
  { review }: Preview,
): Change[] {
  return proposed.map(({ name }) => {
    const version = review.versions.find((one) => one.name === name)?.version;
    const replaces = current.get(name)?.version;
    return {
      name,
      ...(version === undefined ? {} : { version }),
      ...(replaces === undefined ? {} : { replaces }),
    };
  });
}

/** Each flow with the version it replaces, and whose that is. */
function tellFlows(inForce: InForce, proposed: readonly Proposed[], preview: Preview): string[] {
  const rows = changesOf(inForce, proposed, preview).map(({ name, version, replaces }) => {
    const by = inForce.publications.findLast(({ flows }) =>
      flows.some((flow) => flow.name === name && flow.version === replaces),
    );
    const old = by === undefined ? 'new' : `${replaces} of ${by.author}, ${minuteOf(by.at)}`;
    return [name, old, '→', version ?? 'faulty'];
  });
  return columns(rows);
}
