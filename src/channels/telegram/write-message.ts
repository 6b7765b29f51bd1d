import type { Message, Question } from '../channel.js';
import { drawKeyboard, type InlineRows } from './buttons.js';

type Words = Extract<Message, { readonly type: 'text' }>;
type ReplyButton = {
  readonly text: string;
  readonly request_contact?: true;
  readonly request_location?: true;
};

/** What is sent with `sendMessage`, beside the chat. */
export type Written = {
  readonly text: string;
  readonly link_preview_options: { readonly is_disabled: true };
  readonly reply_markup?:
    | { readonly inline_keyboard: InlineRows }
    | {
        readonly keyboard: ReplyButton[][];
        readonly one_time_keyboard: true;
        readonly resize_keyboard: true;
      }
    | { readonly remove_keyboard: true };
};

/** Words of the program on buttons, in the language of a message. */
export type ButtonWords = {
  readonly done: string;
  readonly shareContact: string;
  readonly shareLocation: string;
};

/**
 * Writes a message as Telegram shows it: plain text, so that nothing needs escaping, with its choices as
 * buttons. `replaces`: a keyboard to share a contact or a place is still shown, and goes.
 * Links are not previewed: Telegram would fetch them, and some are for one person only.
 */
export function writeMessage(
  { text, question }: Words,
  words: ButtonWords,
  replaces: boolean,
): Written {
  const markup = question === undefined ? undefined : markupOf(question, words);
  const leaving = replaces ? ({ remove_keyboard: true } as const) : undefined;
  const shown = markup ?? leaving;
  return {
    text,
    link_preview_options: { is_disabled: true },
    ...(shown === undefined ? {} : { reply_markup: shown }),
  };
}

function markupOf(question: Question, words: ButtonWords): Written['reply_markup'] {
  const sharing = sharingButton(question, words);
  if (sharing !== undefined) {
    const { skip } = question;
    // The word to skip comes back as text, which the question reads.
    const keyboard = [[sharing], ...(skip === undefined ? [] : [[{ text: skip }]])];
    return { keyboard, one_time_keyboard: true, resize_keyboard: true };
  }
  const rows = drawKeyboard({ question, chosen: [] }, words.done);
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

function sharingButton(
  { answer }: Question,
  { shareContact, shareLocation }: ButtonWords,
): ReplyButton | undefined {
  if (answer === 'contact' || answer === 'phone') {
    return { text: shareContact, request_contact: true };
  }
  return answer === 'location' ? { text: shareLocation, request_location: true } : undefined;
}

/** Whether a message shows a keyboard below the chat, which stays until another message removes it. */
export function showsReplyKeyboard({ reply_markup }: Written): boolean {
  return reply_markup !== undefined && 'keyboard' in reply_markup;
}
