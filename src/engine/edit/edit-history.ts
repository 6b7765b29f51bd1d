import type { FlowTexts } from './flow-texts.js';
import { applyEdit, inverse, type TextChange, type TextEdit } from './text-edit.js';

/** The edits made, the last one last, and those undone since, the next one to redo last. */
export type EditHistory = {
  readonly done: readonly TextEdit[];
  readonly undone: readonly TextEdit[];
};

export const NO_HISTORY: EditHistory = { done: [], undone: [] };

/** Edits kept; older ones cannot be undone any more. */
const LONGEST = 500;

/**
 * Notes an edit. With `joins`, it becomes one with the last where it goes on right there, as typing
 * does: both are undone at once.
 */
export function noteEdit(
  { done }: EditHistory,
  edit: TextEdit,
  { joins = false }: { readonly joins?: boolean } = {},
): EditHistory {
  const last = done.at(-1);
  const joined = joins && last !== undefined ? join(last, edit) : undefined;
  if (joined === undefined) return { done: [...done, edit].slice(-LONGEST), undone: [] };
  return { done: [...done.slice(0, -1), joined], undone: [] };
}

/** Takes the last edit back; undefined when there is none. */
export function undo(
  { done, undone }: EditHistory,
  texts: FlowTexts,
): { readonly history: EditHistory; readonly texts: FlowTexts } | undefined {
  const last = done.at(-1);
  if (last === undefined) return undefined;
  return {
    history: { done: done.slice(0, -1), undone: [...undone, last] },
    texts: applyEdit(texts, inverse(last)),
  };
}

/** Makes the edit that was taken back last once more; undefined when there is none. */
export function redo(
  { done, undone }: EditHistory,
  texts: FlowTexts,
): { readonly history: EditHistory; readonly texts: FlowTexts } | undefined {
  const next = undone.at(-1);
  if (next === undefined) return undefined;
  return {
    history: { done: [...done, next], undone: undone.slice(0, -1) },
    texts: applyEdit(texts, next),
  };
}

/** One edit in place of two of the same file of which the second goes on within what the first wrote. */
function join(first: TextEdit, second: TextEdit): TextEdit | undefined {
  const [one, ...others] = first;
  const [two, ...more] = second;
  if (one === undefined || two === undefined || others.length + more.length > 0) return undefined;
  if (one.path !== two.path) return undefined;
  const joined = joinChanges(one, two);
  return joined === undefined ? undefined : [joined];
}

function joinChanges(one: TextChange, two: TextChange): TextChange | undefined {
  const end = one.from + one.inserted.length;
  const within = two.from >= one.from && two.from + two.removed.length <= end;
  if (within) {
    const at = two.from - one.from;
    const rest = one.inserted.slice(at + two.removed.length);
    return { ...one, inserted: one.inserted.slice(0, at) + two.inserted + rest };
  }
  // Deleting backwards goes on before what was deleted.
  if (two.from + two.removed.length === one.from && one.inserted === '') {
    return { ...two, removed: two.removed + one.removed };
  }
  return undefined;
}
