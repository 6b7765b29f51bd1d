import { readActivity } from '../../../src/channels/botframework/read-activity.js';
import type { FailureReason, Inbound } from '../../../src/channels/channel.js';
import { testChannelContract, type ChannelUnderTest, type Rig } from '../channel-contract.js';
import { CONVERSATION, inDirectLine, inTeams } from './activities.js';
import { PASSWORD, TEAMS, type Fault } from './microsoft.js';
import { startBotFramework, type RunningBotFramework } from './running-botframework.js';

const running = new Map<Rig, RunningBotFramework>();
const NOW = Date.UTC(2030, 0, 1, 13);
const BOT = { id: '28:2f0c7f4e-5a41-4c1d-9a53-0d2b6f3f1a77' };
const GROUP = { conversationType: 'channel', isGroup: true, id: '19:253b@thread.skype' };

testChannelContract({
  name: 'the Bot Framework',
  secrets: [PASSWORD, 'token-', 'Bearer', 'Léa'],
  async start(receive): Promise<Rig> {
    let isGreeting = true;
    const bot = await startBotFramework({
      receive: (inbound) => (isGreeting ? Promise.resolve('taken') : receive(inbound)),
    });
    // Where somebody is reached, the network says when they write.
    await bot.microsoft.bring(bot.door, inTeams());
    isGreeting = false;
    let ids = 0;
    const rig: Rig = {
      channel: bot.opened.channel,
      address: bot.inbounds[0]?.address ?? '',
      inbounds: bot.inbounds,
      async say(text) {
        const status = await bot.microsoft.bring(bot.door, inTeams({ text, id: `m${(ids += 1)}` }));
        return status === 200 ? 'taken' : 'to be brought again';
      },
      shown: () => bot.microsoft.shown(CONVERSATION),
      told: () => bot.told,
      close: () => bot.close(),
    };
    running.set(rig, bot);
    return rig;
  },
  read,
  recorded: [
    {
      title: 'a text in Teams',
      payload: inTeams(),
      read: {
        channel: 'botframework',
        address: 'msteams|a%3A1pL6i0oY3C0K8oAj8',
        id: '1485983408511',
        at: Date.UTC(2030, 0, 1, 12, 0, 0, 511),
        locale: 'fr-FR',
        input: { type: 'said', text: 'Bonjour' },
      },
    },
    {
      title: 'a text with the same once more as HTML',
      payload: inTeams({ attachments: [{ contentType: 'text/html', content: '<p>Bonjour</p>' }] }),
      read: { input: { type: 'said', text: 'Bonjour' } },
    },
    {
      title: 'a text in Direct Line',
      payload: inDirectLine(),
      read: {
        address: 'directline|HPFDqjzHCnq-fr',
        id: 'HPFDqjzHCnq-fr|0000001',
        input: { type: 'said', text: 'Bonjour' },
      },
    },
    {
      title: 'a text without a time, a language or an id',
      payload: inTeams({ timestamp: undefined, locale: undefined, id: undefined }),
      read: { at: NOW, input: { type: 'said', text: 'Bonjour' } },
    },
    {
      title: 'a button that was pressed',
      payload: inTeams({ text: 'La rivière', value: { turn: 7, choose: 'river' } }),
      read: { input: { type: 'chose', turn: 7, values: ['river'] } },
    },
    {
      title: 'what a card of somebody else brings, as its text',
      payload: inTeams({ text: 'Oui', value: { rsvp: true } }),
      read: { input: { type: 'said', text: 'Oui' } },
    },
    {
      title: 'a picture in Teams',
      payload: inTeams({
        text: '\n',
        attachments: [
          { contentType: 'image/*', contentUrl: `${TEAMS}v3/attachments/1/views/original` },
        ],
      }),
      read: {
        input: { type: 'sent', media: 'photo', id: `own ${TEAMS}v3/attachments/1/views/original` },
      },
    },
    {
      title: 'a file in Teams',
      payload: inTeams({
        text: undefined,
        attachments: [
          {
            contentType: 'application/vnd.microsoft.teams.file.download.info',
            contentUrl: 'https://c.sharepoint.com/a.pdf',
            content: { downloadUrl: 'https://c.sharepoint.com/dl?tempauth=x', fileType: 'pdf' },
          },
        ],
      }),
      read: {
        input: { type: 'sent', media: 'file', id: 'public https://c.sharepoint.com/dl?tempauth=x' },
      },
    },
    {
      title: 'a voice message whose file is wherever the sender says, without its place',
      payload: inDirectLine({
        text: '',
        attachments: [{ contentType: 'audio/ogg', contentUrl: 'https://169.254.169.254/latest' }],
      }),
      read: { input: { type: 'sent', media: 'voice' } },
    },
    {
      title: 'a place',
      payload: inDirectLine({
        text: '',
        entities: [
          { type: 'Place', geo: { type: 'GeoCoordinates', latitude: 48.1, longitude: -1.6 } },
        ],
      }),
      read: { input: { type: 'shared', location: { lat: 48.1, lon: -1.6 } } },
    },
    {
      title: 'that somebody added the bot',
      payload: inTeams({ type: 'conversationUpdate', text: undefined, membersAdded: [BOT] }),
      read: { input: { type: 'opened' } },
    },
    {
      title: 'an edited text',
      payload: inTeams({ type: 'messageUpdate' }),
      read: { input: { type: 'edited' } },
    },
    {
      title: 'that the bot was added, told in its own name',
      payload: inTeams({ type: 'conversationUpdate', from: BOT, membersAdded: [BOT] }),
      read: { input: { type: 'opened' } },
    },
    {
      title: 'that somebody came beside the bot',
      payload: inTeams({ type: 'conversationUpdate', membersAdded: [{ id: '29:other' }] }),
      read: undefined,
    },
    { title: 'a text of the bot itself', payload: inTeams({ from: BOT }), read: undefined },
    {
      title: 'a text of another bot',
      payload: inTeams({ from: { id: 'x', role: 'bot' } }),
      read: undefined,
    },
    { title: 'a text in a group', payload: inTeams({ conversation: GROUP }), read: undefined },
    { title: 'a reaction', payload: inTeams({ type: 'messageReaction' }), read: undefined },
    { title: 'that somebody is writing', payload: inTeams({ type: 'typing' }), read: undefined },
    { title: 'a call of a card', payload: inTeams({ type: 'invoke' }), read: undefined },
    { title: 'a text without a word', payload: inTeams({ text: '  ' }), read: undefined },
    { title: 'a text to nobody', payload: inTeams({ recipient: undefined }), read: undefined },
    { title: 'an empty object', payload: {}, read: undefined },
    { title: 'nothing', payload: null, read: undefined },
  ],
  failures: [
    failure({ status: 429, retryAfter: '7' }, 'throttled', 7_000),
    failure({ status: 429 }, 'throttled'),
    failure({ status: 412, code: 'PreconditionFailed' }, 'throttled'),
    failure({ status: 403, code: 'MessageWritesBlocked' }, 'blocked'),
    failure({ status: 403, code: 'BotNotInConversationRoster' }, 'unreachable'),
    failure({ status: 403 }, 'unreachable'),
    failure({ status: 404, code: 'ConversationNotFound' }, 'unreachable'),
    failure({ status: 401 }, 'misconfigured'),
    failure({ status: 400, code: 'BadSyntax' }, 'rejected'),
    failure({ status: 413, code: 'MessageSizeTooBig' }, 'rejected'),
    failure({ status: 500 }, 'in_doubt'),
    failure({ status: 502 }, 'in_doubt'),
    failure({ status: 503, retryAfter: '1' }, 'in_doubt'),
    {
      title: 'the connection is cut after the connector took the message',
      reason: 'in_doubt',
      arrange: (rig) => running.get(rig)?.microsoft.faults.push('cut'),
    },
  ],
});

function read(payload: unknown): Inbound | undefined {
  const arrival = readActivity(payload, NOW);
  return arrival?.type === 'inbound' ? arrival.inbound : undefined;
}

function failure(
  fault: Exclude<Fault, string>,
  reason: FailureReason,
  retryAfterMs?: number,
): ChannelUnderTest['failures'][number] {
  const { status, code } = fault;
  return {
    title: `the connector answers ${status}${code === undefined ? '' : `, ${code}`}`,
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    arrange: (rig) => running.get(rig)?.microsoft.faults.push(fault),
  };
}
