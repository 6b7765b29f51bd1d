import { doubtAllowed, isPassed, type Result } from '../result.js';
import { resultAsJson } from './as-json.js';
import { FIGURES } from './figures.js';

const MOST_LISTED = 20;

/** A rehearsal as people read it. */
export function resultAsText(result: Result): string {
  const all = resultAsJson(result);
  const { comparison, rehearsal } = result;
  const rows = [
    ['', ...FIGURES, 'seconds'],
    ...Object.entries(all.channels).map(([name, one]) => [
      name,
      ...FIGURES.map((figure) => number(one[figure])),
      one.lastAfterSeconds === undefined ? '' : number(one.lastAfterSeconds),
    ]),
    ['all', ...FIGURES.map((figure) => number(all[figure])), number(all.seconds)],
  ];
  const { replies } = all;
  const doubted = comparison.doubted.slice(0, MOST_LISTED);
  const arrived = comparison.doubted.filter((one) => one.arrived).length;
  return [
    verdict(result),
    '',
    ...columns(rows),
    '',
    `${number(rehearsal.supporters)} supporters, ${rehearsal.processes ? 'four processes' : 'one process'}, faults: ${rehearsal.faults}, ${result.kills} kills.`,
    `In doubt ${number(all.unknown)}, of which ${number(arrived)} arrived; ${number(doubtAllowed(result))} are explained by kills (50 each) and lost connections (1 each).`,
    ...doubted.map(
      (one) => `  ${one.supporter}  ${one.channel}  ${one.arrived ? 'arrived' : 'did not arrive'}`,
    ),
    ...(comparison.doubted.length > MOST_LISTED ? ['  … (--json lists them all)'] : []),
    `${number(replies.answered)} of ${number(replies.asked)} who wrote meanwhile were answered${
      replies.p50Ms === undefined
        ? ''
        : `, half within ${number(replies.p50Ms)} ms, 99 % within ${number(replies.p99Ms)} ms`
    }.`,
    ...all.outages.map(
      ({ of, afterSeconds, seconds }) =>
        `  ${of} was away for ${seconds.toFixed(1)} s, ${afterSeconds.toFixed(0)} s after the start`,
    ),
    '',
  ].join('\n');
}

function verdict(result: Result): string {
  if (result.isUnfinished) return 'Not passed: the program did not come to an end.';
  return isPassed(result)
    ? 'Passed: nothing was lost and nothing doubled.'
    : 'Not passed: look at lost and doubled.';
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  '),
  );
}

function number(value: number | undefined): string {
  return (value ?? 0).toLocaleString('en', { maximumFractionDigits: 1 });
}
