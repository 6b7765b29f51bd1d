import { z } from 'zod';
import { filesOf } from '../../conversation/publish/drafts.js';
import { previewFlows } from '../../conversation/publish/preview-flows.js';
import { publishDraft } from '../../conversation/publish/publish-draft.js';
import type { Outcome } from '../../conversation/publish/publish-flows.js';
import { readHistory } from '../../conversation/publish/read-history.js';
import { rollBack } from '../../conversation/publish/roll-back.js';
import { formatConversation } from '../../conversation/replay/format-conversation.js';
import type { PublishOutcome } from '../api.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { authorOf } from './author-of.js';
import { comment, failedTranscript, flowName, problem, revision, version } from './flow-inputs.js';
import type { FlowRoutesOptions } from './flow-routes.js';
import { byLanguage } from './tell-draft.js';

/** Turns of the journal replayed for a look before publishing: some seconds' work. */
const REPLAYED_TURNS = 2_000;
/** Ways in which conversations differ that are shown. */
const MOST_EXAMPLES = 8;

const outcome = z.discriminatedUnion('type', [
  z.object({ type: z.literal('published'), version: z.string() }),
  z.object({ type: z.literal('unchanged') }),
  z.object({
    type: z.literal('refused'),
    failed: z.array(failedTranscript),
    errors: z.number(),
  }),
  z.object({ type: z.literal('withheld'), until: z.string() }),
  z.object({ type: z.literal('overtaken'), by: z.string() }),
  z.object({ type: z.literal('changed') }),
  z.object({ type: z.literal('unknown') }),
]);

/** Routes about publishing flows. */
export function publishRoutes(options: FlowRoutesOptions): Route[] {
  const { store } = options;

  return [
    defineRoute<'POST /flows/:name/preview'>({
      type: 'json',
      key: 'POST /flows/:name/preview',
      name: 'previewFlow',
      summary: 'What would happen if the draft were published now; writes nothing.',
      access: 'flows.write',
      input: z.strictObject({ name: flowName, revision }),
      output: z.object({
        revision,
        version: z.string().exactOptional(),
        replaces: z.string().exactOptional(),
        problems: z.array(problem),
        isFaulty: z.boolean(),
        played: z.number(),
        failed: z.array(failedTranscript),
        standers: z.array(
          z.object({
            version: z.string(),
            step: z.string(),
            sessions: z.number(),
            change: z.enum(['same', 'reworded', 'changed', 'vanished']),
            moves: z.boolean(),
          }),
        ),
        replay: z
          .object({
            conversations: z.number(),
            turns: z.number(),
            changed: z.number(),
            examples: z.array(z.object({ title: z.string(), text: z.string() })),
          })
          .exactOptional(),
      }),
      audit: 'nothing',
      async handle({ name, revision: from }) {
        const draft = await store.drafts.get(name);
        if (draft?.revision !== from) throw changed();
        const { base } = draft;
        const proposed = { ...filesOf(draft), ...(base === undefined ? {} : { base }) };
        const preview = await previewFlows(options, [proposed], [], { turns: REPLAYED_TURNS });
        const { review, standers, replay } = preview;
        const next = review.versions.find((one) => one.name === name)?.version;
        const replaces = review.before.flow(name)?.version;
        return {
          revision: from,
          ...(next === undefined ? {} : { version: next }),
          ...(replaces === undefined ? {} : { replaces }),
          problems: [...review.problems],
          isFaulty: review.isFaulty,
          played: review.played,
          failed: review.failed.map(({ file, title, text }) => ({ file, title, text })),
          standers: standers.map(({ version: of, step, sessions, change, moves }) => ({
            version: of,
            step,
            sessions,
            change,
            moves,
          })),
          ...(replay === undefined
            ? {}
            : {
                replay: {
                  conversations: replay.conversations,
                  turns: replay.turns,
                  changed: replay.changed.length,
                  examples: replay.differences.slice(0, MOST_EXAMPLES).map((difference) => ({
                    title: difference.sentence,
                    text: formatConversation(difference.example),
                  })),
                },
              }),
        };
      },
    }),
    defineRoute<'POST /flows/:name/publish'>({
      type: 'json',
      key: 'POST /flows/:name/publish',
      name: 'publishFlow',
      summary:
        'Puts the draft in force, if it is sound and its transcripts go as they are written.',
      access: 'flows.publish',
      input: z.strictObject({
        name: flowName,
        revision,
        comment,
        despiteTranscripts: z.boolean().exactOptional(),
      }),
      output: outcome,
      audit: ({ name }) => ({ about: name }),
      async handle({ name, revision: from, despiteTranscripts, ...told }, call) {
        const by = {
          author: authorOf(call.caller),
          ...(told.comment === undefined || told.comment === '' ? {} : { comment: told.comment }),
          ...(despiteTranscripts === undefined ? {} : { despiteTranscripts }),
        };
        const done = await publishDraft(options, { _id: name, revision: from }, by);
        if (done.type === 'published') await options.refresh();
        return done.type === 'changed' ? done : tellOutcome(done, name);
      },
    }),
    defineRoute<'GET /flows/:name/history'>({
      type: 'json',
      key: 'GET /flows/:name/history',
      name: 'readFlowHistory',
      summary: 'Every time that a version of a flow was put in force, the last one first.',
      access: 'flows.read',
      input: z.strictObject({ name: flowName }),
      output: z.object({
        items: z.array(
          z.object({
            publication: z.number(),
            type: z.enum(['published', 'rolled_back']),
            version: z.string(),
            author: z.string(),
            comment: z.string().exactOptional(),
            at: z.string(),
            isRetired: z.boolean(),
            isInForce: z.boolean(),
          }),
        ),
      }),
      audit: 'nothing',
      async handle({ name }) {
        const entries = await readHistory(store, name);
        return {
          items: entries.map(({ at, comment: why, ...entry }) => ({
            publication: entry.publication,
            type: entry.type,
            version: entry.version,
            author: entry.author,
            ...(why === undefined ? {} : { comment: why }),
            at: at.toISOString(),
            isRetired: entry.isRetired,
            isInForce: entry.isInForce,
          })),
        };
      },
    }),
    defineRoute<'GET /flows/:name/versions/:version'>({
      type: 'json',
      key: 'GET /flows/:name/versions/:version',
      name: 'readFlowVersion',
      summary: 'A version of a flow as it was published.',
      access: 'flows.read',
      input: z.strictObject({ name: flowName, version }),
      output: z.object({ flow: z.string(), words: z.record(z.string(), z.string()) }),
      audit: 'nothing',
      async handle(given) {
        const row = await store.versions.get(`${given.name}@${given.version}`);
        if (row === undefined) throw new ApiRefusal(404, 'not_found', 'There is no such version.');
        return { flow: row.flow.text, words: byLanguage(row.words) };
      },
    }),
    defineRoute<'POST /flows/:name/rollback'>({
      type: 'json',
      key: 'POST /flows/:name/rollback',
      name: 'rollBackFlow',
      summary: 'Puts an older version of a flow back in force.',
      access: 'flows.publish',
      input: z.strictObject({ name: flowName, version, comment }),
      output: outcome,
      audit: ({ name, version: to }) => ({ about: `${name}@${to}` }),
      async handle({ name, version: to, ...told }, call) {
        const by = {
          author: authorOf(call.caller),
          ...(told.comment === undefined || told.comment === '' ? {} : { comment: told.comment }),
        };
        const done = await rollBack(options, name, to, by);
        if (done.type === 'published') await options.refresh();
        return done.type === 'unknown' ? done : tellOutcome(done, name);
      },
    }),
  ];
}

function tellOutcome(done: Outcome, name: string): PublishOutcome {
  switch (done.type) {
    case 'published':
      return {
        type: 'published',
        version: done.versions.find((one) => one.name === name)?.version ?? '',
      };
    case 'unchanged':
      return { type: 'unchanged' };
    case 'refused':
      return {
        type: 'refused',
        failed: done.review.failed.map(({ file, title, text }) => ({ file, title, text })),
        errors: done.review.problems.filter(({ severity }) => severity === 'error').length,
      };
    case 'withheld':
      return { type: 'withheld', until: new Date(done.refusal.until).toISOString() };
    case 'overtaken':
      return { type: 'overtaken', by: done.by.map(({ author }) => author).join(', ') };
    default:
      return done satisfies never;
  }
}

function changed(): ApiRefusal {
  return new ApiRefusal(409, 'conflict', 'Somebody saved or discarded this draft meanwhile.');
}
