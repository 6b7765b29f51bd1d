import { filesOf, type DraftRow } from './drafts.js';
import { publishFlows, type By, type Outcome, type PublishOptions } from './publish-flows.js';

/**
 * Publishes what staff wrote, and discards the draft. `changed`: it is not any more the revision that was
 * looked at, or was discarded.
 */
export async function publishDraft(
  options: PublishOptions,
  { _id, revision }: Pick<DraftRow, '_id' | 'revision'>,
  by: Omit<By, 'type'>,
): Promise<Outcome | { readonly type: 'changed' }> {
  const { drafts } = options.store;
  const draft = await drafts.get(_id);
  if (draft?.revision !== revision) return { type: 'changed' };
  const { base } = draft;
  const proposed = { ...filesOf(draft), ...(base === undefined ? {} : { base }) };
  const outcome = await publishFlows(options, [proposed], { ...by, type: 'published' });
  // What somebody saved meanwhile is a draft of the version before, which its base tells.
  if (outcome.type === 'published' || outcome.type === 'unchanged') await drafts.discard(draft);
  return outcome;
}
