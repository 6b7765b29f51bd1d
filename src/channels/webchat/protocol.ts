/**
 * What travels between the web chat's server and its clients: the part of Direct Line 3.0 and of
 * Bot Framework's activity that is used here, and what we add for our own widget.
 * Types only: the browser program shares this file.
 *
 * Paths below are relative to `/directline/v3/directline`.
 * Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-api-reference
 */

/** One side of the conversation. The id of a supporter starts with `dl_`. */
export type Account = {
  readonly id: string;
  readonly name?: string;
  readonly role?: 'bot' | 'user';
};

/** A button. Pressing it posts a message with its `text` and `value`, and shows `displayText`. */
export type CardAction = {
  readonly type: 'messageBack';
  readonly title: string;
  readonly text: string;
  readonly displayText: string;
  /** `choose:<turn>:<option value>`, or `choose:<turn>:~skip`. */
  readonly value: string;
};

export type Option = { readonly value: string; readonly label: string };

/** An open question, as `channelData.portevoix` of the message that asks it. */
export type OpenQuestion = {
  /** Comes back with the choice; only the newest question's turn counts. */
  readonly turn: number;
  /** What is asked for (`email`, `choice`, `yes_no`…): a hint for the keyboard. */
  readonly answer: string;
  /** Empty for free text. */
  readonly options: readonly Option[];
  /** Present when several options may be chosen. */
  readonly multiple?: { readonly min: number; readonly max: number };
  /** Label of the button that skips the question; it sends the value `~skip`. */
  readonly skip?: string;
};

/** Several options chosen at once, as `value` of a posted message. */
export type Choice = { readonly turn: number; readonly values: readonly string[] };

/** Ours, and the supporter's own messages as the server shows them back. */
export type MessageActivity = {
  readonly type: 'message';
  /** `<conversation>|<message>`; the same activity never comes with another id. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly channelId: 'directline';
  readonly conversation: { readonly id: string };
  /** `role` says whose message it is. */
  readonly from: Account;
  /** Language tag of the text. */
  readonly locale?: string;
  readonly text?: string;
  /** `markdown` only where the text has a link and otherwise means the same as `plain`. */
  readonly textFormat?: 'plain' | 'markdown';
  readonly value?: string | Choice;
  readonly attachments?: readonly Attachment[];
  readonly inputHint?: 'expectingInput' | 'acceptingInput';
  readonly suggestedActions?: {
    readonly to: readonly string[];
    readonly actions: readonly CardAction[];
  };
  readonly channelData?: ChannelData;
};

export type Attachment = {
  readonly contentType: string;
  readonly name?: string;
};

/** Beside these, what a client put in its message's `channelData` comes back in its echo. */
export type ChannelData = {
  /** Chosen by the client, unique for each message: a message posted again is taken once. */
  readonly clientActivityID?: string;
  /** What to show in place of the text, when a button was pressed. */
  readonly messageBack?: { readonly displayText?: string };
  /** In our messages that ask something. */
  readonly portevoix?: OpenQuestion;
};

/** An answer is being prepared; on the WebSocket only, never stored, without a watermark. */
export type TypingActivity = {
  readonly type: 'typing';
  readonly id: string;
  readonly timestamp: string;
  readonly channelId: 'directline';
  readonly conversation: { readonly id: string };
  readonly from: Account;
};

/** What the server sends. */
export type Activity = MessageActivity | TypingActivity;

/**
 * Body of `GET conversations/:id/activities?watermark=` and of each WebSocket frame.
 * Frames may also be empty text: they keep the connection alive.
 * `watermark` is that of the last activity: give it back to receive what came after.
 */
export type ActivitySet = {
  readonly activities: readonly Activity[];
  readonly watermark?: string;
};

/** Body of `POST conversations/:id/activities`. Other kinds of activity are accepted and ignored. */
export type PostedMessage = {
  readonly type: 'message';
  /** Overwritten by the id in the token. */
  readonly from: { readonly id: string };
  /** 4,000 characters at most. */
  readonly text?: string;
  readonly locale?: string;
  /** A button's value, or several options chosen. */
  readonly value?: string | Choice;
  readonly attachments?: readonly Attachment[];
  readonly channelData?: ChannelData;
};

/** Answer to `POST conversations/:id/activities`, once the message is saved. */
export type PostedResponse = { readonly id: string };

/** Body of `POST tokens/generate` and `POST conversations`; both may be empty. */
export type OpeningRequest = {
  /** Language tag; by default the one of the `Accept-Language` header. */
  readonly locale?: string;
  /** Ours, with `POST conversations` only: the payload of a link that goes on with a conversation here. */
  readonly join?: string;
};

/** Answer to `POST tokens/generate`, `POST tokens/refresh` and `POST tokens/resume`. */
export type TokenResponse = {
  readonly conversationId: string;
  readonly token: string;
  /** Seconds from now; absolute, so refresh before it ends. */
  readonly expires_in: number;
  /** Who the token speaks for. */
  readonly userId: string;
  /**
   * Ours, in answers to `generate` and `resume` only; other clients ignore it. Good for 60 days and
   * for nothing but `POST tokens/resume?watermark=`, with this token as the bearer: it answers with
   * a token for the same conversation and with a fresh `resumeToken`. Refused with 404 when the
   * server no longer has the conversation up to that watermark; 429 as for new conversations.
   */
  readonly resumeToken?: string;
};

/**
 * Answer to `POST conversations` (201 the first time, 200 after) and to
 * `GET conversations/:id?watermark=` (reconnect). `streamUrl` is to be opened within 60 seconds.
 */
export type ConversationResponse = TokenResponse & { readonly streamUrl: string };

/** Body of every refusal. 401 or 403: take a new token; 404: begin anew; 429: wait for `Retry-After` seconds. */
export type ErrorResponse = {
  readonly error: { readonly code: ErrorCode; readonly message: string };
};

export type ErrorCode =
  | 'BadArgument'
  | 'Unauthorized'
  | 'TokenExpired'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'TooLarge'
  | 'TooManyRequests'
  | 'NotSupported'
  | 'ServiceError';

/**
 * Reasons given when the server closes a WebSocket, with their codes. After `stopping` and `failed`,
 * and when the connection is cut, a client reconnects with its watermark; after `collision` (another
 * socket of the same conversation was opened) only when the supporter comes back to it.
 */
export type CloseReason = {
  readonly 1000: 'collision';
  readonly 1001: 'stopping';
  readonly 1011: 'failed';
};
