import { editFlow } from '../../../engine/edit/edit-flow.js';
import {
  noteEdit,
  NO_HISTORY,
  redo,
  undo,
  type EditHistory,
} from '../../../engine/edit/edit-history.js';
import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import type { Operation } from '../../../engine/edit/operation.js';
import type { EditRefusal } from '../../../engine/edit/refusal.js';
import type { Actions } from '../../../engine/edit/steps.js';
import { editBetween } from '../../../engine/edit/text-edit.js';
import { withFlow, withWords } from '../../../engine/edit/flow-texts.js';
import { nameOf } from '../../../engine/parse/locales.js';

/** A flow under the hands of somebody: its texts, what was done to them, and the step looked at. */
export type Editing = {
  readonly texts: FlowTexts;
  readonly history: EditHistory;
  readonly selected?: string;
  /** Why the last deed could not be done; `at` tells one refusal from the next. */
  readonly refusal?: { readonly reason: EditRefusal; readonly at: number };
};

/** What can be done to it. */
export type Deed =
  | { readonly type: 'operate'; readonly operation: Operation; readonly joins?: boolean }
  /** Writes a file's text by hand. */
  | { readonly type: 'type'; readonly path: string; readonly text: string }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'select'; readonly step?: string }
  /** Takes other texts in their place, such as an older version; can be undone. */
  | { readonly type: 'take'; readonly texts: FlowTexts };

/** An editing that has just begun. */
export function beginEditing(texts: FlowTexts): Editing {
  return { texts, history: NO_HISTORY };
}

/** The editing after a deed; pure. */
export function edited(editing: Editing, deed: Deed, actions: Actions): Editing {
  switch (deed.type) {
    case 'operate': {
      const done = editFlow(editing.texts, deed.operation, actions);
      if (done.type === 'refused') {
        const at = (editing.refusal?.at ?? 0) + 1;
        return { ...editing, refusal: { reason: done.reason, at } };
      }
      const after = write(editing, done.texts, deed.joins === true);
      return { ...after, ...selection(editing, deed.operation) };
    }
    case 'type':
      return write(editing, withText(editing.texts, deed.path, deed.text), true);
    case 'take':
      return write(editing, deed.texts, false);
    case 'undo':
      return { ...editing, ...undo(editing.history, editing.texts) };
    case 'redo':
      return { ...editing, ...redo(editing.history, editing.texts) };
    case 'select': {
      const { selected: _, ...rest } = editing;
      return deed.step === undefined ? rest : { ...rest, selected: deed.step };
    }
    default:
      return deed satisfies never;
  }
}

function write(editing: Editing, texts: FlowTexts, joins: boolean): Editing {
  const edit = editBetween(editing.texts, texts);
  if (edit.length === 0) return editing;
  return { ...editing, texts, history: noteEdit(editing.history, edit, { joins }) };
}

/** What is looked at after an operation: what was made, or what is called otherwise now. */
function selection({ selected }: Editing, operation: Operation): { selected?: string } {
  if (operation.type === 'add_step' || operation.type === 'duplicate_step') {
    return { selected: operation.name };
  }
  if (operation.type === 'rename_step' && operation.step === selected) {
    return { selected: operation.to };
  }
  return {};
}

function withText(texts: FlowTexts, path: string, text: string): FlowTexts {
  if (path === texts.flow.path) return withFlow(texts, () => text);
  if (!texts.words.some((file) => file.path === path)) {
    return { ...texts, words: [...texts.words, { path, text }] };
  }
  const { language } = nameOf(path);
  return withWords(texts, (was, own) => (own === language ? text : was));
}
