import { describe, expect, test } from '@jest/globals';
import { checkSequence, sequenceDraftOf } from '../../../src/outreach/sequences/check-sequence.js';
import type { SequenceDraft } from '../../../src/outreach/sequences/sequence-draft.js';
import { readCampaign } from '../messages/sample.js';

const context = {
  campaign: readCampaign(),
  flows: new Map(),
  segments: new Set(['donors']),
};
const STEP: SequenceDraft['steps'][number] = {
  after: { type: 'span', count: 2, unit: 'hours' },
  purpose: 'engagement',
  content: 'campaign',
  says: 'words',
  words: { fr: 'Bonjour "toi" : {firstName, select, none {} other { {firstName}}}', en: 'Hello' },
  flow: '',
  skips: false,
  channels: ['web', 'telegram'],
  urgent: true,
  cap: { messages: 2, days: 7 },
};
const DRAFT: SequenceDraft = {
  name: 'Welcome: "all"',
  start: { type: 'consent', value: 'engagement' },
  leave: { answered: true, segment: 'donors' },
  steps: [
    STEP,
    { ...STEP, after: { type: 'day', days: 3, time: '18:00' }, skips: true, cap: 'none' },
  ],
};

describe('a sequence in a form', () => {
  test.each<SequenceDraft['start']>([
    { type: 'consent', value: 'vote' },
    { type: 'tag', value: 'door' },
    { type: 'signup', value: 'completed' },
    { type: 'silent', value: '30' },
    { type: 'donation' },
    { type: 'field', field: 'fields.pledged', value: '' },
    { type: 'field', field: 'fields.pledged', value: '20' },
    { type: 'field', field: 'fields.pledged', value: 'next week' },
  ])('is read as its file would be, and shown again as it was: %j', (start) => {
    const { sequence, problems } = checkSequence({ ...DRAFT, start }, context);
    expect(problems).toEqual([]);
    expect(sequence && sequenceDraftOf(sequence)).toEqual({ ...DRAFT, start });
  });

  test('tells every mistake by its field', () => {
    const draft: SequenceDraft = {
      name: ' ',
      start: { type: 'tag', value: '' },
      leave: { answered: false, segment: 'gone' },
      steps: [
        { ...STEP, words: { fr: 'Bonjour {nobody}', en: '' } },
        { ...STEP, channels: [] },
        { ...STEP, says: 'flow', flow: 'gone' },
      ],
    };
    const { sequence, problems } = checkSequence(draft, context);
    expect(sequence).toBeUndefined();
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'name missing',
      'start missing',
      'steps.0.words.en missing',
      'steps.1.channels missing',
      'leave unknown-field',
      'steps.0.words.fr unknown-icu-argument',
      'steps.2.flow unknown-flow',
    ]);
    expect(checkSequence({ ...DRAFT, steps: [] }, context).problems).toMatchObject([
      { field: 'steps', code: 'missing' },
    ]);
    expect(
      checkSequence({ ...DRAFT, start: { type: 'silent', value: 'often' } }, context).problems,
    ).toMatchObject([{ field: 'start' }]);
  });
});
