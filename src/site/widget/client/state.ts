import type {
  ActivitySet,
  CardAction,
  Choice,
  MessageActivity,
  OpenQuestion,
} from '../../../channels/webchat/protocol.js';

/** The conversation a token was given for. */
export type Conversation = {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  /** When to ask for a fresh token, in epoch milliseconds. */
  readonly renewAt: number;
  /** Takes another token when this one is no longer good. */
  readonly resumeToken?: string;
};

/** A message the server has, of either side. */
export type Bubble = {
  readonly type: 'bubble';
  /** Stays the same from the pending message to its echo. */
  readonly key: string;
  readonly id: string;
  readonly by: 'bot' | 'supporter';
  /** Who speaks for the campaign, when it is not the assistant. */
  readonly name?: string;
  readonly text: string;
  readonly locale?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly question?: OpenQuestion;
  readonly actions: readonly CardAction[];
};

/** Marks the place where the earlier conversation ended and a new one began. */
export type Restart = { readonly type: 'restart'; readonly key: string };
export type Entry = Bubble | Restart;

/** A message of the supporter that the server has not shown back yet. */
export type Outgoing = {
  /** Its `clientActivityID`: the same at every attempt. */
  readonly key: string;
  readonly text: string;
  readonly value?: string | Choice;
  readonly at: number;
  /** `waiting`: an attempt failed and another follows; `sent`: accepted, its echo is to come. */
  readonly state: 'queued' | 'waiting' | 'sent' | 'failed';
};

/** What survives a reload. */
export type ChatState = {
  readonly conversation?: Conversation;
  readonly watermark?: string;
  readonly entries: readonly Entry[];
  readonly outgoing: readonly Outgoing[];
};

export const EMPTY: ChatState = { entries: [], outgoing: [] };

/** Entries kept; older ones scroll away for good. */
const KEPT = 300;

/** Takes in what the server sent, each activity once; an echo replaces the pending message. */
export function ingest(state: ChatState, set: ActivitySet): ChatState {
  const known = new Set(state.entries.map((entry) => (entry.type === 'bubble' ? entry.id : '')));
  const entries = [...state.entries];
  let outgoing = state.outgoing;
  for (const activity of set.activities) {
    if (activity.type !== 'message' || known.has(activity.id)) continue;
    known.add(activity.id);
    const bubble = readBubble(activity, state.conversation?.userId);
    outgoing = outgoing.filter((message) => message.key !== bubble.key);
    if (bubble.text !== '' || bubble.actions.length > 0) entries.push(bubble);
  }
  const watermark = set.watermark ?? state.watermark;
  return {
    ...state,
    entries: entries.slice(-KEPT),
    outgoing,
    ...(watermark === undefined ? {} : { watermark }),
  };
}

function readBubble(activity: MessageActivity, userId: string | undefined): Bubble {
  const { from, channelData, locale } = activity;
  const mine = from.role === undefined ? from.id === userId : from.role === 'user';
  const attached = activity.attachments?.map((attachment) => attachment.name ?? '').join(', ');
  const shown = mine ? channelData?.messageBack?.displayText : undefined;
  const key = (mine ? channelData?.clientActivityID : undefined) ?? activity.id;
  const question = mine ? undefined : channelData?.portevoix;
  return {
    type: 'bubble',
    key,
    id: activity.id,
    by: mine ? 'supporter' : 'bot',
    text: shown ?? activity.text ?? attached ?? '',
    at: Date.parse(activity.timestamp),
    actions: mine ? [] : (activity.suggestedActions?.actions ?? []),
    ...(locale === undefined ? {} : { locale }),
    ...(question === undefined ? {} : { question }),
    ...(mine || from.name === undefined ? {} : { name: from.name }),
  };
}

/** Adds a message to be sent; it shows at once. */
export function queue(state: ChatState, message: Omit<Outgoing, 'state'>): ChatState {
  return { ...state, outgoing: [...state.outgoing, { ...message, state: 'queued' }] };
}

/** Notes how far a message has come; one whose echo was already seen is left alone. */
export function mark(state: ChatState, key: string, to: Outgoing['state']): ChatState {
  const outgoing = state.outgoing.map((message) =>
    message.key === key ? { ...message, state: to } : message,
  );
  return { ...state, outgoing };
}

/** The message to send next: they leave one at a time, in order. */
export function nextToSend(state: ChatState): Outgoing | undefined {
  return state.outgoing.find(({ state: at }) => at === 'queued' || at === 'waiting');
}

/**
 * Leaves a conversation the server no longer takes. What was said stays on view. What was not yet
 * accepted is kept as failed, without the button it answered: the new conversation has other ones.
 */
export function leave(state: ChatState, key: string): ChatState {
  const accepted = state.outgoing.filter((message) => message.state === 'sent');
  const entries: Entry[] = [
    ...state.entries,
    ...accepted.map(({ key: own, text, at }): Bubble => ({
      type: 'bubble',
      key: own,
      id: own,
      by: 'supporter',
      text,
      at,
      actions: [],
    })),
  ];
  const last = entries[entries.length - 1];
  if (last !== undefined && last.type !== 'restart') entries.push({ type: 'restart', key });
  const outgoing = state.outgoing
    .filter((message) => message.state !== 'sent')
    .map(({ key: own, text, at }): Outgoing => ({ key: own, text, at, state: 'failed' }));
  return { entries, outgoing };
}

/** The bot's message whose question still waits for an answer. */
export function openQuestion(state: ChatState): Bubble | undefined {
  if (state.outgoing.some((message) => message.state !== 'failed')) return undefined;
  for (const entry of [...state.entries].reverse()) {
    if (entry.type === 'restart' || entry.by === 'supporter') return undefined;
    if (entry.actions.length > 0 || entry.question !== undefined) return entry;
  }
  return undefined;
}
