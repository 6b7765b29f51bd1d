import { z } from 'zod';
import { SKIP, type Json, type Message, type Question } from '../channel.js';
import type { StoredActivity } from './activity-log.js';
import type { Account, CardAction, OpenQuestion, TypingActivity } from './protocol.js';

/** Where a message of ours goes, and who says it. */
export type Sender = { readonly conversation: string; readonly bot: Omit<Account, 'role'> };

type Words = Extract<Message, { type: 'text' }>;

/** Writes a message of ours as clients show it. */
export function writeActivity(message: Words, { conversation, bot }: Sender): StoredActivity {
  const actions = message.question === undefined ? [] : buttonsOf(message.question);
  return {
    type: 'message',
    id: `${conversation}|${message.id}`,
    timestamp: new Date(message.at).toISOString(),
    channelId: 'directline',
    conversation: { id: conversation },
    from: { ...bot, role: 'bot' },
    locale: message.language,
    text: message.text,
    textFormat: textFormat(message.text),
    inputHint: message.question === undefined ? 'acceptingInput' : 'expectingInput',
    ...(actions.length > 0 && { suggestedActions: { to: [], actions } }),
    ...(message.question && { channelData: { portevoix: openQuestion(message.question) } }),
  };
}

/** Writes that an answer is being prepared. */
export function writeTyping(id: string, at: number, { conversation, bot }: Sender): TypingActivity {
  return {
    type: 'typing',
    id: `${conversation}|${id}`,
    timestamp: new Date(at).toISOString(),
    channelId: 'directline',
    conversation: { id: conversation },
    from: { ...bot, role: 'bot' },
  };
}

// Only what identifies an echo is checked: we wrote it ourselves, and it has been a Json since.
const echoed = z.looseObject({
  type: z.literal('message'),
  id: z.string(),
  timestamp: z.string(),
  channelId: z.literal('directline'),
  conversation: z.object({ id: z.string() }),
  from: z.object({ id: z.string(), role: z.literal('user') }),
});

/** The supporter's message that `readActivity` put by; undefined when it is not of this conversation. */
export function writeEcho(echo: Json, conversation: string): StoredActivity | undefined {
  const { data } = echoed.safeParse(echo);
  return data?.conversation.id === conversation ? data : undefined;
}

function buttonsOf({ turn, options, skip }: Question): readonly CardAction[] {
  const all = skip === undefined ? options : [...options, { value: SKIP, label: skip }];
  return all.map(({ value, label }) => ({
    type: 'messageBack',
    title: label,
    text: label,
    displayText: label,
    value: `choose:${turn}:${value}`,
  }));
}

function openQuestion({ turn, answer, options, multiple, skip }: Question): OpenQuestion {
  return {
    turn,
    answer,
    options,
    ...(multiple && { multiple }),
    ...(skip !== undefined && { skip }),
  };
}

const LINK = /https?:\/\/[^\s<>*`[\]~\\]+/g;
/** What Markdown would not leave as it is: marks, entities, and lines that begin a list, a title, a rule. */
const MARKED = /[*_`~[\]<>\\|^]|&#?\w+;|^\s{0,3}(?:#|\d+[.)]\s|[-+=]|\s{4}|\t)/m;

/**
 * Words are plain text. Microsoft's client makes a link of an address only in Markdown, so a text
 * with a link is called that, when Markdown leaves all the rest of it alone.
 */
function textFormat(text: string): 'plain' | 'markdown' {
  const rest = text.replace(LINK, '');
  return rest !== text && !MARKED.test(rest) ? 'markdown' : 'plain';
}
