import type { MessageActivity } from '../../src/channels/webchat/protocol.js';
import { LEA } from '../donations/desk.js';
import type { Visitor } from './visitor.js';

const LINK = /http\S+\/give\/\S+/;

/** What the assistant said last, once it has said something that matches. */
export async function hear(visitor: Visitor, what: RegExp): Promise<MessageActivity[]> {
  return visitor.waitFor((all) => said(all, what) > 0);
}

/** How often the assistant said something. */
export function said(messages: readonly MessageActivity[], what: RegExp): number {
  return messages.filter(({ from, text = '' }) => from.role === 'bot' && what.test(text)).length;
}

/** Asks for a payment page in the chat, from the first word on; answers its address. */
export async function askToGive(visitor: Visitor, amount: string): Promise<string> {
  await visitor.say('/don');
  await hear(visitor, /garder vos réponses et les transmettre/);
  await visitor.say('oui');
  await hear(visitor, /nationalité française, ou habitez-vous/);
  await visitor.say('oui');
  await hear(visitor, /propre argent/);
  await visitor.say('oui');
  await hear(visitor, /Combien souhaitez-vous/);
  await visitor.say(amount);
  const messages = await hear(visitor, LINK);
  return LINK.exec(messages.map(({ text }) => text).join('\n'))?.[0] ?? '';
}

/** Fills in the page as Léa does; answers where it leads. */
export async function fillIn(link: string): Promise<string> {
  const answer = await fetch(link, { method: 'POST', body: new URLSearchParams(LEA) });
  await answer.text();
  return answer.headers.get('refresh')?.replace(/^0; url=/, '') ?? `status ${answer.status}`;
}
