import type { Limits } from '../channels/channel.js';
import type { Effect } from '../engine/effect.js';
import type { OutboxMessage } from '../supporters/outbox-item.js';

type Say = Extract<Effect, { readonly type: 'say' }>;
type Text = Extract<OutboxMessage, { readonly type: 'text' }>;

/**
 * Makes messages of what a turn says: one for each, or as few as fit where the channel wants one
 * message a turn. A text over the channel's limit is cut at a paragraph, a line or a word. The question
 * stays with the last of them.
 */
export function compose(says: readonly Say[], limits: Limits, language: string): Text[] {
  const texts = says.map(({ text, question }): Text => ({
    type: 'text',
    text,
    language,
    ...(question === undefined ? {} : { question }),
  }));
  const joined = limits.oneMessageATurn ? join(texts, limits.text) : texts;
  return joined.flatMap((message) => cut(message, limits.text));
}

/** Joins neighbours, paragraphs apart, while they fit and no question stands between them. */
function join(messages: readonly Text[], most: number): Text[] {
  const joined: Text[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    const text = last === undefined ? '' : `${last.text}\n\n${message.text}`;
    if (last === undefined || last.question !== undefined || text.length > most) {
      joined.push(message);
    } else {
      joined[joined.length - 1] = { ...message, text };
    }
  }
  return joined;
}

function cut(message: Text, most: number): Text[] {
  const { question: _, ...plain } = message;
  const pieces: Text[] = [];
  let rest = message.text;
  while (rest.length > most) {
    const at = lastBreak(rest, most);
    pieces.push({ ...plain, text: rest.slice(0, at).trimEnd() });
    rest = rest.slice(at).trimStart();
  }
  return [...pieces, { ...message, text: rest }];
}

/** Where to cut `text` so that the first piece has at most `most` characters: the best break there is. */
function lastBreak(text: string, most: number): number {
  for (const separator of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(separator, most);
    if (at > most / 2) return at;
  }
  // Never between the two halves of a character outside the basic plane.
  const code = text.charCodeAt(most - 1);
  return code >= 0xd800 && code <= 0xdbff ? most - 1 : most;
}
