import type { FlowTexts } from './flow-texts.js';
import { lineEnd, lineStart } from './lines.js';
import { applyEdit, editBetween, type TextChange, type TextEdit } from './text-edit.js';

/**
 * What two people made of the same texts at once, in one: undefined where both changed the same lines, or
 * lines next to each other, so that somebody has to choose.
 */
export function mergeTexts(
  base: FlowTexts,
  mine: FlowTexts,
  theirs: FlowTexts,
): FlowTexts | undefined {
  const own = editBetween(base, mine);
  const other = new Map(editBetween(base, theirs).map((change) => [change.path, change]));
  const known = new Map([base.flow, ...base.words].map(({ path, text }) => [path, text]));
  const moved: TextEdit[] = [];
  for (const change of own) {
    const beside = other.get(change.path);
    const text = known.get(change.path) ?? '';
    if (beside === undefined) moved.push([change]);
    else if (!isSame(change, beside)) {
      if (meet(text, change, beside)) return undefined;
      const by = beside.inserted.length - beside.removed.length;
      moved.push([change.from < beside.from ? change : { ...change, from: change.from + by }]);
    }
  }
  return moved.reduce(applyEdit, theirs);
}

function isSame(one: TextChange, other: TextChange): boolean {
  return (
    one.from === other.from && one.removed === other.removed && one.inserted === other.inserted
  );
}

/** Whether two changes touch the same lines, or lines with none between them. */
function meet(text: string, one: TextChange, other: TextChange): boolean {
  const [first, second] = one.from <= other.from ? [one, other] : [other, one];
  return lineEnd(text, first.from + first.removed.length) + 1 >= lineStart(text, second.from);
}
