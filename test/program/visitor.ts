import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActivitySet, MessageActivity } from '../../src/channels/webchat/protocol.js';

/** A supporter's browser in web chat, reduced to its requests; it repeats what was not answered. */
export type Visitor = {
  readonly conversation: string;
  readonly token: string;
  /** Posts until the answer is 200, always under one id, its own or the one given; resolves with the activity's id. */
  say(text: string, value?: unknown, id?: string): Promise<string>;
  /** Sends files once, whatever becomes of it. */
  upload(form: FormData): Promise<Response>;
  /** Every message after a watermark. */
  read(watermark?: number): Promise<{ messages: MessageActivity[]; watermark: number }>;
  /** Waits until something after the watermark satisfies, and answers everything so far. */
  waitFor(found: (messages: readonly MessageActivity[]) => boolean): Promise<MessageActivity[]>;
};

const DIRECT_LINE = '/directline/v3/directline';

/**
 * Opens a conversation in a language, and goes on asking until the server answers. What is waited for is
 * looked for every so many milliseconds; `request` may lose what it sends, or the answer.
 */
export async function openVisitor(
  url: string,
  locale = 'fr',
  { everyMs = 40, request = fetch }: { everyMs?: number; request?: typeof fetch } = {},
): Promise<Visitor> {
  const opened = await persist(async (token?: string) =>
    fetch(`${url}${DIRECT_LINE}/tokens/generate`, { method: 'POST', ...bearer(token) }),
  );
  const { conversationId, token } = (await opened.json()) as {
    conversationId: string;
    token: string;
  };
  await persist(async () =>
    fetch(`${url}${DIRECT_LINE}/conversations`, {
      method: 'POST',
      headers: { ...bearer(token).headers, 'content-type': 'application/json' },
      body: JSON.stringify({ locale }),
    }),
  );
  const activities = `${url}${DIRECT_LINE}/conversations/${conversationId}/activities`;

  async function read(watermark = 0): Promise<{ messages: MessageActivity[]; watermark: number }> {
    const answer = await persist(async () =>
      fetch(`${activities}?watermark=${watermark}`, bearer(token)),
    );
    const set = (await answer.json()) as ActivitySet;
    return {
      messages: set.activities.filter((activity) => activity.type === 'message'),
      watermark: Number(set.watermark ?? watermark),
    };
  }

  return {
    conversation: conversationId,
    token,
    async say(text, value, clientActivityID = randomUUID()) {
      const answer = await persist(async () =>
        request(activities, {
          method: 'POST',
          headers: { ...bearer(token).headers, 'content-type': 'application/json' },
          body: JSON.stringify({
            type: 'message',
            from: { id: 'anyone' },
            text,
            ...(value === undefined ? {} : { value }),
            channelData: { clientActivityID },
          }),
        }),
      );
      return ((await answer.json()) as { id: string }).id;
    },
    upload: (body) =>
      fetch(activities.replace(/activities$/, 'upload?userId=anyone'), {
        method: 'POST',
        headers: bearer(token).headers,
        body,
      }),
    read,
    async waitFor(found) {
      for (let tries = 0; tries < 1_500; tries += 1) {
        const { messages } = await read();
        if (found(messages)) return messages;
        await sleep(everyMs);
      }
      const last = (await read()).messages.at(-1)?.text ?? '(nothing)';
      throw new Error(`What was waited for never came; the last message is: ${last}`);
    },
  };
}

function bearer(token: string | undefined): { headers: Record<string, string> } {
  return { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } };
}

/** Repeats a request while the server is away, busy or stopping; anything else is a failure. */
async function persist(request: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; tries < 1_500; tries += 1) {
    const answer = await request().catch(() => undefined);
    if (answer?.ok === true) return answer;
    if (answer !== undefined && ![429, 502, 503].includes(answer.status)) {
      throw new Error(`Refused with ${answer.status}: ${await answer.text()}`);
    }
    await sleep(40);
  }
  throw new Error('The server stayed away.');
}
