import { readWebMessage } from '../../../src/channels/whatsapp/read-web-message.js';
import type { FailureReason } from '../../../src/channels/channel.js';
import { testChannelContract, type ChannelUnderTest, type Rig } from '../channel-contract.js';
import { until } from './running-cloud.js';
import { startWeb, type RunningWeb } from './running-web.js';

const CHAT = '33612345678@c.us';
const running = new Map<Rig, RunningWeb>();

const MESSAGE = {
  id: { fromMe: false, remote: CHAT, id: '3EB0', _serialized: `false_${CHAT}_3EB0` },
  from: CHAT,
  to: '33100000000@c.us',
  fromMe: false,
  isStatus: false,
  timestamp: 1_893_499_200,
  type: 'chat',
  body: 'Bonjour',
  hasMedia: false,
  location: undefined,
  vCards: [],
};
const CARD =
  'BEGIN:VCARD\nVERSION:3.0\nN:;Léa;;;\nFN:Léa Martin\nTEL;type=CELL;waid=33612345678:+33 6 12 34 56 78\nEND:VCARD';

testChannelContract({
  name: 'WhatsApp through a linked device',
  secrets: ['2@code'],
  async start(receive): Promise<Rig> {
    const web = await startWeb({ receive });
    await until(() => web.opened.notReady?.() === undefined);
    const rig: Rig = {
      channel: web.opened.channel,
      address: '+33612345678',
      inbounds: web.inbounds,
      async say(text) {
        const before = web.told.length;
        const id = web.web.say(CHAT, text);
        const isTaken = (): boolean => web.web.isSeen(id);
        await until(() => isTaken() || web.told.length > before);
        return isTaken() ? 'taken' : 'to be brought again';
      },
      shown: () =>
        web.web.shown(CHAT).map((text) => ({
          text,
          choices: [...text.matchAll(/^\d+\. (.+)$/gm)].map(([, label = '']) => label),
        })),
      told: () => web.told,
      close: () => web.opened.close(),
    };
    running.set(rig, web);
    return rig;
  },
  read: readWebMessage,
  recorded: [
    {
      title: 'a text',
      payload: MESSAGE,
      read: {
        channel: 'whatsapp',
        address: '+33612345678',
        id: `false_${CHAT}_3EB0`,
        at: 1_893_499_200_000,
        input: { type: 'said', text: 'Bonjour' },
      },
    },
    {
      title: 'a text of somebody who hides the number',
      payload: { ...MESSAGE, from: '123456789012345@lid' },
      read: { address: '123456789012345@lid' },
    },
    ...(
      [
        ['image', 'photo'],
        ['ptt', 'voice'],
        ['sticker', 'sticker'],
        ['video', 'video'],
        ['document', 'file'],
      ] as const
    ).map(([type, media]) => ({
      title: `a message of the type ${type}`,
      payload: { ...MESSAGE, type, body: '', hasMedia: true },
      read: { input: { type: 'sent' as const, media, id: `false_${CHAT}_3EB0` } },
    })),
    {
      title: 'a photo with a caption, as its words',
      payload: { ...MESSAGE, type: 'image', body: 'La rue Haute', hasMedia: true },
      read: {
        input: {
          type: 'said',
          text: 'La rue Haute',
          files: [{ media: 'photo', id: `false_${CHAT}_3EB0` }],
        },
      },
    },
    {
      title: 'a photo that is gone, without the small picture of it',
      payload: { ...MESSAGE, type: 'image', body: '/9j/4AAQSkZJRg', hasMedia: false },
      read: { input: { type: 'sent', media: 'photo', id: `false_${CHAT}_3EB0` } },
    },
    {
      title: 'a place',
      payload: { ...MESSAGE, type: 'location', location: { latitude: 48.1, longitude: '-1.6' } },
      read: { input: { type: 'shared', location: { lat: 48.1, lon: -1.6 } } },
    },
    {
      title: 'a contact',
      payload: { ...MESSAGE, type: 'vcard', body: CARD, vCards: [CARD] },
      read: {
        input: {
          type: 'shared',
          contact: { phone: '+33 6 12 34 56 78', name: 'Léa Martin', own: false },
        },
      },
    },
    {
      title: 'a text in a group',
      payload: { ...MESSAGE, from: '120363000000000000@g.us' },
      read: undefined,
    },
    { title: 'a message of ours', payload: { ...MESSAGE, fromMe: true }, read: undefined },
    { title: 'a story', payload: { ...MESSAGE, isStatus: true }, read: undefined },
    {
      title: 'a notice of encryption',
      payload: { ...MESSAGE, type: 'e2e_notification' },
      read: undefined,
    },
    { title: 'an empty object', payload: {}, read: undefined },
    { title: 'nothing', payload: null, read: undefined },
  ],
  failures: [
    failure('there is no such chat', 'nobody', 'unreachable'),
    failure('nobody has the number', new Error('No LID for user'), 'unreachable'),
    failure('the page is gone', new Error('Protocol error: Target closed'), 'in_doubt'),
  ],
});

function failure(
  title: string,
  wrong: Error | 'nobody',
  reason: FailureReason,
): ChannelUnderTest['failures'][number] {
  return { title, reason, arrange: (rig) => void running.get(rig)?.web.next.push(wrong) };
}
