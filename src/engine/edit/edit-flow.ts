import { moveStep, addStep, duplicateStep, removeStep, renameStep } from './edit-steps.js';
import { addOption, raiseOption, removeOption, renameOption } from './edit-options.js';
import { withFlow, type FlowTexts } from './flow-texts.js';
import type { Operation } from './operation.js';
import { refuse, RefusedEdit, type EditRefusal } from './refusal.js';
import { keyOrder, stepOf, type Actions } from './steps.js';
import { addArm, connect, disconnect } from './ways.js';
import { setWords } from './words.js';
import { nodeAt, removeAt, setAt, swapItems } from './yaml-edit.js';

/** The texts after an operation, or why it cannot be done; nothing is changed then. */
export type Edited =
  | { readonly type: 'edited'; readonly texts: FlowTexts }
  | { readonly type: 'refused'; readonly reason: EditRefusal };

const HEAD_ORDER = ['title', 'purpose', 'content', 'starts_on', 'steps'];

/**
 * Does an operation to a flow's texts. Only the lines that it means are touched: comments, order,
 * quotes and blank lines of all others stay. `actions` tell which steps may be given up.
 */
export function editFlow(texts: FlowTexts, operation: Operation, actions: Actions): Edited {
  try {
    return { type: 'edited', texts: operate(texts, operation, actions) };
  } catch (error) {
    if (error instanceof RefusedEdit) return { type: 'refused', reason: error.reason };
    throw error;
  }
}

function operate(texts: FlowTexts, operation: Operation, actions: Actions): FlowTexts {
  const inFlow = (rewrite: (text: string) => string): FlowTexts => withFlow(texts, rewrite);
  switch (operation.type) {
    case 'add_step':
      return inFlow((text) => addStep(text, operation, actions));
    case 'remove_step':
      return removeStep(texts, operation.step, actions);
    case 'move_step':
      return inFlow((text) => moveStep(text, operation.step, operation.after, actions));
    case 'duplicate_step':
      return duplicateStep(texts, operation.step, operation.name, actions);
    case 'rename_step':
      return renameStep(texts, operation.step, operation.to);
    case 'set_key':
      return inFlow((text) => setKey(text, operation));
    case 'connect': {
      const { from, to } = operation;
      return inFlow((text) =>
        to === undefined ? disconnect(text, from) : connect(text, from, to),
      );
    }
    case 'add_arm':
      return inFlow((text) => addArm(text, operation.step, operation.when, operation.to));
    case 'set_condition':
      return inFlow((text) => {
        const path = ['steps', stepOf(text, operation.step).index, 'next', operation.arm, 'if'];
        if (nodeAt(text, path) === undefined) return refuse('no_way');
        return setAt(text, path, operation.when, { manner: 'flow' });
      });
    case 'raise_arm':
      return inFlow((text) => {
        const path = ['steps', stepOf(text, operation.step).index, 'next'];
        const arms = nodeAt(text, path);
        const arm = arms?.type === 'list' ? arms.items[operation.arm] : undefined;
        if (arm?.type !== 'map' || arm.get('if') === undefined) return refuse('last_way');
        return swapItems(text, path, operation.arm - 1);
      });
    case 'add_option':
      return inFlow((text) => addOption(text, operation.step, operation.option));
    case 'remove_option':
      return removeOption(texts, operation.step, operation.option);
    case 'rename_option':
      return renameOption(texts, operation.step, operation.option, operation.to);
    case 'raise_option':
      return inFlow((text) => raiseOption(text, operation.step, operation.option));
    case 'set_words':
      return setWords(texts, operation.language, operation.key, operation.text);
    case 'set_head': {
      const { key, value } = operation;
      return inFlow((text) =>
        value === undefined
          ? removeAt(text, [key])
          : setAt(text, [key], value, { manner: 'flow', order: HEAD_ORDER }),
      );
    }
    default:
      return operation satisfies never;
  }
}

function setKey(
  text: string,
  { step, key, value }: Extract<Operation, { type: 'set_key' }>,
): string {
  const { index, kind } = stepOf(text, step);
  const path = ['steps', index, key];
  if (value === undefined) return removeAt(text, path);
  return setAt(text, path, value, { manner: 'flow', order: keyOrder(kind ?? 'branch') });
}
