/** A line of a comparison; `gap` stands for lines that are alike. */
export type DiffLine = {
  readonly type: 'same' | 'gone' | 'new' | 'gap';
  readonly text: string;
};

/** Lines shown around those that differ. */
const AROUND = 2;
/** Lines compared one with each other, past which a part is told as gone and new as a whole. */
const MOST = 1_500;

/** Compares two texts line by line: what went, what came, and a little of what is around. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const fewer = Math.min(old.length, now.length) - head;
  while (tail < fewer && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = between(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  if (middle.length === 0) return [];
  const same = (text: string): DiffLine => ({ type: 'same', text });
  return shortened([
    ...old.slice(0, head).map(same),
    ...middle,
    ...old.slice(old.length - tail).map(same),
  ]);
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** The longest lines in common stay; the rest went or came. */
function between(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  const gone = (text: string): DiffLine => ({ type: 'gone', text });
  const fresh = (text: string): DiffLine => ({ type: 'new', text });
  if (old.length > MOST || now.length > MOST) return [...old.map(gone), ...now.map(fresh)];
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = now.length - 1; b >= 0; b -= 1) {
      const at = a * width + b;
      common[at] =
        old[a] === now[b]
          ? (common[at + width + 1] ?? 0) + 1
          : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  const lines: DiffLine[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < now.length) {
    const [was, is] = [old[a], now[b]];
    if (was !== undefined && was === is) {
      lines.push({ type: 'same', text: was });
      a += 1;
      b += 1;
    } else if (
      was !== undefined &&
      (is === undefined || (common[(a + 1) * width + b] ?? 0) >= (common[a * width + b + 1] ?? 0))
    ) {
      lines.push(gone(was));
      a += 1;
    } else if (is !== undefined) {
      lines.push(fresh(is));
      b += 1;
    }
  }
  return lines;
}

function shortened(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = (at: number): boolean =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ type }) => type !== 'same');
  const shown: DiffLine[] = [];
  for (const [at, line] of lines.entries()) {
    if (isNear(at)) shown.push(line);
    else if (shown.at(-1)?.type !== 'gap') shown.push({ type: 'gap', text: '' });
  }
  return shown;
}
