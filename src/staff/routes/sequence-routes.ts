import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import type { Flow } from '../../engine/flow.js';
import type { Deliveries } from '../../outreach/messages/deliveries.js';
import { previewWords } from '../../outreach/messages/preview-words.js';
import type { MessageContext } from '../../outreach/messages/read-matter.js';
import {
  checkSequence,
  sequenceDraftOf,
  type SequenceCheck,
} from '../../outreach/sequences/check-sequence.js';
import { listPeople, type SequencePerson } from '../../outreach/sequences/list-people.js';
import { readSequence, type SequenceReading } from '../../outreach/sequences/read-sequence.js';
import type { SequenceDefinition } from '../../outreach/sequences/sequence.js';
import type { SequenceRow, Sequences, SequenceState } from '../../outreach/sequences/sequences.js';
import { createLiveCounts } from '../../outreach/sequences/live-counts.js';
import { totalsOf } from '../../outreach/sequences/standing.js';
import { takeOut } from '../../outreach/sequences/take-out.js';
import type { Segments } from '../../outreach/segments/segments.js';
import { findCurrent } from '../../supporters/find-current.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { Supporters } from '../../supporters/supporters.js';
import { nameOf } from '../people/tell-supporter.js';
import type { SequencePersonRow } from '../api.js';
import type { InputOf } from '../api.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { DONE, id, limit, NOTHING } from './inputs.js';
import { problem } from './message-shapes.js';
import {
  personRow,
  sequenceDraft,
  sequenceRow,
  sequenceText,
  sequenceTotals,
  sequenceView,
  standing,
  stepCounts,
  tellRow,
  tellSequence,
  textProblem,
} from './sequence-shapes.js';

export type SequenceRouteOptions = {
  readonly sequences: Sequences;
  readonly deliveries: Deliveries;
  readonly segments: Pick<Segments, 'list'>;
  readonly supporters: Pick<Supporters, 'table'>;
  campaign(): Campaign;
  /** The flows in force. */
  flows(): Promise<readonly Flow[]>;
};

const USUAL = 50;

/** Routes about sequences: what follows up something that happened. */
export function sequenceRoutes(options: SequenceRouteOptions): Route[] {
  const { sequences, deliveries } = options;
  const live = createLiveCounts(deliveries);

  async function context(): Promise<MessageContext> {
    const [flows, segments] = await Promise.all([options.flows(), options.segments.list()]);
    return {
      campaign: options.campaign(),
      flows: new Map(flows.map((flow) => [flow.name, flow])),
      segments: new Set(segments.map(({ name }) => name)),
    };
  }

  async function read(written: string): Promise<SequenceReading> {
    return readSequence({ path: 'sequence', text: written }, await context());
  }

  /** The sequence that was written one way or the other; refused, with every fault of it. */
  async function sound(given: InputOf<'POST /sequences'>): Promise<SequenceDefinition> {
    const { text, sequence: draft } = given;
    const { sequence, faults } =
      draft === undefined
        ? tellFaults(await read(text ?? ''))
        : tellFaults(checkSequence(draft, await context()));
    if (sequence !== undefined) return sequence;
    throw new ApiRefusal(422, 'faulty', 'This sequence cannot be used.', { fields: faults });
  }

  async function tellPeople(
    people: readonly SequencePerson[],
  ): Promise<readonly SequencePersonRow[]> {
    const ids = people.map(({ supporter }) => supporter);
    const { table } = options.supporters;
    const records = ids.length === 0 ? [] : await table.find({ _id: { $in: ids } });
    const gone = ids.filter((one) => !records.some(({ _id }) => _id === one));
    if (gone.length > 0) records.push(...(await table.find({ merged_from: { $in: gone } })));
    return people.map(({ supporter, type, reason, step, at }) => {
      const record = records.find((one) => identitiesOf(one).includes(supporter));
      return {
        supporter: record?._id ?? supporter,
        name: record === undefined ? '' : nameOf(record),
        standing: type,
        ...(reason === undefined ? {} : { reason }),
        step,
        at: at.toISOString(),
      };
    });
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
        draft: sequenceDraft,
        counts: z.array(stepCounts),
        totals: sequenceTotals,
      }),
      audit: 'nothing',
      async handle(given) {
        const row = await open(given.id);
        const counts = await live.of(row);
        return {
          row: tellRow(row),
          sequence: tellSequence(row.definition),
          draft: sequenceDraftOf(row.definition),
          counts: counts.map(({ states, reasons }) => ({ ...states, reasons })),
          totals: totalsOf(counts),
        };
      },
    }),
    defineRoute<'GET /sequences/:id/people'>({
      type: 'json',
      key: 'GET /sequences/:id/people',
      name: 'listSequencePeople',
      summary: 'Whom a sequence began for, and where each of them stands in it.',
      access: 'supporters.read',
      input: z.strictObject({
        id,
        show: standing.exactOptional(),
        before: id.exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({ items: z.array(personRow), next: z.string().exactOptional() }),
      audit: (input) => ({ about: input.id }),
      async handle({ id: of, show, before: after, limit: most = USUAL }) {
        const query = { show, after, limit: most };
        const { people, next } = await listPeople(deliveries, await open(of), query);
        const items = await tellPeople(people);
        return next === undefined ? { items } : { items, next };
      },
    }),
    defineRoute<'POST /sequences/:id/people/:supporter/take-out'>({
      type: 'json',
      key: 'POST /sequences/:id/people/:supporter/take-out',
      name: 'takeOutOfSequence',
      summary: 'Sends somebody nothing more of a sequence.',
      access: 'supporters.write',
      input: z.strictObject({ id, supporter: id }),
      output: DONE,
      audit: (input) => ({ supporter: input.supporter, about: input.id }),
      async handle({ id: of, supporter }, { at }) {
        const row = await open(of);
        const record = await findCurrent(supporter, options.supporters.table);
        if (record === undefined) {
          throw new ApiRefusal(404, 'not_found', 'There is no such supporter (any more).');
        }
        if (!(await takeOut(deliveries, row, identitiesOf(record), at))) {
          throw new ApiRefusal(409, 'wrong_state', 'Nothing of it was still to come for them.');
        }
        live.forget(of);
        return { done: true };
      },
    }),
    defineRoute<'POST /sequence-checks'>({
      type: 'json',
      key: 'POST /sequence-checks',
      name: 'checkSequence',
      summary: 'What is wrong with a sequence as text, and what it would be; keeps nothing.',
      access: 'messages.read',
      input: z.strictObject({ text: sequenceText }),
      output: z.object({
        problems: z.array(textProblem),
        sequence: sequenceView.exactOptional(),
      }),
      audit: 'itself',
      async handle(given) {
        const { sequence, problems } = await read(given.text);
        return {
          problems: problems.map(({ file: _file, ...told }) => told),
          ...(sequence === undefined ? {} : { sequence: tellSequence(sequence) }),
        };
      },
    }),
    defineRoute<'POST /sequence-form-checks'>({
      type: 'json',
      key: 'POST /sequence-form-checks',
      name: 'checkSequenceForm',
      summary:
        'What is wrong with a sequence as a form has it, by field, and how its words read; keeps nothing.',
      access: 'messages.read',
      input: z.strictObject({ sequence: sequenceDraft }),
      output: z.object({
        problems: z.array(problem),
        previews: z.array(z.record(z.string(), z.string())),
      }),
      audit: 'itself',
      async handle({ sequence: draft }, { at }) {
        const { problems } = checkSequence(draft, await context());
        return {
          problems,
          previews: draft.steps.map(({ says, words }) =>
            says === 'flow' ? {} : previewWords(words, options.campaign(), at.getTime()),
          ),
        };
      },
    }),
    defineRoute<'POST /sequences'>({
      type: 'json',
      key: 'POST /sequences',
      name: 'beginSequence',
      summary: 'Checks a sequence and begins it: it follows up what happens from now on.',
      access: 'messages.send',
      input: z.strictObject({
        text: sequenceText.exactOptional(),
        sequence: sequenceDraft.exactOptional(),
      }),
      output: sequenceRow,
      audit: 'itself',
      async handle(given, call) {
        const sequence = await sound(given);
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

type Fault = { readonly path: string; readonly message: string };

/** Faults by the line of a text, or by the field of a form. */
function tellFaults(reading: SequenceReading | SequenceCheck): {
  readonly sequence?: SequenceDefinition;
  readonly faults: readonly Fault[];
} {
  const faults = reading.problems.map((one): Fault => ({
    path: 'field' in one ? one.field : `${one.line}`,
    message: one.message,
  }));
  const { sequence } = reading;
  return { faults, ...(sequence === undefined ? {} : { sequence }) };
}
