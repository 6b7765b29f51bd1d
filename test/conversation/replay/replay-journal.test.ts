import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { replayJournal } from '../../../src/conversation/replay/replay-journal.js';
import type { Library } from '../../../src/engine/flow.js';
import { openJournal, type Journal } from '../../../src/supporters/journal.js';
import { openSupporters, type Supporters } from '../../../src/supporters/supporters.js';
import { openHere } from '../../store/support.js';
import { createRecorder, libraryWith, type Recorder } from './recorder.js';

let close: () => Promise<void>;
let journal: Journal;
let supporters: Supporters;
let now: Library;
beforeEach(async () => {
  const opened = await openHere();
  close = opened.close;
  journal = openJournal(opened.store.connection);
  supporters = openSupporters(opened.store.connection);
  for (const { table } of [journal, supporters]) await table.createIndexes();
  now = await libraryWith();
});
afterEach(() => close());

/** Keeps what somebody did, `minutes` after the first of all. */
async function keep(
  id: string,
  minutes: number,
  talk: (recorder: Recorder) => void,
): Promise<void> {
  const recorder = createRecorder(now);
  talk(recorder);
  const { supporter, rows } = recorder.recording();
  const later = (at: Date): Date => new Date(at.getTime() + minutes * 60_000);
  await supporters.table.insert({ ...supporter, _id: id, created_at: later(supporter.created_at) });
  await journal.table.insertAll(
    rows.map((row) => ({ ...row, _id: `${id}:${row.turn}`, supporter: id, at: later(row.at) })),
  );
}

function refuse(recorder: Recorder): void {
  recorder.say('bonjour');
  recorder.say('non');
}

function hesitate(recorder: Recorder): void {
  recorder.say('bonjour');
  recorder.say('hm');
  recorder.say('non');
}

function volunteer(recorder: Recorder): void {
  refuse(recorder);
  recorder.say('shift');
  recorder.returns();
}

const goodbye = (): Promise<Library> =>
  libraryWith({ 'locales/fr/welcome.yaml': (text) => text.replace('Bonne journée', 'À bientôt') });

describe('a replay of the journal', () => {
  test('sums up what differs, with the shortest example of each difference', async () => {
    await keep('s1', 0, hesitate);
    await keep('s2', 1, refuse);
    await keep('s3', 2, (recorder) => recorder.say('bonjour'));
    let told = 0;
    const summary = await replayJournal({
      journal,
      supporters,
      now,
      draft: await goodbye(),
      flows: ['welcome'],
      progress: (turns) => (told = turns),
    });
    expect(summary).toMatchObject({
      conversations: 3,
      turns: 6,
      skipped: 0,
      concerned: 3,
      older: 0,
      differences: [{ conversations: 2, sentence: 'welcome.goodbye differs' }],
    });
    expect(summary.changed.map(({ supporter }) => supporter).sort()).toEqual(['s1', 's2']);
    expect(summary.differences[0]?.example.supporter).toBe('s2');
    expect(told).toBe(6);
  });

  test('takes the conversations of the flows before others, the last before earlier ones', async () => {
    await keep('early', 0, volunteer);
    await keep('late', 10, volunteer);
    for (let index = 0; index < 10; index += 1) await keep(`other${index}`, 20 + index, refuse);
    const replay = (turns: number) =>
      replayJournal({ journal, supporters, now, draft: now, flows: ['shift'], turns });
    // One recording of four turns is enough for the first, and none is cut short.
    expect(await replay(4)).toMatchObject({ turns: 4, concerned: 1 });
    expect(await replay(5)).toMatchObject({ turns: 8, concerned: 2 });
    expect(await replay(1_000)).toMatchObject({ turns: 28, concerned: 2 });
  });

  test('tells of turns that cannot be replayed, and of nothing where nothing is recorded', async () => {
    const flows = ['welcome'];
    const nothing = await replayJournal({ journal, supporters, now, draft: now, flows });
    expect(nothing).toMatchObject({ conversations: 0, turns: 0, changed: [] });
    await keep('s1', 0, hesitate);
    await journal.table.remove({ turn: 1 });
    const cut = await replayJournal({ journal, supporters, now, draft: now, flows });
    expect(cut).toMatchObject({ conversations: 0, turns: 0, skipped: 2 });
  });
});
