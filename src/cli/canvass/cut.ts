import { makeTurfs } from '../../canvass/turf/make-turfs.js';
import { planInThread } from '../../canvass/turf/plan-in-thread.js';
import { ownerName } from '../../conversation/sweep.js';
import { openLeases } from '../../store/leases.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { withCanvass } from './with-canvass.js';

type Options = {
  readonly turfs?: string;
  readonly size?: string;
  readonly station?: readonly string[];
  readonly reach?: string;
  readonly json?: boolean;
};

/** So long a cut that died keeps others out. */
const LEASE_MS = 120_000;
const MOST_TURFS = 50_000;
const SIZES = [5, 1_000] as const;
const REACHES = [20, 2_000] as const;

const OFF = {
  building: 'a building alone is larger',
  island: 'out of reach of the others, and not to be divided evenly',
  uneven: 'no even cut keeps buildings and turfs whole',
} as const;

/** `portevoix canvass cut`. */
export async function cut(options: Options): Promise<void> {
  const wanted = wantedOf(options);
  const reach =
    options.reach === undefined ? {} : { reach: numberIn(options.reach, '--reach', REACHES) };
  const { station: stations } = options;
  await withCanvass(async ({ connection, doors, turfs }) => {
    const now = (): number => Date.now();
    const made = await makeTurfs(
      {
        doors,
        turfs,
        lease: openLeases(connection, now).named(ownerName(), 'canvass cut', LEASE_MS),
        // A lease can only be held while this thread is free.
        plan: planInThread,
        now,
        ...(process.stderr.isTTY ? { progress: showProgress } : {}),
      },
      { wanted, ...reach, ...(stations === undefined ? {} : { stations }) },
    );
    if (made.type === 'refused') throw new Refusal(refusals(stations)[made.reason]);
    const sizes = made.cut.turfs.map((turf) => turf.doors.length);
    const off = made.cut.turfs.flatMap((turf, at) =>
      turf.off === undefined
        ? []
        : [{ turf: made.names[at] ?? '', doors: turf.doors.length, off: turf.off }],
    );
    const summary = {
      turfs: sizes.length,
      doors: sizes.reduce((sum, size) => sum + size, 0),
      size: Math.round(made.cut.size),
      smallest: Math.min(...sizes),
      largest: Math.max(...sizes),
      islands: made.cut.islands,
      replaced: made.replaced,
      kept: made.kept,
      kept_doors: made.keptDoors,
      off,
    };
    if (options.json === true) return write(`${JSON.stringify(summary)}\n`);
    await write(
      `${summary.turfs} turfs of ${summary.smallest} to ${summary.largest} doors (${summary.size} wanted), ${summary.doors} doors in all.\n`,
    );
    if (made.replaced > 0) await write(`${made.replaced} free turfs were cut anew.\n`);
    if (made.kept > 0) {
      await write(
        `${made.kept} turfs that are begun, done or reserved stay, with ${made.keptDoors} doors.\n`,
      );
    }
    for (const one of off) await write(`  ${one.turf}: ${one.doors} doors, ${OFF[one.off]}\n`);
  });
}

function wantedOf({ turfs, size }: Options): { turfs: number } | { size: number } {
  if ((turfs === undefined) === (size === undefined)) {
    throw new Refusal('Say either --turfs, how many, or --size, how many doors each should have.');
  }
  return turfs === undefined
    ? { size: numberIn(size ?? '', '--size', SIZES) }
    : { turfs: numberIn(turfs, '--turfs', [1, MOST_TURFS]) };
}

function numberIn(text: string, option: string, [least, most]: readonly [number, number]): number {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
  if (!(number >= least && number <= most)) {
    throw new Refusal(`${option} is a whole number from ${least} to ${most}.`);
  }
  return number;
}

function refusals(stations: readonly string[] | undefined) {
  return {
    no_doors:
      stations === undefined
        ? 'There are no doors yet: take them in with `portevoix import doors`.'
        : `No door lies in ${stations.join(', ')}: codes are those of the doors’ file, such as 35238_0001.`,
    none_left: 'Every door is in a turf that is begun, done or reserved already.',
    busy: 'Another cut is under way, or volunteers take turfs right now: try again in a moment.',
  };
}

function showProgress(done: number, all: number): void {
  process.stderr.write(`\r${done} of ${all} turfs${done === all ? '\n' : ''}`);
}
