import type { Api } from 'grammy';
import type { Host } from '../channel.js';
import { drawChosen, drawKeyboard, press, type InlineRows, type Keyboard } from './buttons.js';
import type { Press } from './read-update.js';
import type { ButtonWords } from './write-message.js';

export type PressOptions = {
  readonly api: Api;
  readonly host: Host;
  readonly keyboards: {
    get(chat: string, turn: number): Promise<Keyboard | undefined>;
    put(chat: string, turn: number, keyboard: Keyboard): Promise<void>;
  };
  words(language: string | undefined): ButtonWords;
};

/** Takes pressed buttons: one that answers is handed on, one among several changes the keyboard. */
export function createPresses({ api, host, keyboards, words }: PressOptions) {
  /** Ends the waiting sign on the button. Best effort: the answer is what counts. */
  function acknowledge({ callback }: Press): void {
    api.raw.answerCallbackQuery({ callback_query_id: callback }).catch(() => undefined);
  }

  function redraw({ message, from }: Press, rows: InlineRows): void {
    if (message === undefined) return;
    api.raw
      .editMessageReplyMarkup({
        chat_id: from.address,
        message_id: message,
        reply_markup: { inline_keyboard: rows },
      })
      .catch(() => undefined);
  }

  async function choose(
    pressed: Press,
    turn: number,
    values: readonly string[],
    labels: readonly string[],
  ): Promise<boolean> {
    const receipt = await host.receive({ ...pressed.from, input: { type: 'chose', turn, values } });
    acknowledge(pressed);
    // What was chosen stays to be read in the chat; a press that came twice changes nothing more.
    if (receipt === 'taken' && labels.length > 0) redraw(pressed, drawChosen(labels));
    return receipt !== 'busy';
  }

  return {
    /** Whether it is saved; false when the supporter has too much waiting. */
    async take(pressed: Press): Promise<boolean> {
      const { button, from, label } = pressed;
      switch (button.type) {
        case 'shown':
          acknowledge(pressed);
          return true;
        case 'value': {
          const labels = label === undefined ? [] : [label];
          return choose(pressed, button.turn, [button.value], labels);
        }
        case 'kept':
        case 'done': {
          const kept = await keyboards.get(from.address, button.turn);
          // Kept no longer: the question is long gone, and the conversation says so.
          if (kept === undefined) return choose(pressed, button.turn, [], []);
          const next = press(kept, button);
          if (next.type === 'answered')
            return choose(pressed, button.turn, next.values, next.labels);
          await keyboards.put(from.address, button.turn, next.keyboard);
          acknowledge(pressed);
          redraw(pressed, drawKeyboard(next.keyboard, words(from.locale).done));
          return true;
        }
        default:
          return button satisfies never;
      }
    },
  };
}
