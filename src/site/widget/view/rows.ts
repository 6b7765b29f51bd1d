import type { ChatState, Entry, Outgoing } from '../client/state.js';

/** One line of the transcript, as it is drawn. */
export type Row =
  | { readonly type: 'restart'; readonly key: string }
  | {
      readonly type: 'message';
      readonly key: string;
      readonly by: 'bot' | 'supporter';
      readonly name?: string;
      readonly text: string;
      readonly locale?: string;
      readonly at: number;
      /** Absent once the server has it. */
      readonly sending?: Outgoing['state'];
      /** Its place among neighbours of the same speaker. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

type Speech = Exclude<Entry, { type: 'restart' }> | (Outgoing & { type: 'outgoing' });

/** Lays out the transcript: what the server has, then what is on its way to it. */
export function layRows({ entries, outgoing }: ChatState): Row[] {
  const all = [
    ...entries,
    ...outgoing.map((message) => ({ ...message, type: 'outgoing' as const })),
  ];
  return all.map((entry, index) => {
    if (entry.type === 'restart') return entry;
    const row = {
      type: 'message' as const,
      key: entry.key,
      by: speaker(entry),
      text: entry.text,
      at: entry.at,
      isFirst: !isSame(entry, all[index - 1]),
      isLast: !isSame(entry, all[index + 1]),
    };
    if (entry.type === 'outgoing') return { ...row, sending: entry.state };
    const { name, locale } = entry;
    return {
      ...row,
      ...(name === undefined ? {} : { name }),
      ...(locale === undefined ? {} : { locale }),
    };
  });
}

function speaker(entry: Speech): 'bot' | 'supporter' {
  return entry.type === 'outgoing' ? 'supporter' : entry.by;
}

function isSame(one: Speech, other: Entry | Speech | undefined): boolean {
  if (other === undefined || other.type === 'restart') return false;
  return speaker(one) === speaker(other) && nameOf(one) === nameOf(other);
}

function nameOf(entry: Speech): string | undefined {
  return entry.type === 'outgoing' ? undefined : entry.name;
}
