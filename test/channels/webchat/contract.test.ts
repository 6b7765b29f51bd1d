import { readActivity } from '../../../src/channels/webchat/read-activity.js';
import { Refusal } from '../../../src/channels/webchat/refusal.js';
import { testChannelContract, type Rig } from '../channel-contract.js';
import { NOON, openStream, SECRET, startChat } from './running-chat.js';

testChannelContract({
  name: 'web chat',
  secrets: [SECRET],
  // It stores what it sends; only the store can fail it, which is in doubt.
  failures: [],
  async start(receive): Promise<Rig> {
    const running = await startChat({ receive });
    const opened = await running.open();
    const stream = await openStream(opened.streamUrl ?? '');
    let posts = 0;
    return {
      channel: running.chat,
      address: opened.conversationId,
      inbounds: running.inbounds,
      async say(text) {
        const channelData = { clientActivityID: `p${(posts += 1)}` };
        const { status } = await running.post(opened, { type: 'message', text, channelData });
        return status === 200 ? 'taken' : 'to be brought again';
      },
      shown: () =>
        // As a client has it after a poll: everything that is in the log.
        running.log.stored(opened.conversationId).flatMap((activity) => {
          if (activity.from.role !== 'bot') return [];
          const { text = '', suggestedActions } = activity;
          return [{ text, choices: suggestedActions?.actions.map(({ title }) => title) ?? [] }];
        }),
      told: () => running.reported.map(String),
      async close() {
        stream.socket.terminate();
        await running.close();
      },
    };
  },
  read(payload) {
    try {
      return readActivity(payload, 'c1', 'dl_1', NOON, 'spare');
    } catch (error) {
      // A refusal is an answer to the client, and nothing for us.
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  },
  recorded: [
    {
      title: 'words typed in Microsoft’s web chat',
      payload: {
        type: 'message',
        channelData: { attachmentSizes: [], clientActivityID: 'x3f9k' },
        text: 'Bonjour',
        textFormat: 'plain',
        channelId: 'webchat',
        from: { id: 'dl_other', name: '', role: 'user' },
        locale: 'fr-FR',
        attachments: [],
      },
      read: { address: 'c1', locale: 'fr', input: { type: 'said', text: 'Bonjour' } },
    },
    {
      title: 'a pressed button',
      payload: {
        type: 'message',
        text: 'Climat',
        value: 'choose:4:climate',
        channelData: { clientActivityID: 'b2', messageBack: { displayText: 'Climat' } },
      },
      read: { input: { type: 'chose', turn: 4, values: ['climate'] } },
    },
    { title: 'typing', payload: { type: 'typing', from: { id: 'dl_1' } }, read: undefined },
    { title: 'an event', payload: { type: 'event', name: 'webchat/join' }, read: undefined },
    { title: 'an empty message', payload: { type: 'message', text: ' ' }, read: undefined },
    { title: 'no activity at all', payload: null, read: undefined },
    { title: 'an empty object', payload: {}, read: undefined },
  ],
});
