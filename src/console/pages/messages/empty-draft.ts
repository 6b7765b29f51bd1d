import type { MessageDraft, MessageOptions } from '../../../staff/api.js';

/** A message that says nothing yet, with what most reminders have. */
export function emptyDraft({ languages, channels, election }: MessageOptions): MessageDraft {
  return {
    name: '',
    purpose: 'vote',
    content: 'neutral',
    segment: '',
    says: 'words',
    words: Object.fromEntries(languages.map((language) => [language, ''])),
    flow: '',
    at:
      election === undefined
        ? { type: 'instant', at: '' }
        : { type: 'before', days: 1, time: '18:00', round: 1 },
    channels: channels.filter(({ isOn }) => isOn).map(({ name }) => name),
    urgent: false,
    cap: 'usual',
  };
}
