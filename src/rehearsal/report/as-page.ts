import { isPassed, type Result } from '../result.js';
import { resultAsJson } from './as-json.js';
import { FIGURES } from './figures.js';
import { drawPlot, type Plot } from './draw-plot.js';
import { STYLE } from './page-style.js';
import { countPerStep } from './per-second.js';

/** A plot has about so many points. */
const POINTS = 200;
/** A rate so many times what was sent is not drawn. */
const FAR = 1.5;
/** What went wrong is listed up to here. */
const MOST_LISTED = 500;

/** A rehearsal as a page with plots that stands alone: it loads nothing and runs nothing. */
export function resultAsPage(result: Result): string {
  const all = resultAsJson(result);
  const { comparison, rehearsal } = result;
  const passed = isPassed(result);
  const span = spanOf(result);
  const aways = result.outages.map(({ of, from, until }) => ({
    of,
    from: (from - span.from) / 1_000,
    until: (until - span.from) / 1_000,
  }));
  const seconds = (span.until - span.from) / 1_000;
  const { replies } = all;
  const doubted = comparison.doubted.slice(0, MOST_LISTED);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Rehearsal: ${passed ? 'passed' : 'not passed'}</title><style>${STYLE}</style></head><body><main>`,
    '<h1>Rehearsal of election day</h1>',
    `<p class="verdict ${passed ? 'good' : 'bad'}">${passed ? 'Passed: nothing was lost and nothing doubled.' : result.isUnfinished ? 'Not passed: the program did not come to an end.' : 'Not passed: look at lost and doubled.'}</p>`,
    `<p>${number(rehearsal.supporters)} simulated supporters, ${rehearsal.processes ? 'a store, one process for the web and two workers' : 'one process'}, faults: ${rehearsal.faults}, ${result.kills} kills; ${all.startsAt.slice(0, 16).replace('T', ' ')} UTC.</p>`,
    '<div class="wide"><table><thead><tr><th></th>',
    ...FIGURES.map((figure) => `<th scope="col">${figure}</th>`),
    '<th scope="col">planned s</th><th scope="col">took s</th></tr></thead><tbody>',
    ...Object.entries(all.channels).map(([name, one]) =>
      row(
        `<i class="key ${name}"></i>${name}`,
        FIGURES.map((figure) => one[figure]),
        [one.plannedSeconds, one.lastAfterSeconds],
      ),
    ),
    row(
      'all',
      FIGURES.map((figure) => all[figure]),
      [plannedSeconds(result), all.seconds],
    ),
    '</tbody></table></div>',
    '<h2>Messages a second</h2>',
    drawPlot({ title: 'Messages a second, by channel', seconds, aways, lines: rates(result) }),
    '<p class="note">Dashed: the rate that is allowed. Shaded: a process of ours was killed, or a network was away.</p>',
    '<h2>Arrived in all</h2>',
    drawPlot({ title: 'Arrived in all, by channel', seconds, aways, lines: totals(result) }),
    '<p class="note">Dashed: as it was planned.</p>',
    '<h2>People who wrote meanwhile</h2>',
    `<p>${number(replies.answered)} of ${number(replies.asked)} were answered${replies.p50Ms === undefined ? '' : `, half within ${number(replies.p50Ms)} ms, 99 % within ${number(replies.p99Ms)} ms, kills and outages counted in`}.</p>`,
    '<h2>In doubt</h2>',
    `<p>Of ${number(all.unknown)} nobody could know whether they arrived: ${number(comparison.doubted.filter(({ arrived }) => arrived).length)} did. Kills (50 each) and lost connections (1 each) explain up to ${number(all.unknownAllowed)}. None was sent again.</p>`,
    doubted.length === 0
      ? ''
      : `<details><summary>All of them${doubted.length < comparison.doubted.length ? ` (the first ${MOST_LISTED})` : ''}</summary><ul>${doubted.map((one) => `<li>${one.supporter}, ${one.channel}: ${one.arrived ? 'arrived' : 'did not arrive'}</li>`).join('')}</ul></details>`,
    '<h2>What went wrong on purpose</h2><ul>',
    ...all.outages.map(
      ({ of, afterSeconds, seconds: away }) =>
        `<li>${of} was away for ${number(away)} s, ${number(afterSeconds)} s after the start</li>`,
    ),
    ...Object.entries(all.channels).flatMap(([name, { refusals, cuts }]) => [
      ...Object.entries(refusals).map(
        ([why, times]) => `<li>${name} turned away ${number(times)}: ${why}</li>`,
      ),
      ...(cuts === 0 ? [] : [`<li>${name} left ${number(cuts)} without a clear answer</li>`]),
    ]),
    '</ul></main></body></html>\n',
  ].join('');
}

function spanOf({ plan, accepted, outages }: Result): {
  from: number;
  until: number;
  stepMs: number;
} {
  const from = plan.startsAt;
  const last = [...accepted.map(({ at }) => at), ...outages.map(({ until }) => until)].reduce(
    (latest, at) => Math.max(latest, at),
    from + 1_000,
  );
  const stepMs = Math.max(1_000, Math.ceil((last - from) / POINTS / 1_000) * 1_000);
  return { from, until: from + Math.ceil((last - from) / stepMs) * stepMs, stepMs };
}

function rates(result: Result): Plot['lines'] {
  const { from, until, stepMs } = spanOf(result);
  const perSecond = new Map(
    Object.keys(result.plan.channels).map((name) => [
      name,
      countsOf(result, name).map((count) => (count * 1_000) / stepMs),
    ]),
  );
  const most = Math.max(...[...perSecond.values()].flat());
  return Object.entries(result.plan.channels).flatMap(([name, { rate }]) => {
    const end = (until - from) / 1_000;
    const allowed = { name, isPlanned: true, points: [[0, rate] as const, [end, rate] as const] };
    const points = (perSecond.get(name) ?? []).map(
      (count, index) => [((index + 0.5) * stepMs) / 1_000, count] as const,
    );
    // One far above all that was sent would flatten the rest.
    return [...(rate > most * FAR ? [] : [allowed]), { name, points }];
  });
}

function totals(result: Result): Plot['lines'] {
  const { stepMs } = spanOf(result);
  return Object.entries(result.plan.channels).flatMap(([name, { recipients, endsAt }]) => {
    const planned = [
      [0, 0],
      [(endsAt - result.plan.startsAt) / 1_000, recipients],
    ] as const;
    let total = 0;
    const points = countsOf(result, name).map((count, index) => {
      total += count;
      return [((index + 1) * stepMs) / 1_000, total] as const;
    });
    return [
      { name, isPlanned: true, points: planned },
      { name, points: [[0, 0] as const, ...points] },
    ];
  });
}

function countsOf(result: Result, channel: string): readonly number[] {
  const own = result.accepted.filter((one) => one.channel === channel).map(({ at }) => at);
  return countPerStep(own, spanOf(result));
}

function plannedSeconds({ plan }: Result): number {
  const ends = Object.values(plan.channels).map(({ endsAt }) => endsAt);
  return (Math.max(...ends) - plan.startsAt) / 1_000;
}

function row(
  name: string,
  figures: readonly number[],
  seconds: readonly (number | undefined)[],
): string {
  const cells = [...figures, ...seconds].map(
    (value) => `<td>${value === undefined ? '' : number(value)}</td>`,
  );
  return `<tr><th scope="row">${name}</th>${cells.join('')}</tr>`;
}

function number(value: number | undefined): string {
  return (value ?? 0).toLocaleString('en', { maximumFractionDigits: 1 });
}
