import { z } from 'zod';
import type { RecordWriter } from '../../conversation/record-writer.js';
import type { Campaign } from '../../engine/campaign.js';
import type { Segments } from '../../outreach/segments/segments.js';
import { compileSegment, matchesSegment } from '../../outreach/segments/compile-segment.js';
import { recheck } from '../../outreach/segments/segments.js';
import type { Query } from '../../store/table.js';
import { boundConsents } from '../../supporters/bounds.js';
import { findCurrent } from '../../supporters/find-current.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { People } from '../../supporters/open-people.js';
import { allConsents } from '../../supporters/privacy/all-consents.js';
import type { EraseSupporter } from '../../supporters/privacy/erase-supporter.js';
import { exportPerson } from '../../supporters/privacy/export-person.js';
import type { PersonalData } from '../../supporters/privacy/personal-data.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { BY_STAFF, withdrawConsents } from '../../supporters/withdraw-consents.js';
import type { SupporterView } from '../api.js';
import { editSupporter, type EditFault } from '../people/edit-supporter.js';
import { listSupporters } from '../people/list-supporters.js';
import { tellSupporter } from '../people/tell-supporter.js';
import { readTimeline, type TimelineOptions } from '../people/timeline.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { DONE, id, limit, NOTHING } from './inputs.js';
import {
  consentRow,
  pageOf,
  supporterRow,
  supporterView,
  timelineItem,
} from './supporter-shapes.js';

export type SupporterOptions = TimelineOptions & {
  readonly people: People;
  readonly others: readonly PersonalData[];
  readonly segments: Pick<Segments, 'list' | 'get'>;
  campaign(): Campaign;
  write: RecordWriter['write'];
  readonly erase: EraseSupporter;
  /** Tags that supporters have, in the order of the alphabet. */
  tags(most: number): Promise<readonly string[]>;
  /** Told of whoever was changed. */
  changed(supporter: string): void;
  now(): number;
};

/** The word that has to be typed, in either language. */
const ERASE_WORDS = ['EFFACER', 'ERASE'];
const USUAL = 50;
const LINES = 40;
const MOST_TAGS = 200;

/** Routes about supporters: find, look, correct, and what the law lets them ask for. */
export function supporterRoutes(options: SupporterOptions): Route[] {
  const { people, segments, campaign, now } = options;
  const { supporters, addresses, merges, journal } = people;

  async function find(wanted: string): Promise<SupporterRecord> {
    const record = await findCurrent(wanted, supporters.table);
    if (record === undefined || record.erasing !== undefined) {
      throw new ApiRefusal(404, 'not_found', 'There is no such supporter (any more).');
    }
    return record;
  }

  async function look(record: SupporterRecord): Promise<SupporterView> {
    const terms = campaign();
    const kept = (await segments.list()).map((one) => recheck(one, terms));
    const [rows, merged] = await Promise.all([
      addresses.ofSupporter(record._id),
      merges.of(identitiesOf(record)),
    ]);
    const at = new Date(now());
    const within = kept.flatMap((reading) =>
      reading.type === 'read' && matchesSegment(reading.segment, record, at, terms)
        ? [reading.segment.name]
        : [],
    );
    return tellSupporter(record, { addresses: rows, merges: merged, segments: within });
  }

  async function filterOf(tag?: string, segment?: string): Promise<Query | undefined> {
    const rules: Query[] =
      tag === undefined ? [] : [{ tags: tag }, { erasing: { $exists: false } }];
    if (segment !== undefined) {
      const kept = await segments.get(segment);
      const reading = kept === undefined ? undefined : recheck(kept, campaign());
      if (reading?.type !== 'read') {
        throw new ApiRefusal(404, 'not_found', 'There is no such segment.');
      }
      rules.push(compileSegment(reading.segment, new Date(now()), campaign()));
    }
    return rules.length === 0 ? undefined : { $and: rules };
  }

  async function change(
    wanted: string,
    make: (record: SupporterRecord) => SupporterRecord,
  ): Promise<SupporterView> {
    const { _id } = await find(wanted);
    await options.write(_id, undefined, (record) => ({ record: make(record), answer: true }));
    options.changed(_id);
    return look(await find(_id));
  }

  const about = (input: { readonly id: string }) => ({ supporter: input.id });

  return [
    defineRoute<'GET /supporters'>({
      type: 'json',
      key: 'GET /supporters',
      name: 'listSupporters',
      summary: 'Supporters, the newest first; or those found by name, e-mail or phone.',
      access: 'supporters.read',
      input: z.strictObject({
        q: z.string().max(200).exactOptional(),
        tag: z.string().max(100).exactOptional(),
        segment: z.string().max(100).exactOptional(),
        before: z.string().max(200).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(supporterRow),
      audit: () => ({}),
      async handle({ q, tag, segment, before, limit: most = USUAL }) {
        const filter = await filterOf(tag, segment);
        return listSupporters(supporters, {
          ...(q === undefined ? {} : { q }),
          ...(filter === undefined ? {} : { filter }),
          ...(before === undefined ? {} : { before }),
          limit: most,
        });
      },
    }),
    defineRoute<'GET /supporters/filters'>({
      type: 'json',
      key: 'GET /supporters/filters',
      name: 'listSupporterFilters',
      summary: 'The tags and segments by which supporters can be listed.',
      access: 'supporters.read',
      input: NOTHING,
      output: z.object({
        tags: z.array(z.string()),
        segments: z.array(z.object({ name: z.string(), title: z.string() })),
      }),
      audit: 'nothing',
      async handle() {
        const kept = await segments.list();
        return {
          tags: await options.tags(MOST_TAGS),
          segments: kept.map(({ name, title }) => ({ name, title: title ?? name })),
        };
      },
    }),
    defineRoute<'GET /supporters/:id'>({
      type: 'json',
      key: 'GET /supporters/:id',
      name: 'viewSupporter',
      summary: 'All that is known of one supporter.',
      access: 'supporters.read',
      input: z.strictObject({ id }),
      output: supporterView,
      audit: about,
      handle: async (input) => look(await find(input.id)),
    }),
    defineRoute<'GET /supporters/:id/timeline'>({
      type: 'json',
      key: 'GET /supporters/:id/timeline',
      name: 'readTimeline',
      summary: 'What was said and done, from the latest back; each part is oldest first.',
      access: 'supporters.read',
      input: z.strictObject({
        id,
        before: z.iso.datetime().exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: pageOf(timelineItem),
      audit: about,
      async handle({ id: wanted, before, limit: most = LINES }) {
        return readTimeline(options, await find(wanted), before, most);
      },
    }),
    defineRoute<'GET /supporters/:id/consents'>({
      type: 'json',
      key: 'GET /supporters/:id/consents',
      name: 'readConsents',
      summary: 'Every consent and refusal, with its wording, version, source and time.',
      access: 'supporters.read',
      input: z.strictObject({ id }),
      output: z.object({ items: z.array(consentRow) }),
      audit: about,
      async handle(input) {
        const items = await allConsents(await find(input.id), journal);
        return { items: items.toReversed() };
      },
    }),
    defineRoute<'PATCH /supporters/:id'>({
      type: 'json',
      key: 'PATCH /supporters/:id',
      name: 'editSupporter',
      summary: 'Corrects what is known; an empty text takes a value away.',
      access: 'supporters.write',
      input: z.strictObject({
        id,
        firstName: z.string().max(100).exactOptional(),
        lastName: z.string().max(100).exactOptional(),
        email: z.string().max(254).exactOptional(),
        phone: z.string().max(40).exactOptional(),
        postalCode: z.string().max(12).exactOptional(),
        language: z.string().max(12).exactOptional(),
        supportLevel: z.number().int().min(1).max(5).exactOptional(),
        tags: z.array(z.string().max(60)).max(100).exactOptional(),
      }),
      output: supporterView,
      audit: about,
      async handle({ id: wanted, ...edit }) {
        const record = await find(wanted);
        const faults = await options.write<readonly EditFault[]>(record._id, undefined, (found) => {
          const edited = editSupporter(found, edit, campaign());
          return 'faults' in edited
            ? { answer: edited.faults }
            : { record: edited.record, answer: [] };
        });
        if (faults !== undefined && faults.length > 0) {
          throw new ApiRefusal(400, 'invalid', 'Some of the input is not right.', {
            fields: faults,
          });
        }
        options.changed(record._id);
        return look(await find(record._id));
      },
    }),
    defineRoute<'POST /supporters/:id/withdraw'>({
      type: 'json',
      key: 'POST /supporters/:id/withdraw',
      name: 'withdrawConsents',
      summary: 'Withdraws every consent, for somebody who asked elsewhere than in the chat.',
      access: 'supporters.write',
      input: z.strictObject({ id }),
      output: supporterView,
      audit: about,
      handle: (input) =>
        change(input.id, (record) => {
          const proof = { wording: '', version: BY_STAFF, source: BY_STAFF };
          const changed = withdrawConsents(record, undefined, proof, new Date(now()));
          return { ...changed, consents: boundConsents(changed.consents) };
        }),
    }),
    defineRoute<'GET /supporters/:id/export'>({
      type: 'file',
      key: 'GET /supporters/:id/export',
      name: 'exportSupporter',
      summary: 'Everything known of one person, as one JSON file (GDPR art. 15 and 20).',
      access: 'supporters.export',
      input: z.strictObject({ id }),
      contentType: 'application/json',
      audit: about,
      async produce(input) {
        const record = await find(input.id);
        const pieces = exportPerson(record, { ...people, others: options.others }, new Date(now()));
        return { name: `supporter-${record._id.slice(0, 8)}.json`, pieces };
      },
    }),
    defineRoute<'POST /supporters/:id/erase'>({
      type: 'json',
      key: 'POST /supporters/:id/erase',
      name: 'eraseSupporter',
      summary: 'Erases everything known of one person, for good (GDPR art. 17).',
      access: 'supporters.erase',
      input: z.strictObject({ id, confirm: z.string().max(20) }),
      output: DONE,
      audit: about,
      async handle({ id: wanted, confirm }) {
        if (!ERASE_WORDS.includes(confirm.trim().toUpperCase())) {
          throw new ApiRefusal(422, 'not_confirmed', `Write ${ERASE_WORDS.join(' or ')} to go on.`);
        }
        const { _id } = await find(wanted);
        await options.erase(_id);
        options.changed(_id);
        return { done: true };
      },
    }),
  ];
}
