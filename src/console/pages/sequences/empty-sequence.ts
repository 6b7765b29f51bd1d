import type { MessageOptions, SequenceDraft, SequenceStepDraft } from '../../../staff/api.js';

/** A step like the one before it, which says nothing yet and leaves some days later. */
export function nextStep(
  before: SequenceStepDraft | undefined,
  { languages, channels }: MessageOptions,
): SequenceStepDraft {
  const words = Object.fromEntries(languages.map((language) => [language, '']));
  if (before === undefined) {
    return {
      after: { type: 'span', count: 2, unit: 'hours' },
      purpose: 'engagement',
      content: 'campaign',
      says: 'words',
      words,
      flow: '',
      skips: false,
      channels: channels.filter(({ isOn }) => isOn).map(({ name }) => name),
      urgent: false,
      cap: 'usual',
    };
  }
  const { after } = before;
  const days = after.type === 'day' ? after.days : after.unit === 'days' ? after.count : 0;
  return {
    ...before,
    after: { type: 'day', days: days + 2, time: after.type === 'day' ? after.time : '18:00' },
    says: 'words',
    words,
    flow: '',
  };
}

/** A sequence that welcomes whoever agrees, and says nothing yet. */
export function emptySequence(options: MessageOptions): SequenceDraft {
  return {
    name: '',
    start: { type: 'consent', value: 'engagement' },
    leave: { answered: true, segment: '' },
    steps: [nextStep(undefined, options)],
  };
}
