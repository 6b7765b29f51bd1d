import { readWebhook } from '../../../src/channels/whatsapp/read-webhook.js';
import type { FailureReason } from '../../../src/channels/channel.js';
import { testChannelContract, type ChannelUnderTest, type Rig } from '../channel-contract.js';
import { APP_SECRET, PHONE, TOKEN, type Faults } from './graph-api.js';
import { startCloud, until, VERIFY_TOKEN, type RunningCloud } from './running-cloud.js';
import { change, MEDIA, message, MESSAGE } from './webhooks.js';

const WHO = '33612345678';
const running = new Map<Rig, RunningCloud>();

testChannelContract({
  name: 'WhatsApp through the Cloud API',
  secrets: [TOKEN, APP_SECRET, VERIFY_TOKEN],
  async start(receive): Promise<Rig> {
    let isGreeting = true;
    const cloud = await startCloud({
      receive: (inbound) => (isGreeting ? Promise.resolve('taken') : receive(inbound)),
    });
    // WhatsApp lets us write to those only who wrote to us.
    cloud.api.say(WHO, 'Salut');
    await until(() => cloud.api.pending() === 0);
    isGreeting = false;
    const rig: Rig = {
      channel: cloud.opened.channel,
      address: `+${WHO}`,
      inbounds: cloud.inbounds,
      async say(text) {
        const before = cloud.told.length;
        cloud.api.say(WHO, text);
        const isTaken = (): boolean => cloud.api.pending() === 0;
        await until(() => isTaken() || cloud.told.length > before);
        return isTaken() ? 'taken' : 'to be brought again';
      },
      shown: () =>
        cloud.api
          .shown(WHO)
          .map(({ text, choices }) => ({ text, choices: choices.map(({ label }) => label) })),
      told: () => cloud.told,
      close: () => cloud.close(),
    };
    running.set(rig, cloud);
    return rig;
  },
  read(payload) {
    const [notice] = readWebhook(payload, PHONE);
    return notice?.type === 'inbound' ? notice.inbound : undefined;
  },
  recorded: [
    {
      title: 'a text',
      payload: change({ messages: [MESSAGE] }),
      read: {
        channel: 'whatsapp',
        address: '+33612345678',
        id: MESSAGE.id,
        at: 1_893_499_200_000,
        input: { type: 'said', text: 'Bonjour' },
      },
    },
    {
      title: 'a text of somebody who hides the number',
      payload: change({
        messages: [{ ...MESSAGE, from: undefined, from_user_id: 'FR.13491208655302741918' }],
      }),
      read: { address: 'FR.13491208655302741918', input: { type: 'said', text: 'Bonjour' } },
    },
    {
      title: 'a tapped button',
      payload: message({
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 'v:4:yes', title: 'Oui' } },
      }),
      read: { input: { type: 'chose', turn: 4, values: ['yes'] } },
    },
    {
      title: 'a row of a list',
      payload: message({
        type: 'interactive',
        interactive: { type: 'list_reply', list_reply: { id: 'v:12:a:b', title: 'A' } },
      }),
      read: { input: { type: 'chose', turn: 12, values: ['a:b'] } },
    },
    {
      title: 'a button of a template, as its words',
      payload: message({ type: 'button', button: { text: 'Je viens', payload: 'COMING' } }),
      read: { input: { type: 'said', text: 'Je viens' } },
    },
    ...(
      [
        ['image', 'photo'],
        ['audio', 'voice'],
        ['voice', 'voice'],
        ['sticker', 'sticker'],
        ['video', 'video'],
        ['document', 'file'],
      ] as const
    ).map(([type, media]) => ({
      title: `a message of the type ${type}`,
      payload: message({ type, [type]: MEDIA }),
      read: { input: { type: 'sent' as const, media, id: MEDIA.id } },
    })),
    {
      title: 'a document with a caption, as its words',
      payload: message({
        type: 'document',
        document: { ...MEDIA, caption: 'Le plan', filename: 'plan.pdf' },
      }),
      read: {
        input: {
          type: 'said',
          text: 'Le plan',
          files: [{ media: 'file', id: MEDIA.id, name: 'plan.pdf' }],
        },
      },
    },
    {
      title: 'a place',
      payload: message({
        type: 'location',
        location: { latitude: 48.1, longitude: -1.6, name: 'Rennes' },
      }),
      read: { input: { type: 'shared', location: { lat: 48.1, lon: -1.6 } } },
    },
    {
      title: 'the sender’s own contact',
      payload: message({
        type: 'contacts',
        contacts: [
          {
            name: { formatted_name: 'Léa Martin', first_name: 'Léa' },
            phones: [{ phone: '+33 6 12 34 56 78', wa_id: '33612345678', type: 'CELL' }],
          },
        ],
      }),
      read: {
        input: {
          type: 'shared',
          contact: { phone: '+33 6 12 34 56 78', name: 'Léa Martin', own: true },
        },
      },
    },
    {
      title: 'the contact of somebody else',
      payload: message({
        type: 'contacts',
        contacts: [{ phones: [{ phone: '+33 7 00 00 00 00', wa_id: '33700000000' }] }],
      }),
      read: { input: { type: 'shared', contact: { phone: '+33 7 00 00 00 00', own: false } } },
    },
    {
      title: 'what WhatsApp itself cannot hand on',
      payload: message({ type: 'unsupported', errors: [{ code: 131_051, title: 'no' }] }),
      read: { input: { type: 'sent', media: 'file' } },
    },
    {
      title: 'a chat that was opened for the first time',
      payload: message({ type: 'request_welcome' }),
      read: { input: { type: 'opened' } },
    },
    {
      title: 'a reaction',
      payload: message({ type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } }),
      read: undefined,
    },
    {
      title: 'a number that changed',
      payload: message({
        type: 'system',
        system: { body: 'x', wa_id: '33700000000', type: 'user_changed_number' },
      }),
      read: undefined,
    },
    {
      title: 'a text to another number of the same app',
      payload: change({ messages: [MESSAGE] }, 'messages', '999999'),
      read: undefined,
    },
    {
      title: 'a text from nobody',
      payload: message({ from: undefined, text: { body: 'x' } }),
      read: undefined,
    },
    {
      title: 'what became of a message',
      payload: change({ statuses: [{ id: 'wamid.x', status: 'read', recipient_id: WHO }] }),
      read: undefined,
    },
    { title: 'a field nobody asked for', payload: change({}, 'calls'), read: undefined },
    { title: 'an empty object', payload: {}, read: undefined },
    { title: 'nothing', payload: null, read: undefined },
  ],
  failures: [
    failure(400, 131_026, 'unreachable'),
    failure(400, 131_047, 'rejected'),
    failure(400, 131_049, 'rejected', 86_400_000),
    failure(400, 131_050, 'blocked'),
    failure(400, 131_048, 'misconfigured'),
    failure(400, 131_031, 'misconfigured'),
    failure(400, 368, 'misconfigured'),
    failure(401, 190, 'misconfigured'),
    failure(403, 200, 'misconfigured'),
    failure(400, 132_015, 'misconfigured'),
    failure(400, 130_429, 'throttled'),
    failure(400, 131_056, 'throttled', 6_000),
    failure(400, 80_007, 'throttled'),
    failure(503, 131_016, 'throttled'),
    failure(500, 131_000, 'in_doubt'),
    failure(400, 131_009, 'rejected'),
    failure(400, 999_999, 'rejected'),
    failure(502, undefined, 'in_doubt'),
    {
      title: 'the connection is cut after WhatsApp took the message',
      reason: 'in_doubt',
      arrange: (rig) => arrange(rig, 'cut'),
    },
  ],
});

function failure(
  status: number,
  code: number | undefined,
  reason: FailureReason,
  retryAfterMs?: number,
): ChannelUnderTest['failures'][number] {
  return {
    title: `WhatsApp answers ${status}${code === undefined ? '' : `, code ${code}`}`,
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    arrange: (rig) => arrange(rig, { status, ...(code === undefined ? {} : { code }) }),
  };
}

function arrange(rig: Rig, next: NonNullable<Faults['next']>[number]): void {
  const faults = running.get(rig)?.api.faults;
  if (faults !== undefined) faults.next = [next];
}
