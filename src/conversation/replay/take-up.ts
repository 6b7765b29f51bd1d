import type { JournalRow } from '../../supporters/journal.js';
import { TEXT_FIELDS, type TextField } from '../../supporters/profile.js';
import { newSupporter, type SupporterRecord } from '../../supporters/record.js';

/** What the journal has of one supporter, in order, and the supporter as they are now. */
export type Recording = {
  readonly supporter: SupporterRecord;
  readonly rows: readonly JournalRow[];
};

/** Where a recording is taken up, and as whom; `isWhole` when that is where it all began. */
export type Beginning = {
  readonly from: number;
  readonly record: SupporterRecord;
  readonly isWhole: boolean;
};

/**
 * Finds where a recording can be taken up: at the first contact, or where its beginning is no longer kept
 * (or was elsewhere, as for who was imported), at the first turn that finds nothing open. Then what is
 * known of the supporter is what is known now, less what those turns taught. Undefined when there is no
 * such turn.
 */
export function takeUp({ supporter, rows }: Recording): Beginning | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  // Somebody who was erased and came back counts turns on from where they were.
  if (first.at.getTime() === supporter.created_at.getTime()) {
    const { channel, address, at } = first;
    const language = spokenIn(rows) ?? supporter.language;
    const record = newSupporter(supporter._id, language, { channel, address }, at);
    return { from: 0, record, isWhole: true };
  }
  const from = first.turn === 1 ? 0 : rows.findIndex((_, index) => isEnd(rows[index - 1]));
  return from < 0
    ? undefined
    : { from, record: before(supporter, rows.slice(from)), isWhole: false };
}

/** Whether nothing is open after a turn. */
function isEnd(row: JournalRow | undefined): boolean {
  if (row === undefined || row.staff !== undefined) return false;
  const says = row.effects.filter((effect) => effect.type === 'say');
  const isAwaiting = row.effects.some((effect) => effect.type === 'act' && effect.awaited);
  return says.length > 0 && !isAwaiting && says.every(({ question }) => question === undefined);
}

/** The language at the beginning; entries of 0.1.0 tell it only with a consent. */
function spokenIn([first, ...rest]: readonly JournalRow[]): string | undefined {
  if (first?.language !== undefined) return first.language;
  const asked = [first, ...rest].flatMap((row) => row?.effects ?? []);
  const consent = asked.find((effect) => effect.type === 'record_consent');
  return consent?.type === 'record_consent' ? consent.language : undefined;
}

/** The supporter as far as known before some turns. */
function before(supporter: SupporterRecord, rows: readonly JournalRow[]): SupporterRecord {
  const effects = rows.flatMap((row) => row.effects);
  const taught = new Set(
    effects.flatMap((effect) => (effect.type === 'remember' ? [effect.field] : [])),
  );
  const tagged = new Set(
    effects.flatMap((effect) =>
      effect.type === 'act' && effect.action === 'supporter.tag' ? [effect.with['tag']] : [],
    ),
  );
  const [first] = rows;
  const begun = first?.at ?? supporter.created_at;
  const language = spokenIn(rows) ?? supporter.language;
  const untaught = (room: 'preferences' | 'fields') =>
    Object.fromEntries(
      Object.entries(supporter[room]).filter(([name]) => !taught.has(`${room}.${name}`)),
    );
  const texts: { -readonly [Field in TextField]?: string } = {};
  for (const field of TEXT_FIELDS) {
    const text = supporter[field];
    if (text !== undefined && !taught.has(field)) texts[field] = text;
  }
  const { support_level } = supporter;
  return {
    ...newSupporter(supporter._id, language, supporter.last, supporter.created_at),
    ...texts,
    ...(support_level === undefined || taught.has('support_level') ? {} : { support_level }),
    preferences: untaught('preferences'),
    fields: untaught('fields'),
    tags: supporter.tags.filter((tag) => !tagged.has(tag)),
    consents: supporter.consents.filter(({ at }) => at < begun),
    session: { turn: first?.turn === 1 ? 0 : 1, frames: [] },
  };
}
