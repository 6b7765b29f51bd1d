import type { Figures } from '../compare.js';
import { doubtAllowed, isPassed, percentile, refusedOn, type Result } from '../result.js';

/** A rehearsal as other programs read it. */
export function resultAsJson(result: Result) {
  const { comparison, tallies, replies, plan, rehearsal } = result;
  const { channels, doubted, uninvited, ...figures } = comparison;
  const refused = Object.values(tallies).reduce((sum, tally) => sum + refusedOn(tally), 0);
  return {
    ...figures,
    refused,
    seconds: result.seconds,
    kills: result.kills,
    channels: Object.fromEntries(
      Object.entries(channels).map(([name, one]) => [name, channelAsJson(name, one, result)]),
    ),
    passed: isPassed(result),
    finished: !result.isUnfinished,
    supporters: rehearsal.supporters,
    processes: rehearsal.processes,
    faults: rehearsal.faults,
    uninvited,
    unknownAllowed: doubtAllowed(result),
    doubted,
    replies: { asked: replies.asked, ...tellWaits(Object.values(replies.answeredInMs).flat()) },
    startsAt: new Date(plan.startsAt).toISOString(),
    outages: result.outages.map(({ of, from, until }) => ({
      of,
      afterSeconds: (from - plan.startsAt) / 1_000,
      seconds: (until - from) / 1_000,
    })),
  };
}

/** How many were answered, and within what time half of them and 99 % of them. */
function tellWaits(waits: readonly number[]) {
  const p50Ms = percentile(waits, 0.5);
  const p99Ms = percentile(waits, 0.99);
  return {
    answered: waits.length,
    ...(p50Ms === undefined || p99Ms === undefined ? {} : { p50Ms, p99Ms }),
  };
}

function channelAsJson(
  name: string,
  figures: Figures,
  { tallies, plan, accepted, replies }: Result,
) {
  const planned = plan.channels[name];
  const last = accepted.reduce((at, one) => (one.channel === name ? Math.max(at, one.at) : at), 0);
  return {
    ...figures,
    refused: refusedOn(tallies[name]),
    refusals: tallies[name]?.refused ?? {},
    cuts: tallies[name]?.cuts ?? 0,
    replies: tellWaits(replies.answeredInMs[name] ?? []),
    ...(planned === undefined
      ? {}
      : {
          rate: planned.rate,
          plannedSeconds: (planned.endsAt - plan.startsAt) / 1_000,
        }),
    ...(last === 0 ? {} : { lastAfterSeconds: (last - plan.startsAt) / 1_000 }),
  };
}
