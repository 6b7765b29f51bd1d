import { createHash } from 'node:crypto';
import type { Inbound, SentFile } from '../channel.js';
import type { Attachment, ChannelData, Choice } from './protocol.js';
import type { StoredActivity } from './activity-log.js';
import { primaryLanguage } from './locale.js';
import { checkPosted, choiceIn, type Posted } from './posted.js';
import { Refusal } from './refusal.js';

const BUTTON = /^choose:(\d{1,9}):(.{1,200})$/s;
/** A file of an upload, by what its bytes are. */
export type UploadedFile = { readonly contentType: string; readonly name?: string };

/** What a file of a message is called, `index` counting from 0. */
export function fileIdOf(conversation: string, message: string, index: number): string {
  return `${conversation}|${message}.${index}`;
}

/** Characters of `channelData` that are kept; past that only what clients match by is. */
const KEPT_DATA = 4000;

/**
 * Reads a posted activity, with the files that came with it. `at` is in epoch milliseconds; `spare` names the message when the client
 * gave it no `clientActivityID`. Undefined: accepted, but nothing a supporter said.
 * Throws a `Refusal` when it is malformed, too long or empty.
 */
export function readActivity(
  payload: unknown,
  conversation: string,
  user: string,
  at: number,
  spare: string,
  uploaded: readonly UploadedFile[] = [],
): Inbound | undefined {
  const posted = checkPosted(payload);
  if (posted.type !== 'message') return undefined;
  const id = `u-${nameOf(posted) ?? spare}`;
  const locale = primaryLanguage(posted.locale);
  const files = uploaded.map(({ contentType, name }, index) => ({
    media: mediaOf(contentType),
    id: fileIdOf(conversation, id, index),
    ...(name !== undefined && { name }),
  }));
  return {
    channel: 'web',
    address: conversation,
    id,
    at,
    ...(locale !== undefined && { locale }),
    input: readInput(posted, files),
    echo: echoOf(posted, `${conversation}|${id}`, conversation, user, at),
  };
}

function nameOf({ channelData }: Posted): string | undefined {
  const given = channelData?.clientActivityID;
  // A client's id may be long or odd; its digest is neither, and as unique.
  return given ? createHash('sha256').update(given).digest('base64url') : undefined;
}

function readInput(
  { text, value, attachments }: Posted,
  files: readonly SentFile[],
): Inbound['input'] {
  const [only, ...also] = files;
  if (only !== undefined) {
    if (text && text.trim() !== '') return { type: 'said', text, files };
    return { type: 'sent', ...only, ...(also.length > 0 && { also }) };
  }
  const choice = choiceIn(value) ?? readButton(value) ?? readButton(text);
  if (choice !== undefined) return { type: 'chose', ...choice };
  if (text && text.trim() !== '') return { type: 'said', text };
  const [first] = attachments ?? [];
  if (first !== undefined) return { type: 'sent', media: mediaOf(first.contentType) };
  throw new Refusal('BadArgument', 'The message has no text, no choice and no attachment.');
}

function readButton(value: unknown): Choice | undefined {
  if (typeof value !== 'string') return undefined;
  const [, turn, chosen] = BUTTON.exec(value) ?? [];
  return turn === undefined || chosen === undefined
    ? undefined
    : { turn: Number(turn), values: [chosen] };
}

function mediaOf(contentType: string): 'photo' | 'voice' | 'video' | 'file' {
  if (/^image\//i.test(contentType)) return 'photo';
  if (/^audio\//i.test(contentType)) return 'voice';
  return /^video\//i.test(contentType) ? 'video' : 'file';
}

/** The message as every client of the conversation sees it; the sender is the token's. */
function echoOf(
  posted: Posted,
  id: string,
  conversation: string,
  user: string,
  at: number,
): StoredActivity {
  const value = choiceIn(posted.value) ?? (readButton(posted.value) && String(posted.value));
  const attachments = posted.attachments?.map(({ contentType, name }): Attachment => ({
    contentType,
    ...(name && { name }),
  }));
  return {
    type: 'message',
    id,
    timestamp: new Date(at).toISOString(),
    channelId: 'directline',
    conversation: { id: conversation },
    from: { id: user, role: 'user' },
    ...(posted.locale && { locale: posted.locale }),
    ...(posted.text && { text: posted.text, textFormat: 'plain' }),
    ...(value !== undefined && { value }),
    ...(attachments?.length && { attachments }),
    ...(posted.channelData && { channelData: keptData(posted.channelData) }),
  };
}

function keptData(data: NonNullable<Posted['channelData']>): ChannelData {
  const { clientActivityID, messageBack, portevoix: _ours, ...rest } = data;
  const displayText = messageBack?.displayText;
  const small = JSON.stringify(rest).length <= KEPT_DATA;
  return {
    ...(small && rest),
    ...(clientActivityID && { clientActivityID }),
    ...(displayText && { messageBack: { displayText } }),
  };
}
