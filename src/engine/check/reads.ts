import type { ActionDeclaration } from '../action.js';
import type { Written } from '../parse/read.js';
import type { Fact } from './analyse.js';
import type { Judged } from './expressions.js';
import type { Checked } from './reading.js';
import { say } from '../sentence.js';

/** Reports every value that an expression reads where some path leaves it absent. */
export function checkReads(checked: Checked): void {
  const { draft, presence } = checked;
  for (const [index, step] of draft.steps.entries()) {
    const before = presence.before(index);
    if (before === undefined) continue;
    for (const [arm, { when }] of (step.next ?? []).entries()) {
      if (when !== undefined) checkRead(checked, when, presence.atArm(index, arm));
    }
    switch (step.type) {
      case 'set': {
        const known = new Set(before);
        for (const { path, value } of step.values) {
          checkRead(checked, value, known);
          known.add(path.text);
        }
        break;
      }
      case 'action':
        for (const { name, value } of step.with) {
          const declaration = checked.actions.get(step.action.text);
          if (isLeftOut(declaration, name.text, checked.expressions.of(value))) continue;
          checkRead(checked, value, before);
        }
        break;
      case 'wait':
        if (step.wait.type === 'until') checkRead(checked, step.wait.instant, before);
        break;
      case 'collect': {
        const from = step.optionsFrom;
        if (from !== undefined && !before.has(`answers.${from.text}`)) {
          report(checked, from, `answers.${from.text}`);
        }
        break;
      }
      case 'say':
      case 'call':
      case 'link':
      case 'branch':
      case 'broken':
        break;
      default:
        step satisfies never;
    }
  }
}

/** Whether an argument goes without when what it passes on is unknown: one that may be left out does. */
export function isLeftOut(
  declaration: ActionDeclaration | undefined,
  name: string,
  judged: Judged | undefined,
): boolean {
  const declared = declaration?.arguments ?? {};
  const optional = Object.hasOwn(declared, name) && declared[name]?.optional === true;
  return optional && judged?.analysis.passesOn === true;
}

function checkRead(checked: Checked, written: Written, known: ReadonlySet<Fact> | undefined): void {
  const told = new Set<string>();
  for (const { path, known: own } of checked.expressions.of(written)?.analysis.reads ?? []) {
    if (known?.has(path) === true || own.has(path) || told.has(path)) continue;
    told.add(path);
    report(checked, written, path);
  }
}

function report({ report: to }: Checked, { text, place }: Written, path: string): void {
  const where = text === path ? '' : say` in "${text}"`;
  to.error(
    place,
    'maybe-absent',
    say`"${path}"${where} may have no value here: some path skips it; ask first with has(${path})`,
  );
}
