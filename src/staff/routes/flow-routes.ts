import { z } from 'zod';
import { createKeptTurns } from '../../conversation/funnel/kept-turns.js';
import { readFunnel } from '../../conversation/funnel/read-funnel.js';
import { beginDraft } from '../../conversation/publish/begin-draft.js';
import type { PublishOptions } from '../../conversation/publish/publish-flows.js';
import { readInForce, type InForce } from '../../conversation/publish/read-in-force.js';
import type { Campaign } from '../../engine/campaign.js';
import type { ReadMeaning } from '../../engine/event.js';
import { readTranscript } from '../../engine/transcript.js';
import type { Journal } from '../../supporters/journal.js';
import type { Supporters } from '../../supporters/supporters.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { authorOf } from './author-of.js';
import { draftRoutes } from './draft-routes.js';
import { action, file, flowName, language, revision, yaml } from './flow-inputs.js';
import { NOTHING } from './inputs.js';
import { createListFlowRows, type ListFlowRows } from './list-flow-rows.js';
import { tellDraft } from './tell-draft.js';

export type FlowRoutesOptions = PublishOptions & {
  readonly supporters: Supporters;
  readonly journal: Journal;
  campaign(): Pick<Campaign, 'languages' | 'channels'>;
  /** What texts mean, as the running program understands them. */
  readonly readMeaning: ReadMeaning;
  /** Puts what was published in force in this process at once. */
  refresh(): Promise<void>;
  /** Told of what went wrong while nobody waited for it. */
  report(error: unknown): void;
};

const DAY_MS = 86_400_000;

/** Routes about flows as they are written. */
export function flowRoutes(
  options: FlowRoutesOptions,
  list: ListFlowRows = createListFlowRows(options),
): Route[] {
  const { store, actions } = options;
  const inForce = async (): Promise<InForce> => readInForce(store, await options.readFiles());
  const turns = createKeptTurns(options);

  const row = z.object({
    name: z.string(),
    title: z.string(),
    purpose: z.string(),
    content: z.enum(['campaign', 'neutral']),
    steps: z.number(),
    startsOn: z.array(
      z.object({ type: z.enum(['command', 'intent', 'keyword']), text: z.string() }),
    ),
    inForce: z.object({ version: z.string(), author: z.string(), at: z.string() }).exactOptional(),
    draft: z.object({ author: z.string(), at: z.string(), isBehind: z.boolean() }).exactOptional(),
    errors: z.number(),
    warnings: z.number(),
  });

  return [
    defineRoute<'GET /flows'>({
      type: 'json',
      key: 'GET /flows',
      name: 'listFlows',
      summary: 'Every flow that is in force or being written, with what is wrong in it.',
      access: 'flows.read',
      input: NOTHING,
      output: z.object({ items: z.array(row) }),
      audit: 'nothing',
      handle: async () => ({ items: [...(await list())] }),
    }),
    defineRoute<'GET /flows/surroundings'>({
      type: 'json',
      key: 'GET /flows/surroundings',
      name: 'readSurroundings',
      summary:
        'All that a flow is checked against: the campaign, the other flows, shared words, actions.',
      access: 'flows.read',
      input: NOTHING,
      output: z.object({
        campaign: file.exactOptional(),
        flows: z.array(file),
        locales: z.array(file),
        shipped: z.array(file),
        segments: z.array(z.string()),
        actions: z.array(action).readonly(),
        languages: z.array(z.string()),
        channels: z.array(z.string()),
      }),
      audit: 'nothing',
      async handle() {
        const { sources } = await inForce();
        const { campaign, flows, locales, shipped = [], segments = [] } = sources;
        const { languages, channels } = options.campaign();
        return {
          ...(campaign === undefined ? {} : { campaign }),
          flows,
          locales,
          shipped,
          segments,
          actions,
          languages: [...languages],
          channels: [...channels],
        };
      },
    }),
    defineRoute<'GET /flows/:name'>({
      type: 'json',
      key: 'GET /flows/:name',
      name: 'readFlow',
      summary: 'A flow as it is being written: its draft, or else what is in force.',
      access: 'flows.read',
      input: z.strictObject({ name: flowName }),
      output: z.object({
        name: z.string(),
        revision,
        base: z.string().exactOptional(),
        inForce: z.string().exactOptional(),
        flow: z.string(),
        words: z.record(z.string(), z.string()),
        published: z
          .object({ flow: z.string(), words: z.record(z.string(), z.string()) })
          .exactOptional(),
        author: z.string().exactOptional(),
        savedAt: z.string().exactOptional(),
      }),
      audit: 'nothing',
      async handle({ name }, call) {
        const [known, saved] = await Promise.all([inForce(), store.drafts.get(name)]);
        const draft = saved ?? beginDraft(known, name, authorOf(call.caller), call.at);
        return tellDraft(known, draft);
      },
    }),
    ...draftRoutes(store),
    defineRoute<'POST /flows/meaning'>({
      type: 'json',
      key: 'POST /flows/meaning',
      name: 'readMeaning',
      summary: 'What a text would be understood to mean.',
      access: 'flows.read',
      input: z.strictObject({ language, text: z.string().max(4_000) }),
      output: z.object({
        intent: z.string().exactOptional(),
        guesses: z.array(z.string()).readonly().exactOptional(),
      }),
      audit: 'nothing',
      async handle({ language: spoken, text }) {
        const { intent, guesses } = options.readMeaning(text, spoken);
        return {
          ...(intent === undefined ? {} : { intent }),
          ...(guesses === undefined ? {} : { guesses }),
        };
      },
    }),
    defineRoute<'POST /flows/:name/transcripts'>({
      type: 'json',
      key: 'POST /flows/:name/transcripts',
      name: 'recordTranscript',
      summary: 'Keeps a conversation as a transcript, which publications play from then on.',
      access: 'flows.write',
      input: z.strictObject({ name: flowName, text: yaml }),
      output: z.object({ file: z.string() }),
      audit: ({ name }) => ({ about: name }),
      async handle({ name, text }, call) {
        const { transcript, problems } = readTranscript({ path: 'transcript.yaml', text });
        if (transcript?.flow !== name) {
          const said = problems.map(({ message }) => message).join('; ');
          throw new ApiRefusal(422, 'no_transcript', said === '' ? 'It is of another flow.' : said);
        }
        const id = `${name}.${slugOf(transcript.title)}`;
        const kept = { _id: id, text, author: authorOf(call.caller), at: call.at };
        if (!(await store.transcripts.insert(kept))) await store.transcripts.set({ _id: id }, kept);
        return { file: `flows/tests/${id}.yaml` };
      },
    }),
    defineRoute<'GET /flows/:name/funnel'>({
      type: 'json',
      key: 'GET /flows/:name/funnel',
      name: 'readFunnel',
      summary: 'How supporters went through each step lately.',
      access: 'flows.read',
      input: z.strictObject({ name: flowName, days: z.coerce.number().int().min(1).max(366) }),
      output: z.object({
        rows: z.array(
          z.object({
            step: z.string(),
            came: z.number(),
            answered: z.number(),
            left: z.number(),
            medianS: z.number().exactOptional(),
          }),
        ),
        supporters: z.number(),
        since: z.string(),
      }),
      audit: 'nothing',
      async handle({ name, days }, call) {
        const from = new Date(call.at.getTime() - days * DAY_MS);
        const { steps, supporters, since } = readFunnel(await turns(), name, from);
        return {
          rows: steps.map(({ medianMs, ...step }) => ({
            ...step,
            ...(medianMs === undefined ? {} : { medianS: Math.round(medianMs / 1_000) }),
          })),
          supporters,
          since: since.toISOString(),
        };
      },
    }),
  ];
}

/** A title as part of a file's name. */
function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'recorded' : plain.slice(0, 60);
}
