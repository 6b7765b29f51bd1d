import type { SourceFile } from '../yaml.js';
import type { FlowTexts } from './flow-texts.js';
import { splice } from './lines.js';

/** A part of a file replaced: what stood from an offset on, and what stands there now. */
export type TextChange = {
  readonly path: string;
  readonly from: number;
  readonly removed: string;
  readonly inserted: string;
};

/** What one operation changed, at most one part of each file. */
export type TextEdit = readonly TextChange[];

/** What leads from some texts to others: in each file all that is not alike at its beginning and end. */
export function editBetween(before: FlowTexts, after: FlowTexts): TextEdit {
  const old = new Map([before.flow, ...before.words].map(({ path, text }) => [path, text]));
  return [after.flow, ...after.words].flatMap(({ path, text }) => {
    const was = old.get(path) ?? '';
    return was === text ? [] : [changeBetween(path, was, text)];
  });
}

function changeBetween(path: string, was: string, is: string): TextChange {
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
  return {
    path,
    from: head,
    removed: was.slice(head, was.length - tail),
    inserted: is.slice(head, is.length - tail),
  };
}

/** The edit that undoes another. */
export function inverse(edit: TextEdit): TextEdit {
  return edit.map(({ removed, inserted, ...where }) => ({
    ...where,
    removed: inserted,
    inserted: removed,
  }));
}

/** The texts after an edit; throws a RangeError on texts that it does not fit. */
export function applyEdit(texts: FlowTexts, edit: TextEdit): FlowTexts {
  const rewrite = (file: SourceFile): SourceFile => {
    const change = edit.find(({ path }) => path === file.path);
    return change === undefined ? file : { ...file, text: applyChange(file.text, change) };
  };
  const known = new Set([texts.flow, ...texts.words].map(({ path }) => path));
  const added = edit.filter(({ path }) => !known.has(path));
  return {
    flow: rewrite(texts.flow),
    words: [
      ...texts.words.map(rewrite),
      ...added.map((change) => ({ path: change.path, text: applyChange('', change) })),
    ],
  };
}

function applyChange(text: string, { path, from, removed, inserted }: TextChange): string {
  if (text.slice(from, from + removed.length) !== removed) {
    throw new RangeError(`An edit of ${path} does not fit its text.`);
  }
  return splice(text, from, from + removed.length, inserted);
}
