import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import type { Flow } from '../../engine/flow.js';
import type { Deliveries } from '../../outreach/messages/deliveries.js';
import { readSequence, type SequenceReading } from '../../outreach/sequences/read-sequence.js';
import type { SequenceDefinition, SequenceStart } from '../../outreach/sequences/sequence.js';
import {
  stepMessage,
  type SequenceRow,
  type Sequences,
  type SequenceState,
} from '../../outreach/sequences/sequences.js';
import type { Segments } from '../../outreach/segments/segments.js';
import { happeningKey } from '../../supporters/happening.js';
import type { SequenceRowView, SequenceView } from '../api.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { DONE, id, NOTHING } from './inputs.js';
import { deliveryCounts } from './message-shapes.js';

export type SequenceRouteOptions = {
  readonly sequences: Sequences;
  readonly deliveries: Deliveries;
  readonly segments: Pick<Segments, 'list'>;
  campaign(): Campaign;
  /** The flows in force. */
  flows(): Promise<readonly Flow[]>;
};

const text = z.string().max(100_000);
const sequenceRow = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['active', 'paused']),
  start: z.string(),
  steps: z.number(),
  createdAt: z.string(),
});
const sequenceView = z.object({
  name: z.string(),
  start: z.string(),
  ends: z.object({ answered: z.boolean(), segment: z.string().exactOptional() }),
  steps: z.array(
    z.object({
      after: z.union([
        z.object({ type: z.literal('span'), ms: z.number() }),
        z.object({ type: z.literal('day'), days: z.number(), time: z.string() }),
      ]),
      purpose: z.string(),
      content: z.enum(['campaign', 'neutral']),
      mode: z.enum(['interrupt', 'skip', 'passive']),
      channels: z.array(z.string()),
      words: z.record(z.string(), z.string()).exactOptional(),
      flow: z.string().exactOptional(),
    }),
  ),
});
const textProblem = z.object({
  line: z.number(),
  column: z.number(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
});

/** Routes about sequences: what follows up something that happened. */
export function sequenceRoutes(options: SequenceRouteOptions): Route[] {
  const { sequences, deliveries } = options;

  async function read(written: string): Promise<SequenceReading> {
    const [flows, segments] = await Promise.all([options.flows(), options.segments.list()]);
    return readSequence(
      { path: 'sequence', text: written },
      {
        campaign: options.campaign(),
        flows: new Map(flows.map((flow) => [flow.name, flow])),
        segments: new Set(segments.map(({ name }) => name)),
      },
    );
  }

  async function open(of: string): Promise<SequenceRow> {
    const row = await sequences.table.get(of);
    if (row !== undefined && row.state !== 'removed') return row;
    throw new ApiRefusal(404, 'not_found', 'There is no such sequence.');
  }

  async function move(of: string, to: SequenceState, at: Date): Promise<{ done: true }> {
    const row = await open(of);
    if (row.state === to) throw new ApiRefusal(409, 'wrong_state', `It is ${to} already.`);
    await sequences.move(row, to, at);
    return { done: true };
  }

  return [
    defineRoute<'GET /sequences'>({
      type: 'json',
      key: 'GET /sequences',
      name: 'listSequences',
      summary: 'All sequences, the newest first.',
      access: 'messages.read',
      input: NOTHING,
      output: z.object({ items: z.array(sequenceRow) }),
      audit: 'nothing',
      handle: async () => ({ items: (await sequences.findAll()).map(tellRow) }),
    }),
    defineRoute<'GET /sequences/:id'>({
      type: 'json',
      key: 'GET /sequences/:id',
      name: 'readSequence',
      summary: 'One sequence, and how many people stand where in each step.',
      access: 'messages.read',
      input: z.strictObject({ id }),
      output: z.object({
        row: sequenceRow,
        sequence: sequenceView,
        counts: z.array(deliveryCounts),
      }),
      audit: 'nothing',
      async handle(given) {
        const row = await open(given.id);
        const counts = await Promise.all(
          row.definition.steps.map(
            async (_step, step) => (await deliveries.count(stepMessage(given.id, step))).states,
          ),
        );
        return { row: tellRow(row), sequence: tellSequence(row.definition), counts };
      },
    }),
    defineRoute<'POST /sequence-checks'>({
      type: 'json',
      key: 'POST /sequence-checks',
      name: 'checkSequence',
      summary: 'What is wrong with a sequence as text, and what it would be; keeps nothing.',
      access: 'messages.read',
      input: z.strictObject({ text }),
      output: z.object({
        problems: z.array(textProblem),
        sequence: sequenceView.exactOptional(),
      }),
      audit: 'itself',
      async handle(given) {
        const { sequence, problems } = await read(given.text);
        return {
          problems: problems.map(({ file: _file, ...problem }) => problem),
          ...(sequence === undefined ? {} : { sequence: tellSequence(sequence) }),
        };
      },
    }),
    defineRoute<'POST /sequences'>({
      type: 'json',
      key: 'POST /sequences',
      name: 'beginSequence',
      summary: 'Checks a sequence and begins it: it follows up what happens from now on.',
      access: 'messages.send',
      input: z.strictObject({ text }),
      output: sequenceRow,
      audit: 'itself',
      async handle(given, call) {
        const { sequence, problems } = await read(given.text);
        if (sequence === undefined) {
          throw new ApiRefusal(422, 'faulty', 'This sequence cannot be used.', {
            fields: problems.map(({ line, message }) => ({ path: `${line}`, message })),
          });
        }
        const all = await sequences.findAll();
        if (all.some(({ definition }) => definition.name === sequence.name)) {
          throw new ApiRefusal(409, 'name_taken', 'There is a sequence of this name already.');
        }
        const fresh = `s${randomBytes(5).toString('hex')}`;
        await call.note({ action: 'beginSequence', about: fresh });
        await sequences.create(fresh, sequence, call.at);
        return tellRow(await open(fresh));
      },
    }),
    defineRoute<'POST /sequences/:id/pause'>({
      type: 'json',
      key: 'POST /sequences/:id/pause',
      name: 'pauseSequence',
      summary: 'Holds the steps of a sequence up; who qualifies meanwhile gets them afterwards.',
      access: 'messages.send',
      input: z.strictObject({ id }),
      output: DONE,
      audit: (input) => ({ about: input.id }),
      handle: (given, { at }) => move(given.id, 'paused', at),
    }),
    defineRoute<'POST /sequences/:id/resume'>({
      type: 'json',
      key: 'POST /sequences/:id/resume',
      name: 'resumeSequence',
      summary: 'Goes on with a sequence.',
      access: 'messages.send',
      input: z.strictObject({ id }),
      output: DONE,
      audit: (input) => ({ about: input.id }),
      handle: (given, { at }) => move(given.id, 'active', at),
    }),
    defineRoute<'DELETE /sequences/:id'>({
      type: 'json',
      key: 'DELETE /sequences/:id',
      name: 'removeSequence',
      summary: 'Sends nothing more of a sequence, and forgets it.',
      access: 'messages.send',
      input: z.strictObject({ id }),
      output: DONE,
      audit: (input) => ({ about: input.id }),
      handle: (given, { at }) => move(given.id, 'removed', at),
    }),
  ];
}

function tellRow({
  _id: of,
  definition,
  state,
  created_at: created,
}: SequenceRow): SequenceRowView {
  return {
    id: of,
    name: definition.name,
    state: state === 'active' ? 'active' : 'paused',
    start: startOf(definition.start),
    steps: definition.steps.length,
    createdAt: created.toISOString(),
  };
}

function tellSequence({ name, start, leave, steps }: SequenceDefinition): SequenceView {
  return {
    name,
    start: startOf(start),
    ends: {
      answered: leave.answered === true,
      ...(leave.segment === undefined ? {} : { segment: leave.segment }),
    },
    steps: steps.map(({ after, purpose, content, mode, channels, says }) => ({
      after,
      purpose,
      content,
      mode,
      channels,
      ...(says.type === 'words' ? { words: says.words } : { flow: says.flow }),
    })),
  };
}

function startOf(start: SequenceStart): string {
  return start.type === 'silent' ? `silent:${start.days}` : happeningKey(start);
}
