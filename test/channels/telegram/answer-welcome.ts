import type { BotApi, Shown } from './bot-api.js';

/** What comes to a chat of somebody who says yes to all that `welcome` asks, in order. */
export const WELCOME = [
  /^Bonjour[^]*\n\nÊtes-vous d’accord/,
  /adresse e-mail/,
  /code postal/,
  /sujets/,
  /nouvelles par e-mail/,
  /^Merci/,
] as const;

/** Whether a text is the last of them. */
export function endsWelcome(text: string): boolean {
  return /À bientôt/.test(text);
}

/** Who is behind a chat, as their profile says once `welcome` is over. */
export function emailOf(chat: string): string {
  return `p${chat}@exemple.org`;
}

/**
 * What somebody answers to a message of ours, giving the id of the update; undefined: the conversation is
 * over, or it asks nothing.
 */
export function answerWelcome(
  api: BotApi,
  chat: string,
  { text, buttons }: Shown,
): (() => number) | undefined {
  const label = (...wanted: string[]): string | undefined =>
    buttons.map((one) => one.text).find((one) => wanted.includes(one));
  const press = label('Oui') ?? buttons.find((one) => one.text.startsWith('C’est bon ('))?.text;
  if (press !== undefined) return () => api.press(chat, press);
  if (/e-mail/i.test(text) && buttons.length <= 1) return () => api.say(chat, emailOf(chat));
  if (/code postal/i.test(text)) return () => api.say(chat, '75011');
  if (buttons.length > 2) return () => api.say(chat, '1');
  return undefined;
}
