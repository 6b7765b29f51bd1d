import { z } from 'zod';
import type { Flow } from '../../engine/flow.js';
import type { MessageDrafts } from '../../outreach/messages/message-drafts.js';
import type { Messages } from '../../outreach/messages/messages.js';
import type { Audience } from '../../outreach/segments/audience.js';
import { operatorsOf, segmentFields, type Terms } from '../../outreach/segments/fields.js';
import { readSegment, type SegmentReading } from '../../outreach/segments/read-segment.js';
import type { KeptSegment, Segment } from '../../outreach/segments/segment.js';
import { recheck, type Segments } from '../../outreach/segments/segments.js';
import { findUses, type SegmentUses } from '../../outreach/segments/uses.js';
import type { Sequences } from '../../outreach/sequences/sequences.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { SampleRow, SegmentFieldRow, SegmentRow } from '../api.js';
import { may } from '../permissions.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { DONE, NOTHING } from './inputs.js';
import {
  fault,
  group,
  keptSegment,
  segmentField,
  segmentName,
  segmentRow,
} from './segment-shapes.js';

export type SegmentRouteOptions = {
  readonly segments: Segments;
  readonly audience: Audience;
  readonly supporters: Pick<Supporters, 'table'>;
  readonly messages: Pick<Messages, 'table'>;
  readonly drafts: Pick<MessageDrafts, 'table'>;
  readonly sequences: Pick<Sequences, 'findAll'>;
  /** The flows in force. */
  flows(): Promise<readonly Flow[]>;
  terms(): Terms;
};

const SAMPLE = 8;
/** Supporters whose tags are looked at, and tags suggested. */
const TAGGED = 5_000;
const MOST_TAGS = 100;
/** What a segment that is only counted is called. */
const UNNAMED = { name: 'unnamed', title: 'unnamed' };

/** Routes about segments: who is meant, by what is known of them. */
export function segmentRoutes(options: SegmentRouteOptions): Route[] {
  const { segments, audience, terms } = options;
  const uses = (): Promise<SegmentUses> => findUses(options);

  async function open(name: string): Promise<KeptSegment> {
    const kept = await segments.get(name);
    if (kept === undefined) throw new ApiRefusal(404, 'not_found', 'There is no such segment.');
    return kept;
  }

  return [
    defineRoute<'GET /segments'>({
      type: 'json',
      key: 'GET /segments',
      name: 'listSegments',
      summary: 'Every segment, and where it is used.',
      access: 'segments.read',
      input: NOTHING,
      output: z.object({ items: z.array(segmentRow) }),
      audit: 'nothing',
      async handle() {
        const [all, used] = await Promise.all([segments.list(), uses()]);
        return { items: all.map((kept) => tellRow(kept, used, terms())) };
      },
    }),
    defineRoute<'GET /segment-fields'>({
      type: 'json',
      key: 'GET /segment-fields',
      name: 'listSegmentFields',
      summary: 'What a condition can be about, how it compares, and with which values.',
      access: 'segments.read',
      input: NOTHING,
      output: z.object({ fields: z.array(segmentField), tags: z.array(z.string()) }),
      audit: 'nothing',
      handle: async () => ({ fields: tellFields(terms()), tags: await findTags(options) }),
    }),
    defineRoute<'GET /segments/:name'>({
      type: 'json',
      key: 'GET /segments/:name',
      name: 'readSegment',
      summary: 'One segment, and what the campaign does not understand of it any more.',
      access: 'segments.read',
      input: z.strictObject({ name: segmentName }),
      output: z.object({ segment: keptSegment, row: segmentRow, faults: z.array(fault) }),
      audit: 'nothing',
      async handle({ name }) {
        const kept = await open(name);
        const { author: _author, at: _at, ...segment } = kept;
        const reading = recheck(kept, terms());
        return {
          segment,
          row: tellRow(kept, await uses(), terms()),
          faults: reading.type === 'faulty' ? reading.faults : [],
        };
      },
    }),
    defineRoute<'GET /segments/:name/count'>({
      type: 'json',
      key: 'GET /segments/:name/count',
      name: 'countSegment',
      summary: 'How many are in a segment now.',
      access: 'segments.read',
      input: z.strictObject({ name: segmentName }),
      output: z.object({ count: z.number() }),
      audit: 'nothing',
      async handle({ name }, { at }) {
        return { count: await audience.count(sound(recheck(await open(name), terms())), at) };
      },
    }),
    defineRoute<'POST /segment-counts'>({
      type: 'json',
      key: 'POST /segment-counts',
      name: 'tryCount',
      summary: 'How many would be in a segment that is being written, or what is wrong with it.',
      access: 'segments.read',
      input: z.strictObject({ segment: group }),
      output: z.object({ count: z.number().exactOptional(), faults: z.array(fault) }),
      audit: 'itself',
      async handle(given, { at }) {
        const reading = readSegment({ ...given.segment, ...UNNAMED }, terms());
        if (reading.type === 'faulty') return { faults: reading.faults };
        return { count: await audience.count(reading.segment, at), faults: [] };
      },
    }),
    defineRoute<'POST /segment-samples'>({
      type: 'json',
      key: 'POST /segment-samples',
      name: 'sampleSegment',
      summary: 'Some of those in a segment; by name only for roles that see people.',
      access: 'segments.read',
      input: z.strictObject({ segment: group }),
      output: z.object({
        people: z.array(
          z.object({
            id: z.string(),
            name: z.string().exactOptional(),
            language: z.string(),
            place: z.string().exactOptional(),
            since: z.string(),
          }),
        ),
      }),
      audit: 'itself',
      async handle(given, call) {
        const { caller, at } = call;
        const segment = sound(readSegment({ ...given.segment, ...UNNAMED }, terms()));
        const ids = await audience.sample(segment, at, SAMPLE);
        const people = await options.supporters.table.find({ _id: { $in: ids } });
        const isNamed = caller.type !== 'nobody' && may(caller.role, 'supporters.read');
        if (isNamed) {
          for (const { _id } of people) {
            await call.note({ action: 'sampleSegment', supporter: _id });
          }
        }
        return { people: people.map((record) => tellPerson(record, isNamed)) };
      },
    }),
    defineRoute<'PUT /segments/:name'>({
      type: 'json',
      key: 'PUT /segments/:name',
      name: 'saveSegment',
      summary: 'Checks a segment and keeps it in place of any of its name.',
      access: 'segments.write',
      input: z.strictObject({
        name: segmentName,
        title: z.string().max(200),
        segment: group,
        isNew: z.boolean(),
      }),
      output: z.object({ row: segmentRow }),
      audit: ({ name }) => ({ about: name }),
      async handle({ name, title, segment: given, isNew }, { caller, at }) {
        const segment = sound(readSegment({ ...given, name, title }, terms()));
        if (isNew && (await segments.get(name)) !== undefined) {
          throw new ApiRefusal(409, 'name_taken', 'There is a segment of this name already.');
        }
        const author = caller.type === 'nobody' ? '' : caller.name;
        await segments.save(segment, author, at);
        return { row: tellRow({ ...segment, author, at }, await uses(), terms()) };
      },
    }),
    defineRoute<'DELETE /segments/:name'>({
      type: 'json',
      key: 'DELETE /segments/:name',
      name: 'removeSegment',
      summary: 'Forgets a segment that nothing uses; nobody in it is touched.',
      access: 'segments.write',
      input: z.strictObject({ name: segmentName }),
      output: DONE,
      audit: ({ name }) => ({ about: name }),
      async handle({ name }) {
        const used = (await uses()).get(name) ?? [];
        if (used.length > 0) {
          const by = used.map((use) => `${use.type} "${use.name}"`).join(', ');
          throw new ApiRefusal(409, 'in_use', `It is used by ${by}.`);
        }
        if (!(await segments.remove(name))) await open(name);
        return { done: true };
      },
    }),
  ];
}

/** The segment that was read; refused, with every fault of it, when it is not sound. */
function sound(reading: SegmentReading): Segment {
  if (reading.type === 'read') return reading.segment;
  throw new ApiRefusal(422, 'faulty', 'This segment cannot be used.', { fields: reading.faults });
}

function tellRow(kept: KeptSegment, uses: SegmentUses, terms: Terms): SegmentRow {
  const { name, title, author, at } = kept;
  return {
    name,
    title,
    author,
    at: at.toISOString(),
    rules: countRules(kept),
    uses: uses.get(name) ?? [],
    isFaulty: recheck(kept, terms).type === 'faulty',
  };
}

function countRules({ rules }: Pick<Segment, 'rules'>): number {
  return rules.reduce((sum, rule) => sum + ('rules' in rule ? countRules(rule) : 1), 0);
}

function tellFields(terms: Terms): SegmentFieldRow[] {
  return Object.entries(segmentFields(terms)).map(([name, field]) => {
    const values = 'values' in field ? field.values : undefined;
    return {
      name,
      type: field.type,
      operators: operatorsOf(field),
      ...(values === undefined ? {} : { values }),
    };
  });
}

async function findTags({ supporters }: SegmentRouteOptions): Promise<string[]> {
  const rows = await supporters.table.aggregate<{ _id: string; people: number }>([
    { $match: { tags: { $gt: '' } } },
    { $limit: TAGGED },
    { $project: { tags: 1 } },
    { $unwind: '$tags' },
    { $group: { _id: '$tags', people: { $sum: 1 } } },
    { $sort: { people: -1, _id: 1 } },
    { $limit: MOST_TAGS },
  ]);
  return rows.map(({ _id }) => _id);
}

function tellPerson(record: SupporterRecord, isNamed: boolean): SampleRow {
  const { _id: id, first_name: first, last_name: last, language, created_at: since } = record;
  const name = [first, last].filter((part) => part !== undefined && part !== '').join(' ');
  const place = record.commune ?? record.postal_code;
  return {
    id,
    ...(isNamed ? { name } : {}),
    language,
    ...(place === undefined ? {} : { place }),
    since: since.toISOString(),
  };
}
