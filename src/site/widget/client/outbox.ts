import type { PostedMessage } from '../../../channels/webchat/protocol.js';
import type { DirectLine } from './direct-line.js';
import type { Memory } from './memory.js';
import type { Renewal } from './keys.js';
import { createNap, delayAfter, type Patience } from './nap.js';
import { mark, nextToSend, type Conversation, type Outgoing } from './state.js';

type Surroundings = {
  readonly memory: Memory;
  readonly line: DirectLine;
  readonly patience: Patience;
  readonly locale: string;
  /** The server no longer takes the token: `renew` asks for another, `restart` begins anew. */
  renew(): Promise<Renewal>;
  restart(): void;
  /** The server has the message; its echo should come soon. */
  accepted(key: string): void;
};

/**
 * Sends what the supporter wrote, one message at a time and in order, each with the same id at
 * every attempt, until the server has it.
 */
export function createOutbox(around: Surroundings) {
  const { memory, line, patience } = around;
  const nap = createNap();
  let isSending = false;
  let isStopped = false;
  let isWoken = false;
  let failures = 0;

  async function pause(key: string, afterMs: number): Promise<void> {
    failures += 1;
    memory.change((state) => mark(state, key, 'waiting'));
    isWoken = false;
    await nap.sleep(Math.max(delayAfter(failures, patience, Math.random()), afterMs));
    if (isWoken) failures = 0;
  }

  async function sendAll(): Promise<void> {
    failures = 0;
    let refusals = 0;
    try {
      for (;;) {
        const { conversation } = memory.get().state;
        const message = nextToSend(memory.get().state);
        if (isStopped || conversation === undefined || message === undefined) return;
        const body = writeMessage(message, conversation, around.locale);
        const reply = await line.post(conversation.id, conversation.token, body);
        if (memory.get().state.conversation?.id !== conversation.id) continue;
        switch (reply.type) {
          case 'ok':
            failures = refusals = 0;
            memory.change((state) => mark(state, message.key, 'sent'));
            around.accepted(message.key);
            break;
          case 'later':
            await pause(message.key, reply.afterMs ?? 0);
            break;
          case 'refused': {
            refusals += 1;
            if (refusals > 1) return around.restart();
            const renewal = await around.renew();
            if (renewal.type === 'later') {
              refusals = 0;
              await pause(message.key, renewal.afterMs);
            }
            break;
          }
          case 'invalid':
            memory.change((state) => mark(state, message.key, 'failed'));
            break;
          default:
            reply satisfies never;
        }
      }
    } finally {
      // At the very return: what is queued a moment later must start another round.
      isSending = false;
    }
  }

  return {
    /** Starts sending what waits, or cuts a pause between attempts short. */
    async flush(): Promise<void> {
      isWoken = true;
      nap.wake();
      if (isSending) return;
      isSending = true;
      await sendAll();
    },
    stop(): void {
      isStopped = true;
      nap.wake();
    },
  };
}

function writeMessage(
  { key, text, value }: Outgoing,
  { userId }: Conversation,
  locale: string,
): PostedMessage {
  return {
    type: 'message',
    from: { id: userId },
    text,
    locale,
    ...(value === undefined ? {} : { value }),
    channelData: {
      clientActivityID: key,
      ...(value === undefined ? {} : { messageBack: { displayText: text } }),
    },
  };
}
