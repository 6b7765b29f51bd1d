// One turn of an eight-turn sign-up: our engine beside two that developers pick today, each in a
// process of its own, in turn, over several rounds; replies must be the same, to the letter.
//   node --import tsx scripts/bench/engine.ts [--json] [--conversations 10000]
//     [--peer-conversations 2000] [--rounds 3]
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { LONG, SIGN_UP, type Measure } from './engine/measure.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    conversations: { type: 'string', default: '10000' },
    'peer-conversations': { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
  },
});
const FOLDER = join(__dirname, 'engine');
const OURS = 'ours.ts';
const ENGINES = [OURS, 'botbuilder.mjs', 'grammy.mjs'];
const run = promisify(execFile);

type Result = Omit<Measure, 'replies' | 'longReplies'>;

async function main(): Promise<void> {
  const measures: Measure[][] = ENGINES.map(() => []);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [index, file] of ENGINES.entries()) {
      const measured = await measureIn(file);
      measures[index]?.push(measured);
      note(`round ${round + 1}: ${measured.name} ${measured.cpuMicrosPerTurn.toFixed(1)} µs`);
    }
  }
  compareReplies(measures.flat());
  const [ours, ...peers] = measures.map(summary);
  if (ours === undefined) throw new Error('there is no engine to measure');
  const ratios = peers.map((peer) => ({
    name: peer.name,
    cpu: peer.cpuMicrosPerTurn / ours.cpuMicrosPerTurn,
    state: peer.stateBytes / ours.stateBytes,
  }));
  if (values.json) {
    const turns = { signUp: SIGN_UP.length, long: LONG.length };
    print(
      JSON.stringify({
        conversations: Number(values.conversations),
        peerConversations: Number(values['peer-conversations']),
        rounds: Number(values.rounds),
        turns,
        engines: [ours, ...peers],
        ratios,
      }),
    );
  } else {
    printTable([ours, ...peers], ours);
  }
}

async function measureIn(file: string): Promise<Measure> {
  const conversations = file === OURS ? values.conversations : values['peer-conversations'];
  const args = ['--import', 'tsx', join(FOLDER, file), conversations];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1 << 24 });
  const measured: Measure = JSON.parse(stdout);
  return measured;
}

function compareReplies(measures: readonly Measure[]): void {
  const [first, ...others] = measures.map(({ replies, longReplies }) => [replies, longReplies]);
  for (const [index, other] of others.entries()) {
    if (JSON.stringify(other) === JSON.stringify(first)) continue;
    throw new Error(`${measures[index + 1]?.name} does not reply as ${measures[0]?.name} does`);
  }
}

/** The median of each number over the rounds. */
function summary(rounds: readonly Measure[]): Result {
  const median = (pick: (measure: Measure) => number): number => {
    const sorted = rounds.map(pick).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  };
  return {
    name: rounds[0]?.name ?? '',
    cpuMicrosPerTurn: median(({ cpuMicrosPerTurn }) => cpuMicrosPerTurn),
    turnsPerSecond: median(({ turnsPerSecond }) => turnsPerSecond),
    stateBytes: median(({ stateBytes }) => stateBytes),
    lateOverEarly: median(({ lateOverEarly }) => lateOverEarly),
  };
}

function printTable(results: readonly Result[], ours: Result): void {
  print(row('engine', 'CPU µs a turn', 'turns/s', 'state bytes', 'turn 40 : turn 8', 'CPU : ours'));
  for (const result of results) {
    print(
      row(
        result.name,
        result.cpuMicrosPerTurn.toFixed(1),
        Math.round(result.turnsPerSecond).toLocaleString('en'),
        String(result.stateBytes),
        result.lateOverEarly.toFixed(2),
        (result.cpuMicrosPerTurn / ours.cpuMicrosPerTurn).toFixed(1),
      ),
    );
  }
}

function row(name: string, ...numbers: readonly string[]): string {
  return name.padEnd(22) + numbers.map((number) => number.padStart(18)).join('');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function note(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${line}\n`);
}

void main();
