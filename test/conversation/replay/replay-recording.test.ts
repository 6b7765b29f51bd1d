import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  replayRecording,
  type ReplayedConversation,
} from '../../../src/conversation/replay/replay-recording.js';
import type { Recording } from '../../../src/conversation/replay/take-up.js';
import type { Effect } from '../../../src/engine/effect.js';
import type { Library } from '../../../src/engine/flow.js';
import { createRecorder, libraryWith, type Recorder } from './recorder.js';

const DAY = 86_400_000;

let now: Library;
/** The same, but that asking for help hands over to the team. */
let person: Library;
beforeAll(async () => {
  now = await libraryWith();
  person = await libraryWith({
    'flows/help.yaml': (text) =>
      text.replace('  - say: answer', '  - action: staff.handoff\n    id: hand\n  - say: answer'),
  });
});

function record(talk: (recorder: Recorder) => void, library = now, language = 'fr'): Recording {
  const recorder = createRecorder(library, language);
  talk(recorder);
  return recorder.recording();
}

function replay(draft: Library, recording: Recording): readonly ReplayedConversation[] {
  return replayRecording(now, draft, recording).conversations;
}

function signUp(recorder: Recorder): void {
  recorder.say('bonjour');
  recorder.choose('yes');
  recorder.say('Léa');
  recorder.say('lea@exemple.org');
  recorder.choose('climate', 'work');
  recorder.choose('no');
  recorder.say('75011');
  recorder.say('06 39 98 00 01');
}

const keysOf = (effects: readonly Effect[] | undefined): string[] | undefined =>
  effects?.flatMap((effect) => (effect.type === 'say' ? [`${effect.flow}.${effect.key}`] : []));

const differing = (conversations: readonly ReplayedConversation[]) =>
  conversations.filter(({ differs }) => differs !== undefined);

describe('a replay without a change', () => {
  test('finds no difference, and goes as it was recorded', () => {
    const [conversation, ...others] = replay(now, record(signUp));
    expect(others).toEqual([]);
    expect(conversation).toMatchObject({ isOlder: false, flows: ['welcome'] });
    expect(conversation?.differs).toBeUndefined();
    expect(conversation?.turns).toHaveLength(8);
  });

  test('splits what one supporter did where nothing is open any more', () => {
    const recording = record((recorder) => {
      signUp(recorder);
      recorder.pass(DAY);
      recorder.say('aide');
      recorder.say('STOP');
    });
    const conversations = replay(now, recording);
    expect(conversations.map(({ turns }) => turns.length)).toEqual([8, 1, 1]);
    expect(conversations.some(({ isOlder }) => isOlder)).toBe(false);
  });

  const step = fc.oneof(
    fc
      .constantFrom(
        'oui',
        'non',
        'Léa',
        'lea@exemple',
        'lea@exemple.org',
        'climat',
        '1',
        '75011',
        '22',
        'passer',
        'aide moi',
        'aide',
        'STOP',
        '/start',
        'shift',
        'bonjour',
        'english',
        'hm',
        '06 39 98 00 01',
      )
      .map((text) => (recorder: Recorder) => recorder.say(text)),
    fc
      .constantFrom('yes', 'no', 'climate', 's1', 'go_on', 'begin_again', '~skip')
      .map((value) => (recorder: Recorder) => recorder.choose(value)),
    fc.constant((recorder: Recorder) =>
      recorder.returns({ options: [{ value: 's1', label: 'A' }] }),
    ),
    fc.constant((recorder: Recorder) => recorder.returns()),
    fc.constant((recorder: Recorder) => recorder.reply('Oui ?')),
    fc.constant((recorder: Recorder) => recorder.giveBack()),
    fc.constant((recorder: Recorder) => recorder.happen({ type: 'sent', media: 'photo' })),
    fc.constant((recorder: Recorder) => recorder.happen({ type: 'started', flow: 'shift' })),
    fc
      .constantFrom(1_000, 40_000, DAY, 3 * DAY, 80 * DAY)
      .map((ms) => (recorder: Recorder) => recorder.pass(ms)),
  );

  test('finds no difference in any conversation', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.boolean(), (steps, isOpened) => {
        const recording = record((recorder) => {
          if (isOpened) recorder.open();
          for (const take of steps) take(recorder);
        }, person);
        const { conversations, turns, skipped } = replayRecording(person, person, recording);
        expect(differing(conversations)).toEqual([]);
        expect(conversations.filter(({ isOlder }) => isOlder)).toEqual([]);
        expect({ turns, skipped }).toEqual({ turns: recording.rows.length, skipped: 0 });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a replay of a draft', () => {
  const said = async (path: string, from: string, to: string): Promise<Library> =>
    libraryWith({ [path]: (text) => text.replace(from, to) });

  test('shows a sentence that changed, in the language it changed in and in no other', async () => {
    const draft = await said('locales/en/welcome.yaml', 'What is your first name?', 'Who are you?');
    expect(differing(replay(draft, record(signUp)))).toEqual([]);
    const [conversation] = replay(draft, record(signUp, now, 'en'));
    expect(conversation).toMatchObject({ differs: 1, isOlder: false });
    const turns = conversation?.turns ?? [];
    // The rest is replayed to its end, and is as it was.
    expect(turns.filter(({ isSame }) => !isSame)).toHaveLength(1);
    expect(turns[1]?.recorded?.at(-1)).toMatchObject({ text: 'What is your first name?' });
    expect(turns[1]?.draft?.at(-1)).toMatchObject({ text: 'Who are you?' });
    expect(turns).toHaveLength(8);
  });

  test('shows a button that changed', async () => {
    const draft = await said('locales/fr/welcome.yaml', 'work: Travail', 'work: Emploi');
    const [conversation] = replay(draft, record(signUp));
    expect(conversation).toMatchObject({ differs: 3 });
    // What was chosen is the same choice still, and the last words tell of it.
    expect(keysOf(conversation?.turns[4]?.draft)).toEqual(['welcome.news.ask']);
    expect(conversation?.turns.map(({ isSame }) => isSame)).toEqual([
      true,
      true,
      true,
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test('passes over the answer to a step that is gone, and goes on at the next', async () => {
    const draft = await libraryWith({
      'flows/welcome.yaml': (text) => text.replace(/ {2}- collect: news[^]*?email }\n/, ''),
      'locales/fr/welcome.yaml': (text) => text.replace(/^news:\n(?: .*\n)*/m, ''),
      'locales/en/welcome.yaml': (text) => text.replace(/^news:\n(?: .*\n)*/m, ''),
    });
    const [conversation] = replay(draft, record(signUp));
    expect(conversation).toMatchObject({ differs: 4 });
    expect(conversation?.turns.slice(4).map(({ draft: effects }) => keysOf(effects))).toEqual([
      ['welcome.postcode.ask'],
      undefined,
      ['welcome.phone.ask'],
      ['welcome.thanks'],
    ]);
    expect(conversation?.left).toBeUndefined();
  });

  test('tells where it stands when it asks what nobody answered', async () => {
    const draft = await libraryWith({
      'flows/welcome.yaml': (text) =>
        text.replace('  - collect: news', '  - collect: town\n    type: text\n  - collect: news'),
      'locales/fr/welcome.yaml': (text) => `${text}town: { ask: Quelle ville ? }\n`,
      'locales/en/welcome.yaml': (text) => `${text}town: { ask: Which town? }\n`,
    });
    const recording = record((recorder) => {
      signUp(recorder);
      recorder.say('aide');
    });
    const [conversation, later] = replay(draft, recording);
    expect(conversation).toMatchObject({ differs: 4, left: 'welcome.town' });
    expect(keysOf(conversation?.turns[5]?.draft)).toBeUndefined();
    // What comes after the conversation is not held up by it.
    expect(later?.differs).toBeUndefined();
    expect(keysOf(later?.turns[0]?.draft)).toEqual(keysOf(later?.turns[0]?.recorded));
  });

  test('hears STOP wherever it stands', async () => {
    const draft = await libraryWith({
      'flows/welcome.yaml': (text) =>
        text
          .replace('then: name', 'then: town')
          .replace('  - collect: name', '  - collect: town\n    type: text\n  - collect: name'),
      'locales/fr/welcome.yaml': (text) => `${text}town: { ask: Quelle ville ? }\n`,
      'locales/en/welcome.yaml': (text) => `${text}town: { ask: Which town? }\n`,
    });
    const [conversation] = replay(
      draft,
      record((recorder) => {
        recorder.say('bonjour');
        recorder.say('oui');
        recorder.say('Léa');
        recorder.say('STOP');
      }),
    );
    expect(keysOf(conversation?.turns[2]?.draft)).toBeUndefined();
    const last = conversation?.turns.at(-1);
    expect(keysOf(last?.draft)).toEqual(keysOf(last?.recorded));
  });

  test('gives results to the actions that asked for them, whatever their number', async () => {
    const volunteer = (recorder: Recorder): void => {
      recorder.say('bonjour');
      recorder.say('non');
      recorder.say('shift');
      recorder.returns({ options: [{ value: 's1', label: 'Lundi' }] });
      recorder.choose('s1');
      recorder.say('30');
      recorder.returns({ place: 'Mairie' });
    };
    const draft = await libraryWith({
      'flows/shift.yaml': (text) =>
        text.replace(
          '  - action: volunteer.offer_shifts',
          '  - action: supporter.tag\n    id: tag\n    with: { tag: \'"v"\' }\n  - action: volunteer.offer_shifts',
        ),
    });
    const recording = record(volunteer);
    expect(differing(replay(now, recording))).toEqual([]);
    const conversation = differing(replay(draft, recording))[0];
    expect(conversation?.turns.map(({ isSame }) => isSame)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(keysOf(conversation?.turns.at(-1)?.draft)).toEqual(['shift.signed']);
  });

  test('lets a timer of its own go off, and follows the recording with the others', async () => {
    const talk = (recorder: Recorder): void => {
      recorder.say('bonjour');
      recorder.say('non');
      recorder.say('shift');
      recorder.returns({ options: [{ value: 's1', label: 'Lundi' }] });
      recorder.choose('s1');
      recorder.say('30');
      recorder.returns({ place: 'Mairie' });
      recorder.pass(80 * DAY);
      recorder.say('oui');
    };
    const recording = record(talk);
    expect(differing(replay(now, recording))).toEqual([]);
    const sooner = await said('flows/shift.yaml', 'remind_in: 1d', 'remind_in: 2h');
    const conversation = differing(replay(sooner, recording))[0];
    const turn = conversation?.turns[conversation.differs ?? 0];
    expect(turn?.recorded).toBeUndefined();
    expect(keysOf(turn?.draft)).toEqual(['shift.coming.ask']);
  });

  test('sees what is kept and agreed to, not only what is said', async () => {
    const other = await said('flows/welcome.yaml', 'into: supporter.phone', 'attempts: 2');
    expect(differing(replay(other, record(signUp)))[0]).toMatchObject({ differs: 7 });
  });

  test('tells what older flows recorded from what the draft changes', async () => {
    const older = await said('locales/fr/welcome.yaml', 'Merci {name}', 'Grand merci {name}');
    const recording = record(signUp, older);
    const [same] = replay(now, recording);
    expect(same).toMatchObject({ isOlder: true });
    expect(same?.differs).toBeUndefined();
    const draft = await said('locales/fr/welcome.yaml', 'Très bien.', 'Bien.');
    expect(differing(replay(draft, recording))).toEqual([]);
  });
});

describe('a recording', () => {
  const withTeam = (recorder: Recorder): void => {
    recorder.say('bonjour');
    recorder.say('non');
    recorder.say('aide moi');
    recorder.say('Vous êtes là ?');
    recorder.reply('Oui, je vous écoute.');
    recorder.say('oui');
    recorder.giveBack();
    recorder.say('shift');
  };

  test('has turns that belong to the team, which no flow answers', async () => {
    const recording = record(withTeam, person);
    expect(recording.rows.map(({ staff }) => staff)).toEqual(
      expect.arrayContaining(['held', 'replied', 'given_back']),
    );
    const { conversations } = replayRecording(person, person, recording);
    expect(conversations.filter(({ isOlder }) => isOlder)).toEqual([]);
    expect(differing(conversations)).toEqual([]);
  });

  test('whose beginning is no longer kept is taken up where nothing is open', async () => {
    const whole = record((recorder) => {
      signUp(recorder);
      recorder.say('shift');
      recorder.returns();
    });
    // Kept are the end of the sign-up and all of what came after.
    const rows = whole.rows.slice(5);
    const { conversations, turns, skipped } = replayRecording(now, now, { ...whole, rows });
    expect({ turns, skipped }).toEqual({ turns: 2, skipped: 3 });
    expect(conversations).toHaveLength(1);
    expect(conversations[0]).toMatchObject({ isOlder: false, flows: ['shift'] });
    expect(replayRecording(now, now, { ...whole, rows: whole.rows.slice(5, 7) })).toMatchObject({
      conversations: [],
      skipped: 2,
    });
    expect(replayRecording(now, now, { ...whole, rows: [] }).skipped).toBe(0);
  });

  test('without languages is replayed in the one it was agreed in', () => {
    const { supporter, rows } = record(signUp, now, 'en');
    const old = rows.map(({ language: _language, ...row }) => row);
    const [conversation] = replay(now, { supporter: { ...supporter, language: 'fr' }, rows: old });
    expect(conversation).toMatchObject({ isOlder: false });
  });
});
