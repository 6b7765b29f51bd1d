import { readAnswer } from '../engine/answers/read-answer.js';
import type { Campaign } from '../engine/campaign.js';
import type { Option } from '../engine/effect.js';
import type { AnswerType, WordLists } from '../engine/flow.js';
import type { Json } from '../engine/json.js';

/** What a text is as an answer: its value (of an option, its label), or why it was refused. */
export type AsRead =
  | { readonly text: string; readonly value: Json }
  | { readonly text: string; readonly refused: string };

/** How texts are read: as answers to a question of this type, asked at an instant. */
export type ReadAsOptions = {
  readonly type: AnswerType;
  /** Labels of the options of a choice. */
  readonly labels?: readonly string[];
  readonly language: string;
  readonly words: WordLists;
  readonly campaign: Pick<Campaign, 'country' | 'timezone'>;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** Reads each text as an open question of the type would: strictly, else leniently. */
export function readAs(texts: readonly string[], options: ReadAsOptions): readonly AsRead[] {
  const { type, labels = [], language, words, at, campaign } = options;
  const { country, timezone } = campaign;
  const choices: readonly Option[] = labels.map((label) => ({ value: label, label }));
  const context = { language, words, at, country, timezone, options: choices };
  return texts.map((text) => {
    const strictly = readAnswer(type, text, 'strict', context);
    const reading =
      strictly.type === 'read' ? strictly : readAnswer(type, text, 'lenient', context);
    switch (reading.type) {
      case 'read':
        return { text, value: reading.value };
      case 'refused':
        return { text, refused: reading.reason };
      case 'unsure':
      case 'unread':
        return { text, refused: reading.type };
      default:
        return reading satisfies never;
    }
  });
}

/** One line for the terminal: JSON, or the text and what became of it. */
export function formatAs(line: AsRead, json: boolean): string {
  if (json) return JSON.stringify(line);
  const outcome = 'value' in line ? JSON.stringify(line.value) : `refused: ${line.refused}`;
  return `${line.text}  ${outcome}`;
}
