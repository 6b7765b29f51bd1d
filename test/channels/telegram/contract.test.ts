import { readUpdate } from '../../../src/channels/telegram/read-update.js';
import type { FailureReason } from '../../../src/channels/channel.js';
import { testChannelContract, type ChannelUnderTest, type Rig } from '../channel-contract.js';
import { TOKEN, type Faults } from './bot-api.js';
import { startTelegram, until, WEBHOOK_SECRET, type RunningTelegram } from './running-telegram.js';
import { CONTACT, MESSAGE, PRESSED, update } from './updates.js';

const CHAT = '4242';
const running = new Map<Rig, RunningTelegram>();

for (const mode of ['polling', 'webhook'] as const) {
  testChannelContract({
    name: `Telegram by ${mode}`,
    secrets: [TOKEN, WEBHOOK_SECRET],
    async start(receive): Promise<Rig> {
      const telegram = await startTelegram({ mode, receive });
      const { api, opened } = telegram;
      const rig: Rig = {
        channel: opened.channel,
        address: CHAT,
        inbounds: telegram.inbounds,
        async say(text) {
          const before = telegram.told.length;
          const id = api.say(CHAT, text);
          const isTaken = (): boolean => !api.pending().includes(id);
          // Polled, an update is forgotten with the call after the one that brought it.
          await until(() => isTaken() || telegram.told.length > before);
          return isTaken() ? 'taken' : 'to be brought again';
        },
        shown: () =>
          api
            .shown(CHAT)
            .map(({ text, buttons }) => ({ text, choices: buttons.map((b) => b.text) })),
        told: () => telegram.told,
        close: () => telegram.close(),
      };
      running.set(rig, telegram);
      return rig;
    },
    read(payload) {
      const read = readUpdate(payload, 0);
      if (read?.type === 'inbound') return read.inbound;
      if (read?.type !== 'pressed' || read.press.button.type !== 'value') return undefined;
      const { turn, value } = read.press.button;
      return { ...read.press.from, input: { type: 'chose', turn, values: [value] } };
    },
    recorded: [
      {
        title: 'a text',
        payload: update({ message: MESSAGE }),
        read: {
          channel: 'telegram',
          address: '4242',
          id: 'u861000001',
          at: 1_893_499_200_000,
          locale: 'fr',
          input: { type: 'said', text: 'Bonjour' },
        },
      },
      {
        title: 'a pressed button',
        payload: update({ callback_query: PRESSED }),
        read: { input: { type: 'chose', turn: 4, values: ['yes'] } },
      },
      {
        title: 'a button under a message too old to be named',
        payload: update({ callback_query: { ...PRESSED, message: undefined } }),
        read: { address: '4242', input: { type: 'chose', turn: 4, values: ['yes'] } },
      },
      {
        title: 'the sender’s own contact',
        payload: update({ message: { ...MESSAGE, text: undefined, contact: CONTACT } }),
        read: {
          input: {
            type: 'shared',
            contact: { phone: '33612345678', name: 'Léa Martin', own: true },
          },
        },
      },
      {
        title: 'the contact of somebody else',
        payload: update({
          message: { ...MESSAGE, text: undefined, contact: { ...CONTACT, user_id: 7 } },
        }),
        read: {
          input: {
            type: 'shared',
            contact: { phone: '33612345678', name: 'Léa Martin', own: false },
          },
        },
      },
      {
        title: 'a contact of whom Telegram knows no account',
        payload: update({
          message: { ...MESSAGE, text: undefined, contact: { ...CONTACT, user_id: undefined } },
        }),
        read: {
          input: {
            type: 'shared',
            contact: { phone: '33612345678', name: 'Léa Martin', own: false },
          },
        },
      },
      {
        title: 'a place',
        payload: update({
          message: { ...MESSAGE, text: undefined, location: { latitude: 48.1, longitude: -1.6 } },
        }),
        read: { input: { type: 'shared', location: { lat: 48.1, lon: -1.6 } } },
      },
      ...(
        [
          ['photo', [{ file_id: 'small' }, { file_id: 'large' }], 'photo', 'large'],
          ['voice', { file_id: 'v' }, 'voice', 'v'],
          ['sticker', { file_id: 's' }, 'sticker', 's'],
          ['video_note', { file_id: 'n' }, 'video', 'n'],
          ['document', { file_id: 'd' }, 'file', 'd'],
        ] as const
      ).map(([kind, file, media, id]) => ({
        title: `a ${kind}`,
        payload: update({ message: { ...MESSAGE, text: undefined, [kind]: file } }),
        read: { input: { type: 'sent' as const, media, id } },
      })),
      {
        title: 'a photo with a caption, as its words',
        payload: update({
          message: {
            ...MESSAGE,
            text: undefined,
            photo: [{ file_id: 'p' }],
            caption: 'La rue Haute',
          },
        }),
        read: {
          input: { type: 'said', text: 'La rue Haute', files: [{ media: 'photo', id: 'p' }] },
        },
      },
      {
        title: 'a document with a name',
        payload: update({
          message: { ...MESSAGE, text: undefined, document: { file_id: 'd', file_name: 'a.pdf' } },
        }),
        read: { input: { type: 'sent', media: 'file', id: 'd', name: 'a.pdf' } },
      },
      {
        title: 'a message that was changed',
        payload: update({ edited_message: { ...MESSAGE, text: 'Bonsoir' } }),
        read: { input: { type: 'edited' } },
      },
      {
        title: 'a place that is shared live, and changes',
        payload: update({
          edited_message: {
            ...MESSAGE,
            text: undefined,
            location: { latitude: 48.1, longitude: -1.6, live_period: 900 },
          },
        }),
        read: undefined,
      },
      {
        title: 'a text in a group',
        payload: update({ message: { ...MESSAGE, chat: { id: -100, type: 'supergroup' } } }),
        read: undefined,
      },
      {
        title: 'a text of another bot',
        payload: update({ message: { ...MESSAGE, from: { id: 9, is_bot: true } } }),
        read: undefined,
      },
      {
        title: 'a pinned message',
        payload: update({ message: { ...MESSAGE, text: undefined, pinned_message: MESSAGE } }),
        read: undefined,
      },
      {
        title: 'a button that is none of ours',
        payload: update({ callback_query: { ...PRESSED, data: 'vote:1' } }),
        read: undefined,
      },
      {
        title: 'a kind of update nobody asked for',
        payload: update({ poll_answer: { poll_id: '1' } }),
        read: undefined,
      },
      {
        title: 'an id that is no number',
        payload: { update_id: 'x', message: MESSAGE },
        read: undefined,
      },
      { title: 'an empty object', payload: {}, read: undefined },
      { title: 'nothing', payload: null, read: undefined },
    ],
    failures: [
      failure(429, 'Too Many Requests: retry after 7', 'throttled', 7),
      failure(403, 'Forbidden: bot was blocked by the user', 'blocked'),
      failure(403, 'Forbidden: user is deactivated', 'unreachable'),
      failure(403, 'Forbidden: bot can’t initiate conversation with a user', 'unreachable'),
      failure(400, 'Bad Request: chat not found', 'unreachable'),
      failure(400, 'Bad Request: message is too long', 'rejected'),
      failure(401, 'Unauthorized', 'misconfigured'),
      failure(502, 'Bad Gateway', 'in_doubt'),
      {
        title: 'the connection is cut after Telegram took the message',
        reason: 'in_doubt',
        arrange: (rig) => arrange(rig, 'cut'),
      },
    ],
  });
}

function failure(
  status: number,
  description: string,
  reason: FailureReason,
  retryAfter?: number,
): ChannelUnderTest['failures'][number] {
  return {
    title: `Telegram answers ${status} ${description}`,
    reason,
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter * 1_000 }),
    arrange: (rig) =>
      arrange(rig, { status, description, ...(retryAfter === undefined ? {} : { retryAfter }) }),
  };
}

function arrange(rig: Rig, next: NonNullable<Faults['next']>[number]): void {
  const faults = running.get(rig)?.api.faults;
  if (faults !== undefined) faults.next = [next];
}
