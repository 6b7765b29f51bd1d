import type { ActionDeclaration } from '../../engine/action.js';
import type { Sources } from '../../engine/compile.js';
import { Permit, type Refusal } from '../../engine/calendar/permit.js';
import type { ReadMeaning } from '../../engine/event.js';
import type { SourceFile } from '../../engine/yaml.js';
import { contentOf } from '../content-of.js';
import type { FlowSources } from './flow-sources.js';
import type { FlowStore } from './flow-store.js';
import type { Publication, PublicationRow, PublishedVersion } from './publications.js';
import { readInForce, type InForce } from './read-in-force.js';
import { reviewFlows, type Review } from './review-flows.js';
import { versionRow } from './version-row.js';

/** A flow to be published in place of the version it was made from; without a `base` it is new. */
export type Proposed = FlowSources & { readonly base?: string };

/** Where flows are published. */
export type PublishOptions = {
  readonly store: FlowStore;
  readonly actions: readonly ActionDeclaration[];
  /** The files of the campaign, for what has no versions: `campaign.yaml` and the shared words. */
  readFiles(): Promise<Sources>;
  readTranscripts(): Promise<readonly SourceFile[]>;
  /** What the texts of transcripts mean; absent: only what transcripts say themselves. */
  learnMeaning?(): Promise<ReadMeaning>;
  now(): number;
};

/** Who publishes, and why. */
export type By = {
  readonly type: Publication['type'];
  readonly author: string;
  readonly comment?: string;
  /** Flows to take out of force in the same act; sessions that stand in them go on to their end. */
  readonly retire?: readonly string[];
  /** Publishes although transcripts fail; faulty flows are refused whatever is asked. */
  readonly despiteTranscripts?: boolean;
};

/** What became of it. */
export type Outcome =
  | { readonly type: 'published'; readonly versions: readonly PublishedVersion[] }
  /** They are in force already. */
  | { readonly type: 'unchanged' }
  | { readonly type: 'refused'; readonly review: Review }
  /** They campaign, and the law wants silence; nothing was written. */
  | { readonly type: 'withheld'; readonly refusal: Refusal }
  /** Somebody published one of them meanwhile; nothing was written. */
  | { readonly type: 'overtaken'; readonly by: readonly PublicationRow[] };

/**
 * Publishes flows together, or none of them: they are checked among the flows in force, the transcripts
 * are played, and the publication holds only if nothing was published since; else all is looked at again.
 */
export async function publishFlows(
  options: PublishOptions,
  proposed: readonly Proposed[],
  { type, author, comment, retire = [], despiteTranscripts = false }: By,
): Promise<Outcome> {
  const { store, actions } = options;
  const told = comment === undefined ? {} : { comment };
  for (;;) {
    const inForce = await readInForce(store, await options.readFiles());
    const quicker = overtaking(inForce, proposed);
    if (quicker.length > 0) return { type: 'overtaken', by: quicker };
    const transcripts = await options.readTranscripts();
    const readMeaning = await options.learnMeaning?.();
    const review = await reviewFlows(inForce, proposed, transcripts, actions, retire, readMeaning);
    const fails = review.failed.length > 0 && !despiteTranscripts;
    if (review.isFaulty || fails) return { type: 'refused', review };
    const fresh = review.versions.filter(
      ({ name, version }) => inForce.current.get(name)?.version !== version,
    );
    const retired = [...inForce.current.values()].flatMap(({ name, version }) =>
      retire.includes(name) && !proposed.some((flow) => flow.name === name)
        ? [{ name, version, retired: true as const }]
        : [],
    );
    const flows = [...fresh, ...retired];
    if (flows.length === 0) return { type: 'unchanged' };
    const refusal = flows.map(({ name }) => refusalOf(review, name, options.now())).find(isRefused);
    if (refusal !== undefined) return { type: 'withheld', refusal };
    const at = new Date(options.now());
    const rows = fresh.flatMap(({ name, version }) => {
      const sources = proposed.find((one) => one.name === name);
      return sources === undefined ? [] : [versionRow(sources, version, { author, ...told, at })];
    });
    await store.versions.insertMissing(rows);
    const publication = { type, flows, author, ...told, at };
    if (await store.publications.add(inForce.publications.at(-1), publication)) {
      return { type: 'published', versions: flows };
    }
  }
}

/** Why a flow may not change now: it campaigns, or did, and everybody would see it. */
function refusalOf({ before, after }: Review, name: string, at: number): Permit | Refusal {
  const campaigns = [before, after].some(
    (library) => library.flow(name) !== undefined && contentOf(library, name) === 'campaign',
  );
  const content = campaigns ? 'campaign' : 'neutral';
  return Permit.ask(after.campaign.calendar, { way: 'publish', content }, at);
}

function isRefused(answer: Permit | Refusal): answer is Refusal {
  return answer.type === 'refused';
}

/** The publications that put something else in the place of what a proposed flow was made from. */
function overtaking(
  { current, publications }: InForce,
  proposed: readonly Proposed[],
): PublicationRow[] {
  return proposed.flatMap(({ name, base }) => {
    if (current.get(name)?.version === base) return [];
    return publications.findLast(({ flows }) => flows.some((flow) => flow.name === name)) ?? [];
  });
}
