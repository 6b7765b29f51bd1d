import { describe, expect, test } from '@jest/globals';
import { noteEdit, NO_HISTORY, redo, undo } from '../../../src/engine/edit/edit-history.js';
import type { FlowTexts } from '../../../src/engine/edit/flow-texts.js';
import { applyEdit, editBetween, inverse } from '../../../src/engine/edit/text-edit.js';

const textsOf = (text: string): FlowTexts => ({ flow: { path: 'flows/a.yaml', text }, words: [] });

/** Types the texts one after the other, and takes back once. */
function takeBack(texts: readonly string[], joins: boolean): string | undefined {
  let history = NO_HISTORY;
  for (const [at, text] of texts.entries()) {
    const before = texts[at - 1];
    if (before === undefined) continue;
    history = noteEdit(history, editBetween(textsOf(before), textsOf(text)), { joins });
  }
  return undo(history, textsOf(texts.at(-1) ?? ''))?.texts.flow.text;
}

describe('the history of edits', () => {
  test('takes back at once what was typed in one go, letter by letter', () => {
    expect(takeBack(['say ', 'say h', 'say he', 'say hey'], true)).toBe('say ');
    expect(takeBack(['say hey', 'say he', 'say h'], true)).toBe('say hey');
    expect(takeBack(['say ', 'say h', 'say he'], false)).toBe('say h');
  });

  test('keeps apart what was typed in different places', () => {
    expect(takeBack(['a b c', 'aa b c', 'aa b cc'], true)).toBe('aa b c');
  });

  test('forgets what was undone once something else is done', () => {
    const [one, two, three] = ['1', '12', '13'].map(textsOf);
    if (one === undefined || two === undefined || three === undefined) throw new Error('texts');
    const back = undo(noteEdit(NO_HISTORY, editBetween(one, two)), two);
    const other = noteEdit(back?.history ?? NO_HISTORY, editBetween(one, three));
    expect(redo(other, three)).toBeUndefined();
    expect(undo(other, three)?.texts).toEqual(one);
    expect(undo(NO_HISTORY, one)).toBeUndefined();
  });

  test('refuses to change a text that it was not made for', () => {
    const edit = editBetween(textsOf('abc'), textsOf('abd'));
    expect(applyEdit(textsOf('abc'), edit)).toEqual(textsOf('abd'));
    expect(applyEdit(textsOf('abd'), inverse(edit))).toEqual(textsOf('abc'));
    expect(() => applyEdit(textsOf('xyz'), edit)).toThrow(RangeError);
  });
});
