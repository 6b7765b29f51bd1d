import type { Preview } from '../../conversation/publish/preview-flows.js';
import type { Stander } from '../../conversation/publish/who-stands.js';
import type { ReplaySummary } from '../../conversation/replay/summarise.js';
import { formatProblem } from '../../engine/problem.js';
import { columns, count } from './print.js';

/** What staff see before they publish, in lines. */
export function tellPreview({ review, standers, replay }: Preview): readonly string[] {
  const { problems, isFaulty, played, failed } = review;
  if (isFaulty) return problems.map((problem) => formatProblem(problem));
  return [
    ...problems.map((problem) => formatProblem(problem)),
    ...failed.map(({ text }) => text),
    failed.length === 0
      ? `${count(played, 'transcript')}: no new failure.`
      : `${failed.length} of ${count(played, 'transcript')} fail.`,
    ...(replay === undefined ? [] : tellReplay(replay)),
    ...tellStanders(standers),
  ];
}

/** What a replay came to, in lines. */
export function tellReplay(replay: ReplaySummary): readonly string[] {
  const { conversations, turns, skipped, concerned, older, changed, differences } = replay;
  const ways = differences.map(({ conversations: number, sentence }) => [
    '',
    number.toLocaleString('en'),
    sentence,
  ]);
  return [
    `Replayed ${count(conversations, 'recorded conversation')} of ${count(turns, 'turn')}, ` +
      `${concerned.toLocaleString('en')} of them through these flows: ` +
      (changed.length === 0 ? 'none goes another way.' : `${changed.length} go another way.`),
    ...columns(ways),
    ...(older === 0 ? [] : [`${count(older, 'conversation')} went by older flows when recorded.`]),
    ...(skipped === 0
      ? []
      : [`${count(skipped, 'turn')} not replayed: what was before is no longer kept.`]),
  ];
}

function tellStanders(standers: Preview['standers']): readonly string[] {
  if (standers.length === 0) return ['Nobody stands in these flows.'];
  const rows = standers.map(({ flow, version, step, sessions, change, moves }) => [
    '',
    flow,
    version,
    step,
    count(sessions, 'session'),
    `${SAID[change]}; ${moves ? 'the new version with the next answer' : 'this version until the end'}`,
  ]);
  return ['Who stands where:', ...columns(rows)];
}

const SAID: Readonly<Record<Stander['change'], string>> = {
  same: 'the step is the same',
  reworded: 'only its words change',
  changed: 'the step changes',
  vanished: 'the step is gone',
};

/** The same as data. */
export function previewAsJson({ review, standers, replay }: Preview) {
  return {
    problems: review.problems,
    transcripts: {
      played: review.played,
      failed: review.failed.map(({ file, title }) => ({ file, title })),
    },
    standing: standers,
    ...(replay === undefined ? {} : { replay: replayAsJson(replay) }),
  };
}

/** A replay as data, without the conversations. */
export function replayAsJson({ changed, differences, ...counts }: ReplaySummary) {
  return {
    ...counts,
    changed: changed.length,
    differences: differences.map(({ sentence, conversations }) => ({ sentence, conversations })),
  };
}
