// How long recorded turns take to be replayed against a draft: read from an embedded store, taken by the
// flows in force and by the draft, and compared.
//   node --import tsx scripts/bench/replay.ts [--json] [--turns 10000] [--rounds 3]
import { parseArgs } from 'node:util';
import { replayJournal } from '../../src/conversation/replay/replay-journal.js';
import { openJournal } from '../../src/supporters/journal.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import { createRecorder, libraryWith } from '../../test/conversation/replay/recorder.js';
import { openHere } from '../../test/store/support.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    turns: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
  },
});

const ANSWERS = ['bonjour', 'oui', 'Léa', 'lea@exemple.org', 'climat', 'non', '75011'];
const LAST = '06 39 98 00 01';
const TURNS = ANSWERS.length + 1;

async function main(): Promise<void> {
  const now = await libraryWith();
  const draft = await libraryWith({
    'locales/fr/welcome.yaml': (text) => text.replace('Quel est votre prénom', 'Qui êtes-vous'),
  });
  const recorder = createRecorder(now);
  for (const text of [...ANSWERS, LAST]) recorder.say(text);
  const { supporter, rows } = recorder.recording();

  const { store, close } = await openHere();
  const journal = openJournal(store.connection);
  const supporters = openSupporters(store.connection);
  for (const { table } of [journal, supporters]) await table.createIndexes();
  const people = Math.ceil(Number(values.turns) / TURNS);
  for (let person = 0; person < people; person += 1) {
    const id = `s${person}`;
    await supporters.table.insert({ ...supporter, _id: id });
    await journal.table.insertAll(
      rows.map((row) => ({ ...row, _id: `${id}:${row.turn}`, supporter: id })),
    );
  }

  const seconds: number[] = [];
  let turns = 0;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const began = performance.now();
    const summary = await replayJournal({
      journal,
      supporters,
      now,
      draft,
      flows: ['welcome'],
      turns: people * TURNS,
    });
    seconds.push((performance.now() - began) / 1_000);
    if (summary.changed.length !== people) throw new Error('The change was not seen everywhere.');
    turns = summary.turns;
  }
  await close();
  const median = seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? NaN;
  const result = { turns, seconds: median, turnsPerSecond: Math.round(turns / median) };
  process.stdout.write(
    values.json
      ? `${JSON.stringify(result)}\n`
      : `${turns} recorded turns replayed in ${median.toFixed(2)} s: ${result.turnsPerSecond} turns/s\n`,
  );
}

void main();
