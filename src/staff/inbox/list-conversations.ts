import type { Query } from '../../store/table.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { Journal, JournalRow } from '../../supporters/journal.js';
import { linesOf, type Line } from '../../supporters/lines.js';
import { readAsAddress, readSearch, wordBeginning } from '../../supporters/search-words.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { Members } from '../accounts/members.js';
import type { ConversationRow, InboxView, Page } from '../api.js';
import { nameOf, ROW_FIELDS, uniqueRows, writeValue } from '../people/tell-supporter.js';
import type { Assignments } from './assignments.js';

export type TellOptions = {
  readonly people: { readonly supporters: Supporters; readonly journal: Pick<Journal, 'table'> };
  readonly members: Members;
  readonly assignments: Assignments;
};

export type InboxQuery = {
  readonly view: InboxView;
  readonly q?: string;
  readonly channel?: string;
  readonly before?: string;
  /** Whose own conversations are meant. */
  readonly member: string;
};

const AT_ONCE = 25;
const MOST_OWN = 200;
const PREVIEW_SIGNS = 140;
const FIELDS = [...ROW_FIELDS, 'merged_from', 'handoff'] as const;

type RowRecord = Pick<SupporterRecord, (typeof FIELDS)[number] | '_id'>;

/** A page of the inbox. */
export async function listConversations(
  options: TellOptions,
  query: InboxQuery,
): Promise<Page<ConversationRow>> {
  const { rows, next } = await find(options, query);
  const items = await tellConversations(options, rows);
  return next === undefined ? { items } : { items, next };
}

async function find(
  { people: { supporters }, assignments }: TellOptions,
  { view, q = '', channel, before, member }: InboxQuery,
): Promise<{ rows: readonly RowRecord[]; next?: string }> {
  const { table } = supporters;
  const only: Query[] = [{ erasing: { $exists: false } }];
  if (channel !== undefined) only.push({ 'last.channel': channel });
  const read = async (rules: readonly Query[], sort?: Query, most = AT_ONCE + 1) => {
    const rows: RowRecord[] = [];
    const by = sort === undefined ? {} : { sort };
    const found = table.streamFields({ $and: [...rules, ...only] }, FIELDS, { ...by, limit: most });
    for await (const row of found) rows.push(row);
    return rows;
  };
  if (q.trim() !== '') {
    const address = readAsAddress(q);
    const written =
      address === undefined ? [] : await read([wordBeginning(address)], undefined, AT_ONCE);
    const rules = readSearch(q).map(wordBeginning);
    const named = rules.length === 0 ? [] : await read(rules, undefined, AT_ONCE);
    return { rows: uniqueRows([...written, ...named]).slice(0, AT_ONCE) };
  }
  if (view === 'mine') {
    const ids = await assignments.ofMember(member, MOST_OWN);
    const rows = await read([{ _id: { $in: [...ids] } }], undefined, MOST_OWN);
    return { rows: rows.sort(byNews) };
  }
  const end = new Date(before ?? Number.NaN);
  const isFirst = Number.isNaN(end.getTime());
  if (view === 'waiting') {
    // Whoever waits longest first.
    const from = isFirst ? { $gt: new Date(0) } : { $gt: end };
    const rows = await read([{ 'handoff.at': from }], { 'handoff.at': 1 });
    return paged(rows, ({ handoff }) => handoff?.at);
  }
  const until = isFirst ? { $gt: new Date(0) } : { $lt: end };
  const rows = await read([{ heard_at: until }], { heard_at: -1 });
  return paged(rows, ({ heard_at: at }) => at);
}

function paged(
  rows: readonly RowRecord[],
  at: (row: RowRecord) => Date | undefined,
): { rows: readonly RowRecord[]; next?: string } {
  const shown = rows.slice(0, AT_ONCE);
  const last = shown.at(-1);
  const next = rows.length > AT_ONCE && last !== undefined ? at(last) : undefined;
  return next === undefined ? { rows: shown } : { rows: shown, next: next.toISOString() };
}

function byNews(one: RowRecord, other: RowRecord): number {
  return (other.heard_at?.getTime() ?? 0) - (one.heard_at?.getTime() ?? 0);
}

/** Conversations with the last thing said in each, and who looks after them. */
export async function tellConversations(
  { people: { journal }, members, assignments }: TellOptions,
  records: readonly RowRecord[],
): Promise<ConversationRow[]> {
  const assigned = await assignments.of(records);
  const ids = [...new Set(assigned.values())];
  const named = ids.length === 0 ? [] : await members.table.find({ _id: { $in: ids } });
  const names = new Map(named.map(({ _id, name }) => [_id, name]));
  return Promise.all(
    records.map(async (record) => {
      const last = await lastLine(journal, record);
      const member = assigned.get(record._id);
      const name = member === undefined ? undefined : names.get(member);
      return {
        ...tellConversation(record, last),
        ...(member === undefined || name === undefined ? {} : { assigned: { id: member, name } }),
      };
    }),
  );
}

function tellConversation(record: RowRecord, last: Line | undefined): ConversationRow {
  const { handoff, last: reach, heard_at: heard } = record;
  const at = heard ?? handoff?.at ?? record.created_at;
  return {
    id: record._id,
    name: nameOf(record),
    channel: reach.channel,
    language: record.language,
    at: at.toISOString(),
    ...(last === undefined ? {} : { last: { by: last.by, text: previewOf(last) } }),
    ...(handoff === undefined
      ? {}
      : {
          handoff: {
            since: handoff.at.toISOString(),
            until: handoff.until.toISOString(),
            ...(handoff.reason === undefined ? {} : { reason: handoff.reason }),
          },
        }),
    isWaiting: handoff !== undefined && last?.by !== 'team',
  };
}

/** The last thing either side said; the turns of a timer say nothing, so some are looked at. */
async function lastLine(
  { table }: Pick<Journal, 'table'>,
  record: Pick<SupporterRecord, '_id' | 'merged_from'>,
): Promise<Line | undefined> {
  const rows: JournalRow[] = await table.find(
    { supporter: identitiesOf(record)[0] },
    { sort: { turn: -1 }, limit: 3 },
  );
  for (const row of rows) {
    const line = linesOf(row).at(-1);
    if (line !== undefined) return line;
  }
  return undefined;
}

function previewOf({ what }: Line): string {
  if (typeof what !== 'object' || what === null || Array.isArray(what)) return '';
  const said = 'said' in what ? what['said'] : undefined;
  const text = typeof said === 'string' ? said : Object.values(what).map(writeValue).join(', ');
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > PREVIEW_SIGNS ? `${line.slice(0, PREVIEW_SIGNS - 1)}…` : line;
}
