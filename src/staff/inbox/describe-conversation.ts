import { staffWords } from '../../conversation/staff-words.js';
import { commonPhrase } from '../../engine/common-phrase.js';
import type { Library } from '../../engine/flow.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Members } from '../accounts/members.js';
import type { ConversationView, NoteRow } from '../api.js';
import type { Assignments } from './assignments.js';
import { tellConversations, type TellOptions } from './list-conversations.js';
import type { NoteRecord, Notes } from './notes.js';

export type DescribeOptions = TellOptions & {
  readonly members: Members;
  readonly notes: Notes;
  readonly assignments: Assignments;
  library(): Library;
  lastHeard(channel: string, address: string): Promise<number | undefined>;
};

/** Where ready answers are in the shared words. */
const READY = 'replies.';
/** WhatsApp takes words of our own for a day after somebody wrote (Meta: customer service window). */
const WINDOW_MS = 86_400_000;

/** What staff need beside the words of a conversation. */
export async function describeConversation(
  options: DescribeOptions,
  record: SupporterRecord,
  now: number,
): Promise<ConversationView> {
  const { common, campaign } = options.library();
  const [rows, notes, window] = await Promise.all([
    tellConversations(options, [record]),
    options.notes.of(record),
    windowOf(options, record, now),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error('A conversation that was there is told.');
  const languages = [record.language, ...campaign.languages];
  const names = [...(common.get(campaign.languages[0] ?? '')?.keys() ?? [])]
    .filter((key) => key.startsWith(READY))
    .map((key) => key.slice(READY.length));
  const free = staffWords({ common, campaign }, record, { type: 'free', text: '' }, now);
  return {
    ...row,
    ...window,
    replies: names.flatMap((name) => {
      const phrase = commonPhrase(common, languages, `${READY}${name}`);
      return phrase === undefined
        ? []
        : [{ name, text: phrase.render({ campaign: campaign.name }) }];
    }),
    ...(free.type === 'withheld' ? { silence: free.refusal.reason } : {}),
    notes: notes.map(tellNote),
  };
}

/** Until when the network lets us answer in words of our own. */
async function windowOf(
  { lastHeard }: DescribeOptions,
  { last: { channel, address } }: SupporterRecord,
  now: number,
): Promise<{ readonly answerBy?: string; readonly isClosed: boolean }> {
  if (channel !== 'whatsapp') return { isClosed: false };
  const heard = await lastHeard(channel, address);
  if (heard === undefined) return { isClosed: true };
  const until = heard + WINDOW_MS;
  return { answerBy: new Date(until).toISOString(), isClosed: until <= now };
}

export function tellNote({ _id, at, by, by_name: name, text }: NoteRecord): NoteRow {
  return { id: _id, at: at.toISOString(), by: { id: by, name }, text };
}
