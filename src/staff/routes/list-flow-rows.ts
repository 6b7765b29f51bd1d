import { createHash } from 'node:crypto';
import type { DraftRow } from '../../conversation/publish/drafts.js';
import { listFlows, type ListedFlow } from '../../conversation/publish/list-flows.js';
import type { PublishOptions } from '../../conversation/publish/publish-flows.js';
import { readInForce, type InForce } from '../../conversation/publish/read-in-force.js';
import { createVersionReader } from '../../conversation/publish/version-reader.js';
import type { FlowRow } from '../api.js';

/** Every flow that is in force or being written, with what is wrong in it. */
export type ListFlowRows = () => Promise<readonly FlowRow[]>;

/** Lists them; all are checked anew only when one of them, or what they stand among, is another. */
export function createListFlowRows(
  options: Pick<PublishOptions, 'store' | 'actions' | 'readFiles'>,
): ListFlowRows {
  const { store, actions } = options;
  let listed: { readonly key: string; readonly items: readonly FlowRow[] } | undefined;
  const readVersions = createVersionReader(store.versions);
  return async () => {
    const [known, drafts] = await Promise.all([
      options.readFiles().then((files) => readInForce(store, files, readVersions)),
      store.drafts.table.find({}),
    ]);
    const key = keyOf(known, drafts);
    if (listed?.key !== key) {
      listed = { key, items: listFlows(known, drafts, actions).map(tellFlow) };
    }
    return listed.items;
  };
}

function keyOf({ sources, publications }: InForce, drafts: readonly DraftRow[]): string {
  const { campaign, flows, locales, segments = [] } = sources;
  const hash = createHash('sha1').update(`${publications.at(-1)?._id ?? ''} ${segments.join()}`);
  for (const { path, text } of [
    ...(campaign === undefined ? [] : [campaign]),
    ...flows,
    ...locales,
  ]) {
    hash.update(path).update(text);
  }
  for (const { _id, revision: saved } of drafts) hash.update(`${_id} ${saved}`);
  return hash.digest('hex');
}

function tellFlow(listed: ListedFlow): FlowRow {
  const { name, title, purpose, content, steps, startsOn, version, by, draft, problems } = listed;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    name,
    title,
    purpose,
    content,
    steps,
    startsOn: startsOn.map((trigger) => {
      switch (trigger.type) {
        case 'command':
          return { type: 'command', text: trigger.command };
        case 'intent':
          return { type: 'intent', text: trigger.intent };
        case 'keyword':
          return { type: 'keyword', text: trigger.keyword };
        default:
          return trigger satisfies never;
      }
    }),
    ...(version === undefined || by === undefined
      ? {}
      : { inForce: { version, author: by.author, at: by.at.toISOString() } }),
    ...(draft === undefined
      ? {}
      : {
          draft: {
            author: draft.author,
            at: draft.updated_at.toISOString(),
            isBehind: draft.base !== version,
          },
        }),
    errors,
    warnings: problems.length - errors,
  };
}
