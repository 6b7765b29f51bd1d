import { beforeAll, describe, expect, test } from '@jest/globals';
import { formatConversation } from '../../../src/conversation/replay/format-conversation.js';
import { replayRecording } from '../../../src/conversation/replay/replay-recording.js';
import type { Library } from '../../../src/engine/flow.js';
import { createRecorder, libraryWith, type Recorder } from './recorder.js';

let now: Library;
beforeAll(async () => {
  now = await libraryWith();
});

async function show(
  edits: Parameters<typeof libraryWith>[0],
  talk: (recorder: Recorder) => void,
): Promise<string> {
  const recorder = createRecorder(now, 'en');
  talk(recorder);
  const { conversations } = replayRecording(now, await libraryWith(edits), recorder.recording());
  const [differing] = conversations.filter(({ differs }) => differs !== undefined);
  return differing === undefined ? '' : formatConversation(differing);
}

function signUp(recorder: Recorder): void {
  recorder.say('hello');
  recorder.choose('yes');
  recorder.say('Lea');
  recorder.say('lea@example.org');
  recorder.choose('climate', 'work');
  recorder.choose('no');
  recorder.say('75011');
  recorder.say('06 39 98 00 01');
}

describe('a conversation that goes another way', () => {
  test('is shown side by side, and what is alike only around it', async () => {
    const text = await show(
      {
        'locales/en/welcome.yaml': (words) =>
          words.replace('What is your first name?', 'And how may we call you, if we may ask?'),
      },
      signUp,
    );
    expect(text).toBe(
      [
        '2030-01-01 12:00 UTC, web, 8 turns',
        '  they                      recorded                                  draft',
        '  hello                     Hello! I am the automatic assistant of    Hello! I am the automatic assistant of',
        '                            Demain Saint-Martin.                      Demain Saint-Martin.',
        '                            May we keep your answers? [Yes] [No]      May we keep your answers? [Yes] [No]',
        '✗ [yes]                     consent to engagement: yes                consent to engagement: yes',
        '                            What is your first name?                  And how may we call you, if we may ask?',
        '  Lea                       keep first_name                           keep first_name',
        '                            What is your e-mail address? [Later]      What is your e-mail address? [Later]',
        '  lea@example.org           keep email                                keep email',
        '                            do email.confirm                          do email.confirm',
        '                            Which subjects matter to you? [Climate]   Which subjects matter to you? [Climate]',
        '                            [Health] [Schools] [Work]                 [Health] [Schools] [Work]',
        '  … 4 turns alike',
      ].join('\n'),
    );
  });

  test('says what is not asked, and where the draft was left', async () => {
    const text = await show(
      {
        'flows/welcome.yaml': (flow) =>
          flow.replace(
            '  - collect: phone',
            '  - collect: town\n    type: text\n  - collect: phone',
          ),
        'locales/en/welcome.yaml': (words) => `${words}town: { ask: Which town? }\n`,
        'locales/fr/welcome.yaml': (words) => `${words}town: { ask: Quelle ville ? }\n`,
      },
      signUp,
    );
    expect(text).toMatch(/^✗ 75011 .*keep postal_code\n.*Your phone number\? +Which town\?$/m);
    expect(text).toMatch(/^✗ 06 39 98 00 01 .*\(not asked\)$/m);
    expect(text).toMatch(/The draft stands at welcome\.town, to which nothing was recorded\.$/);
  });

  test('shows no text that would move the cursor of a terminal', async () => {
    const text = await show(
      { 'locales/en/welcome.yaml': (words) => words.replace('I did not see', 'There is not') },
      (recorder) => {
        recorder.say('hello');
        recorder.choose('yes');
        recorder.say('12\u001b[2J\n34');
      },
    );
    expect(text).toContain('✗ 12[2J 34');
    expect(text).not.toContain('\u001b');
  });
});
