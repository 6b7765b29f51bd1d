import type { Transcript, TranscriptResult, TranscriptTurn, PlayedTurn } from '../transcript.js';
import { describeThey } from './describe-they.js';
import { isAsExpected, keyOf } from './run.js';

const WIDEST = 36;

type Row = {
  readonly left: string;
  readonly wanted: string;
  readonly was: string;
  readonly ok: boolean;
};

/** The conversation side by side: what they do, what should follow, and what did. */
export function formatFailure(
  path: string,
  transcript: Transcript,
  result: TranscriptResult,
): string {
  const rows = transcript.turns.flatMap((turn, index) =>
    rowsOf(transcript.flow, turn, index, result.turns[index]),
  );
  const all = [{ left: '   they', wanted: 'should', was: 'does', ok: true }, ...rows];
  const left = widest(all.map((row) => row.left));
  const wanted = widest(all.map((row) => row.wanted));
  const lines = all.map((row) => {
    const mark = row.ok ? ' ' : '✗';
    return `${mark} ${fit(row.left, left)}  ${fit(row.wanted, wanted)}  ${row.was}`.trimEnd();
  });
  const after = result.after.map((sentence) => `✗ after: ${sentence}`);
  return [`${path}  ${transcript.title}`, ...lines, ...after, ''].join('\n');
}

function rowsOf(
  flow: string,
  turn: TranscriptTurn,
  index: number,
  played: PlayedTurn = { do: [], we: [] },
): Row[] {
  const wanted = [...turn.do.map(({ action }) => `do ${action}`), ...turn.we];
  const was = [
    ...played.do.map((action) => `do ${action}`),
    ...played.we.map((say) => `${keyOf(say, flow)}  “${firstLine(say.text)}”`),
  ];
  const ok = isAsExpected(turn, played);
  const height = Math.max(wanted.length, was.length, 1);
  return Array.from({ length: height }, (_, row) => ({
    left: row === 0 ? `${String(index + 1).padStart(2)} ${describeThey(turn.they)}` : '',
    wanted: wanted[row] ?? '',
    was: was[row] ?? '',
    ok: ok || row > 0,
  }));
}

function firstLine(text: string): string {
  return clip(text.replace(/\s+/g, ' '), WIDEST);
}

function widest(texts: readonly string[]): number {
  return Math.min(WIDEST, Math.max(...texts.map((text) => text.length)));
}

function fit(text: string, width: number): string {
  return clip(text, width).padEnd(width);
}

function clip(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
