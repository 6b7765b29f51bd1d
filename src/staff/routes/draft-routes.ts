import { z } from 'zod';
import type { FlowStore } from '../../conversation/publish/flow-store.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { authorOf } from './author-of.js';
import { flowName, MOST_BYTES, revision, words, yaml } from './flow-inputs.js';
import { DONE } from './inputs.js';

/** Routes that save and discard what is being written of a flow. */
export function draftRoutes(store: FlowStore): Route[] {
  return [
    defineRoute<'PUT /flows/:name/draft'>({
      type: 'json',
      key: 'PUT /flows/:name/draft',
      name: 'saveDraft',
      summary: 'Saves what is being written, as the revision after the one it was made from.',
      access: 'flows.write',
      mostBytes: MOST_BYTES,
      input: z.strictObject({
        name: flowName,
        revision,
        base: z.string().max(40).exactOptional(),
        flow: yaml,
        words,
      }),
      output: z.object({ revision, savedAt: z.string() }),
      audit: ({ name }) => ({ about: name }),
      async handle({ name, base, ...given }, call) {
        const saved = await store.drafts.save({
          _id: name,
          ...given,
          ...(base === undefined ? {} : { base }),
          author: authorOf(call.caller),
          updated_at: call.at,
        });
        if (saved === undefined) {
          throw new ApiRefusal(
            409,
            'conflict',
            'Somebody saved or discarded this draft meanwhile.',
          );
        }
        return { revision: saved.revision, savedAt: call.at.toISOString() };
      },
    }),
    defineRoute<'DELETE /flows/:name/draft'>({
      type: 'json',
      key: 'DELETE /flows/:name/draft',
      name: 'discardDraft',
      summary: 'Discards what is being written.',
      access: 'flows.write',
      input: z.strictObject({ name: flowName, revision }),
      output: DONE,
      audit: ({ name }) => ({ about: name }),
      async handle({ name, revision: from }) {
        if (!(await store.drafts.discard({ _id: name, revision: from }))) {
          throw new ApiRefusal(
            409,
            'conflict',
            'Somebody saved or discarded this draft meanwhile.',
          );
        }
        return { done: true };
      },
    }),
  ];
}
