/** What a channel can show. */
export type Limits = {
  /** Characters in one message. */
  readonly text: number;
  /** Buttons under one message, and characters on one. */
  readonly buttons: number;
  readonly buttonLabel: number;
  /** Rows of a list, and characters in one; 0 rows: the channel has no lists. */
  readonly listRows: number;
  readonly listLabel: number;
  /** What is said in a turn goes out as one message. */
  readonly oneMessageATurn: boolean;
};

/** Limits that flows are checked against, by the channel's name in `campaign.yaml`. */
export type CheckedLimits = Limits & {
  /** What people call it. */
  readonly name: string;
  /** Characters in a message with buttons or a list. */
  readonly question: number;
};

/** Web chat: what its widget shows well; the text is as long as what people may write there. */
export const WEB_LIMITS = {
  name: 'web chat',
  text: 4_000,
  question: 4_000,
  buttons: 50,
  buttonLabel: 80,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: false,
} as const satisfies CheckedLimits;

/** Telegram Bot API: labels of buttons are cut by its clients, and 64 characters are safe. */
export const TELEGRAM_LIMITS = {
  name: 'Telegram',
  text: 4_096,
  question: 4_096,
  buttons: 100,
  buttonLabel: 64,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: true,
} as const satisfies CheckedLimits;

/** WhatsApp Cloud API: texts, interactive bodies, reply buttons and lists. */
export const WHATSAPP_LIMITS = {
  name: 'WhatsApp',
  text: 4_096,
  question: 1_024,
  buttons: 3,
  buttonLabel: 20,
  listRows: 10,
  listLabel: 24,
  oneMessageATurn: true,
} as const satisfies CheckedLimits;

/** Bot Framework: Messenger has the least of its networks, also of quick replies and their labels. */
export const BOT_FRAMEWORK_LIMITS = {
  name: 'the Bot Framework',
  text: 2_000,
  question: 2_000,
  buttons: 13,
  buttonLabel: 20,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: true,
} as const satisfies CheckedLimits;

/** By the names of `campaign.yaml`; a channel that is not here is not checked. */
export const CHECKED_LIMITS: Readonly<Record<string, CheckedLimits>> = {
  web: WEB_LIMITS,
  telegram: TELEGRAM_LIMITS,
  whatsapp: WHATSAPP_LIMITS,
  botframework: BOT_FRAMEWORK_LIMITS,
};
