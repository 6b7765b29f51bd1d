import { BOT_FRAMEWORK_LIMITS, SKIP, type Message, type Question } from '../channel.js';
import { numberChoices, type NumberWords } from '../number-choices.js';

/** Characters of one message: what Messenger takes, the least of the networks. */
const TEXT_LIMIT = BOT_FRAMEWORK_LIMITS.text;
/** Characters on a button: Messenger cuts there, and Microsoft's SDK counts with them for all. */
const LABEL_LIMIT = BOT_FRAMEWORK_LIMITS.buttonLabel;
/** Buttons under a message where the network has no limit of its own. */
const MOST_BUTTONS = BOT_FRAMEWORK_LIMITS.buttons;

/** How a network draws choices, and what comes back from one that is pressed. */
type Buttons = {
  /** Below the chat until an answer comes, or on a card in the message. */
  readonly drawn: 'suggested' | 'card';
  /** The answer itself, or only its words, as if they were typed. */
  readonly brings: 'answer' | 'words';
  readonly count: number;
};

/**
 * What the networks behind the Bot Service can draw; choices are numbered in the text elsewhere.
 * https://learn.microsoft.com/azure/bot-service/bot-service-channels-reference
 */
const BUTTONS: Readonly<Record<string, Buttons>> = {
  // Six on a card: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
  msteams: { drawn: 'card', brings: 'answer', count: 6 },
  webchat: { drawn: 'suggested', brings: 'answer', count: MOST_BUTTONS },
  directline: { drawn: 'suggested', brings: 'answer', count: MOST_BUTTONS },
  facebook: { drawn: 'suggested', brings: 'words', count: MOST_BUTTONS },
  line: { drawn: 'suggested', brings: 'words', count: MOST_BUTTONS },
  telegram: { drawn: 'suggested', brings: 'words', count: MOST_BUTTONS },
  slack: { drawn: 'card', brings: 'words', count: 5 },
};

/** A button; networks send back what pressing it brings. */
export type CardAction =
  | { readonly type: 'imBack'; readonly title: string; readonly value: string }
  | {
      readonly type: 'messageBack';
      readonly title: string;
      readonly text: string;
      readonly displayText: string;
      readonly value: { readonly turn: number; readonly choose: string };
    };

/** A message as the connector takes it, beside who says it to whom. */
export type Written = {
  readonly type: 'message';
  readonly text: string;
  /** Words are plain text, in which nothing needs escaping. */
  readonly textFormat: 'plain';
  readonly locale: string;
  readonly inputHint: 'expectingInput' | 'acceptingInput';
  readonly suggestedActions?: { readonly to: string[]; readonly actions: CardAction[] };
  readonly attachments?: {
    readonly contentType: 'application/vnd.microsoft.card.hero';
    readonly content: { readonly buttons: CardAction[] };
  }[];
};

type Words = Extract<Message, { readonly type: 'text' }>;

/** Writes a message as the network shows it: nearly always one, more where numbered choices are long. */
export function writeActivity(
  { text, question, language }: Words,
  channelId: string,
  words: NumberWords,
): readonly Written[] {
  const written = (one: string): Written => ({
    type: 'message',
    text: one,
    textFormat: 'plain',
    locale: language,
    inputHint: question === undefined ? 'acceptingInput' : 'expectingInput',
  });
  if (question === undefined) return [written(text)];
  const buttons = Object.hasOwn(BUTTONS, channelId) ? BUTTONS[channelId] : undefined;
  const choices = choicesOf(question);
  if (buttons === undefined || !fits(question, choices, buttons.count)) {
    return numberChoices(text, question, words, TEXT_LIMIT).map(written);
  }
  if (choices.length === 0) return [written(text)];
  const actions = choices.map((choice) => actionOf(choice, question.turn, buttons.brings));
  const content = { buttons: actions };
  return [
    {
      ...written(text),
      ...(buttons.drawn === 'suggested'
        ? { suggestedActions: { to: [], actions } }
        : { attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content }] }),
    },
  ];
}

type Choice = Question['options'][number];

function choicesOf({ options, skip }: Question): readonly Choice[] {
  return skip === undefined ? options : [...options, { value: SKIP, label: skip }];
}

/** Of several at once no network lets people choose by buttons; two of one label cannot be told apart. */
function fits(question: Question, choices: readonly Choice[], count: number): boolean {
  return (
    question.multiple === undefined &&
    choices.length <= count &&
    new Set(choices.map(({ label }) => label)).size === choices.length &&
    choices.every(({ label }) => label.trim() !== '' && label.length <= LABEL_LIMIT)
  );
}

function actionOf({ value, label }: Choice, turn: number, brings: Buttons['brings']): CardAction {
  if (brings === 'words') return { type: 'imBack', title: label, value: label };
  return {
    type: 'messageBack',
    title: label,
    text: label,
    displayText: label,
    value: { turn, choose: value },
  };
}
