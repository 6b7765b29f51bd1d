import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTokens } from '../channels/webchat/token.js';
import { QUESTION } from './servers/network.js';

const EVERY_MS = 500;
const LOOK_MS = 100;
const AGAIN_MS = 500;
const GIVES_UP_MS = 120_000;

/** People in web chat who ask something while the reminder is sent. */
export type WebPeople = {
  readonly asked: () => number;
  readonly answeredInMs: readonly number[];
  /** Nobody asks any more; those who wait are waited for, for some time. */
  stop(): Promise<void>;
};

/** Lets people write in web chat, one after the other, twice a second. */
export function startWebPeople(
  url: string,
  secret: string,
  conversations: readonly string[],
): WebPeople {
  const tokens = createTokens(secret, () => Date.now());
  const base = `${url}/directline/v3/directline/conversations`;
  const answeredInMs: number[] = [];
  const waiting = new Set<Promise<void>>();
  let asked = 0;

  async function ask(conversation: string): Promise<void> {
    const authorization = `Bearer ${tokens.issue('chat', { conversation, user: `dl_${conversation}` })}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const body = JSON.stringify({
      type: 'message',
      from: { id: 'rehearsal' },
      text: QUESTION,
      channelData: { clientActivityID: randomUUID() },
    });
    const since = Date.now();
    const path = `${base}/${conversation}/activities`;
    while (Date.now() - since < GIVES_UP_MS) {
      const posted = await fetch(path, { method: 'POST', headers, body }).catch(() => undefined);
      await posted?.arrayBuffer().catch(() => undefined);
      if (posted?.ok === true) break;
      await sleep(AGAIN_MS);
    }
    while (Date.now() - since < GIVES_UP_MS) {
      const answer = await fetch(path, { headers }).catch(() => undefined);
      const text = (await answer?.text().catch(() => '')) ?? '';
      if (answer?.ok === true && text.includes('"role":"bot"')) {
        return void answeredInMs.push(Date.now() - since);
      }
      await sleep(LOOK_MS);
    }
  }

  const timer = setInterval(() => {
    const conversation = conversations[asked];
    if (conversation === undefined) return clearInterval(timer);
    asked += 1;
    const done = ask(conversation).finally(() => waiting.delete(done));
    waiting.add(done);
  }, EVERY_MS);
  return {
    asked: () => asked,
    answeredInMs,
    async stop() {
      clearInterval(timer);
      await Promise.all(waiting);
    },
  };
}
