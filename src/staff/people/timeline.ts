import type { Event } from '../../engine/event.js';
import type { Effect } from '../../engine/effect.js';
import type { Deliveries } from '../../outreach/messages/deliveries.js';
import type { FileRow, Files } from '../../supporters/files/files.js';
import { identitiesOf, type Identities } from '../../supporters/identities.js';
import type { Journal, JournalRow } from '../../supporters/journal.js';
import type { Page, TimelineItem } from '../api.js';
import type { Notes } from '../inbox/notes.js';
import { writeValue } from './tell-supporter.js';

export type TimelineOptions = {
  readonly journal: Pick<Journal, 'table'>;
  readonly files: Pick<Files, 'table'>;
  readonly notes: Notes;
  readonly deliveries: Pick<Deliveries, 'table'>;
  /** What a campaign message is called. */
  messageName(message: string): Promise<string>;
};

/** Reads somebody's history from the latest back, a page at a time; a page is oldest first. */
export async function readTimeline(
  options: TimelineOptions,
  supporter: Identities,
  before: string | undefined,
  limit: number,
): Promise<Page<TimelineItem>> {
  const end = before === undefined ? new Date(8.64e15) : new Date(before);
  const ids = identitiesOf(supporter);
  const turns = await latestTurns(options.journal, ids, end, limit + 1);
  const hasMore = turns.length > limit;
  const shown = turns.slice(0, limit);
  // What else happened in the time that this page is about.
  const since = hasMore ? (shown.at(-1)?.at ?? new Date(0)) : new Date(0);
  const files = await options.files.table.find({ entry: { $in: shown.map(({ _id }) => _id) } });
  const isHere = (at: Date): boolean => at >= since && at < end;
  const notes = (await options.notes.of(supporter)).filter(({ at }) => isHere(at));
  const deliveries = (
    await options.deliveries.table.find({ supporter: { $in: [...ids] } }, { limit: 500 })
  ).filter(({ at, state }) => isHere(at) && state !== 'planned');
  const items: TimelineItem[] = [
    ...shown.flatMap((row) => tellTurn(row, shown, files)),
    ...notes.map(({ _id, at, by_name: by, text }): TimelineItem => ({
      id: _id,
      at: at.toISOString(),
      type: 'note',
      by,
      text,
    })),
    ...(await Promise.all(
      deliveries.map(
        async ({ _id, at, message, state, channel, reason }): Promise<TimelineItem> => ({
          id: _id,
          at: at.toISOString(),
          channel,
          type: 'delivery',
          message: await options.messageName(message),
          state,
          ...(reason === undefined ? {} : { reason }),
        }),
      ),
    )),
  ];
  items.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return hasMore ? { items, next: since.toISOString() } : { items };
}

/** The latest turns before an instant, of the person and of profiles merged into theirs. */
async function latestTurns(
  { table }: Pick<Journal, 'table'>,
  ids: readonly string[],
  end: Date,
  limit: number,
): Promise<JournalRow[]> {
  const rows = await Promise.all(
    ids.map((supporter) =>
      table.find({ supporter, at: { $lt: end } }, { sort: { turn: -1 }, limit }),
    ),
  );
  return rows
    .flat()
    .sort((one, other) => other.at.getTime() - one.at.getTime() || other.turn - one.turn)
    .slice(0, limit);
}

/** What both sides said and what came of it in one turn. */
function tellTurn(
  row: JournalRow,
  around: readonly JournalRow[],
  files: readonly FileRow[],
): TimelineItem[] {
  const { _id, channel, staff } = row;
  const at = row.at.toISOString();
  const items: TimelineItem[] = [];
  const add = (item: WithoutPlace<TimelineItem>): void => {
    items.push({ id: `${_id}.${items.length}`, at, channel, ...item });
  };
  const heard = hear(row.event, around);
  const theirs = files.filter(({ entry }) => entry === _id);
  if (heard !== undefined) {
    add({
      type: 'message',
      by: 'supporter',
      ...heard,
      ...(theirs.length === 0 ? {} : { files: theirs.map(({ name, media }) => ({ name, media })) }),
    });
  }
  if (staff === 'given_back') add({ type: 'handoff', what: 'given_back' });
  for (const effect of row.effects) {
    const told = tellEffect(effect, staff === 'replied');
    if (told !== undefined) add(told);
  }
  return items;
}

type WithoutPlace<T> = T extends TimelineItem ? Omit<T, 'id' | 'at' | 'channel'> : never;

function tellEffect(effect: Effect, isTeam: boolean): WithoutPlace<TimelineItem> | undefined {
  switch (effect.type) {
    case 'say': {
      const labels = effect.question?.options.map(({ label }) => label) ?? [];
      return {
        type: 'message',
        by: isTeam ? 'team' : 'assistant',
        text: effect.text,
        ...(labels.length === 0 ? {} : { options: labels }),
      };
    }
    case 'remember':
      return { type: 'remembered', field: effect.field, value: writeValue(effect.value) };
    case 'record_consent':
      return { type: 'consent', purpose: effect.purpose, given: effect.given };
    case 'act':
      if (effect.action === 'staff.handoff') return { type: 'handoff', what: 'asked' };
      if (effect.action === 'consent.withdraw') {
        return { type: 'consent', purpose: 'all', given: false };
      }
      return undefined;
    case 'alert':
      return undefined;
    default:
      return effect satisfies never;
  }
}

/** What the supporter did, in their words; undefined for what no person did. */
function hear(
  event: Event,
  around: readonly JournalRow[],
): { readonly text: string; readonly isChoice?: true } | undefined {
  switch (event.type) {
    case 'said':
      return { text: event.text };
    case 'chose':
      return { text: labelsOf(event.turn, event.values, around), isChoice: true };
    case 'sent':
      return { text: '' };
    case 'shared':
      return 'contact' in event
        ? { text: event.contact.phone, isChoice: true }
        : { text: `${event.location.lat}, ${event.location.lon}`, isChoice: true };
    case 'opened':
    case 'edited':
    case 'returned':
    case 'started':
    case 'elapsed':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** What stood on the buttons that were pressed, where the question is on the same page. */
function labelsOf(turn: number, values: readonly string[], around: readonly JournalRow[]): string {
  const options = around
    .flatMap(({ effects }) => effects)
    .flatMap((effect) =>
      effect.type === 'say' && effect.question?.turn === turn ? effect.question.options : [],
    );
  const label = (value: string): string =>
    options.find((option) => option.value === value)?.label ?? value;
  return values.map(label).join(', ');
}
