import { withFlow, withWords, type FlowTexts } from './flow-texts.js';
import { refuse } from './refusal.js';
import { keyOrder, stepOf } from './steps.js';
import {
  insertItem,
  nodeAt,
  removeAt,
  renameKeyAt,
  setAt,
  swapItems,
  type Path,
} from './yaml-edit.js';

function pathOf(text: string, step: string): Path {
  return ['steps', stepOf(text, step).index, 'options'];
}

function optionsOf(text: string, step: string): readonly string[] {
  const list = nodeAt(text, pathOf(text, step));
  const items = list?.type === 'list' ? list.items : [];
  return items.map((item) => (item.type === 'scalar' ? item.text : ''));
}

function claim(options: readonly string[], option: string): void {
  if (!/^[A-Za-z0-9_-]+$/.test(option)) refuse('bad_name');
  if (options.includes(option)) refuse('name_taken');
}

/** The text with one more option of a question, the last. */
export function addOption(text: string, step: string, option: string): string {
  const options = optionsOf(text, step);
  claim(options, option);
  const path = pathOf(text, step);
  const value = written(option);
  if (nodeAt(text, path)?.type === 'list') {
    return insertItem(text, path, options.length, value, 'flow');
  }
  return setAt(text, path, [value], { manner: 'flow', order: keyOrder('collect') });
}

/** An amount is suggested as a number. */
function written(option: string): string | number {
  return /^[1-9]\d{0,8}$/.test(option) ? Number(option) : option;
}

/** The texts without an option and its labels. */
export function removeOption(texts: FlowTexts, step: string, option: string): FlowTexts {
  const { text } = texts.flow;
  const at = optionsOf(text, step).indexOf(option);
  if (at < 0) return texts;
  const key = labelOf(text, step, option);
  const flow = withFlow(texts, () => removeAt(text, [...pathOf(text, step), at]));
  return withWords(flow, (words) => (key === undefined ? words : removeAt(words, key)));
}

/** The texts with an option, and its labels, under another name. */
export function renameOption(
  texts: FlowTexts,
  step: string,
  option: string,
  to: string,
): FlowTexts {
  const { text } = texts.flow;
  const options = optionsOf(text, step);
  const at = options.indexOf(option);
  if (at < 0) return refuse('no_way');
  claim(options, to);
  const key = labelOf(text, step, option);
  const path = [...pathOf(text, step), at];
  const flow = withFlow(texts, () => setAt(text, path, written(to), { manner: 'flow' }));
  return withWords(flow, (words) => (key === undefined ? words : renameKeyAt(words, key, to)));
}

/** The text with an option in the place of the one before it. */
export function raiseOption(text: string, step: string, option: string): string {
  const at = optionsOf(text, step).indexOf(option);
  return at > 0 ? swapItems(text, pathOf(text, step), at - 1) : text;
}

function labelOf(text: string, step: string, option: string): Path | undefined {
  const { value } = stepOf(text, step);
  return value === undefined ? undefined : [value, 'options', option];
}
