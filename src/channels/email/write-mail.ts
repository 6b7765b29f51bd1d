import type { Message, Question } from '../channel.js';

/** Words of the program in a mail. */
export type EmailWords = {
  /** Where the message has no subject of its own. */
  readonly subject: string;
  /** On the button that goes on with the conversation. */
  readonly answer: string;
};

/** A mail before what belongs around each is added to it. */
export type WrittenMail = {
  readonly id: string;
  readonly to: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly action: { readonly label: string; readonly url: string };
};

type Text = Extract<Message, { readonly type: 'text' }>;

/** Makes a mail of a message: its choices are numbered lines, and answered where its button leads. */
export function writeMail(
  to: string,
  { id, text, question, language, subject }: Text,
  answerUrl: string,
  words: EmailWords,
): WrittenMail {
  return {
    // One message may go to many.
    id: `${to} ${id}`,
    to,
    language,
    subject: subject ?? words.subject,
    text: question === undefined ? text : withChoices(text, question),
    action: { label: words.answer, url: answerUrl },
  };
}

function withChoices(text: string, { options, answer }: Question): string {
  // Suggested amounts are not numbered: a number is itself an answer.
  const mark = (index: number): string => (answer === 'amount' ? '-' : `${index + 1}.`);
  const lines = options.map(({ label }, index) => `${mark(index)} ${label}`);
  return [text, lines.join('\n')].filter((part) => part !== '').join('\n\n');
}
