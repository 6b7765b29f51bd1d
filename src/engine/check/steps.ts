import type { Field } from '../campaign.js';
import type { ValueType } from '../cel.js';
import type { DraftAction, DraftCollect, DraftStep } from '../parse/draft.js';
import { findField } from '../parse/fields.js';
import { CEL_WORDS, PHRASE_ARGUMENTS } from '../parse/names.js';
import type { Written } from '../parse/read.js';
import { didYouMean, nearest } from '../parse/suggest.js';
import type { Checked } from './reading.js';
import { answerValue, fieldValue, fits, isKept } from './shape.js';
import { say, word, type Sentence } from '../sentence.js';

const SESSION_OWN = ['turn', 'channel', 'language', 'intent'];

/** Checks what each step names: fields, actions, flows, and the types of what is kept. */
export function checkSteps(checked: Checked): void {
  for (const [index, step] of checked.draft.steps.entries()) checkStep(checked, step, index);
}

function checkStep(checked: Checked, step: DraftStep, index: number): void {
  switch (step.type) {
    case 'collect':
      checkInto(checked, step, index);
      checkOptionsFrom(checked, step);
      return;
    case 'set':
      for (const { path, value } of step.values) checkSet(checked, step, index, path, value);
      return;
    case 'action':
      checkAction(checked, step);
      return;
    case 'call':
    case 'link': {
      const { text, place } = step.flow;
      if (checked.flowNames.has(text)) return;
      checked.report.error(
        place,
        'unknown-flow',
        say`there is no flow "${text}"; ${didYouMean(text, checked.flowNames)}`,
      );
      return;
    }
    case 'wait': {
      if (step.wait.type === 'span') return;
      const { instant } = step.wait;
      const type = checked.expressions.of(instant)?.type;
      if (type === undefined || type === 'date' || type === 'any') return;
      checked.report.error(
        instant.place,
        'cel-type',
        say`"${instant.text}" is a ${word(type)}, not an instant; write one such as campaign.election.opens`,
      );
      return;
    }
    case 'say':
    case 'branch':
    case 'broken':
      return;
    default:
      step satisfies never;
  }
}

/** Finds the profile field a path below `supporter` names, and reports when there is none. */
function fieldAt(
  { campaign, campaignWhole, report }: Checked,
  { text, place }: Written,
): Field | undefined {
  const path = text.startsWith('supporter.') ? text.slice('supporter.'.length) : undefined;
  if (path === 'tags') {
    report.error(
      place,
      'unknown-field',
      say`tags are put on and taken off one by one; use the actions supporter.tag and supporter.untag`,
    );
    return undefined;
  }
  const field = path === undefined ? undefined : findField(campaign.fields, path);
  if (field !== undefined) return field;
  const isOwn = path?.startsWith('fields.') === true;
  if (isOwn && !campaignWhole) return undefined;
  const paths = Object.keys(campaign.fields).filter((name) => name !== 'tags');
  report.error(
    place,
    'unknown-field',
    say`there is no field "${text}"; ${suggestField(path ?? text, paths)}${elsewhere(text, isOwn)}`,
  );
  return undefined;
}

/** Where a value may be kept that is in no field. */
function elsewhere(text: string, isOwn: boolean): Sentence {
  if (isOwn) return say`, or declare it under \`fields:\` in campaign.yaml`;
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(text)
    ? say`, or keep it for this conversation only as session.${text}`
    : say``;
}

/** The fields that a path resembles, each by its own last name. */
function suggestField(path: string, paths: readonly string[]): Sentence {
  const exact = paths.find((known) => known === path || known === `fields.${path}`);
  if (exact !== undefined) return say`did you mean "supporter.${exact}"?`;
  const isOwn = path.startsWith('fields.');
  const own = paths.filter((known) => known.startsWith('fields.'));
  const alike = isOwn && own.length > 0 ? own : paths;
  const near = nearest(
    path.replace(/^fields\./, ''),
    alike.map((known) => known.replace(/^fields\./, '')),
  );
  if (near === undefined)
    return didYouMean(
      '',
      paths.map((known) => `supporter.${known}`),
    );
  return say`did you mean "supporter.${alike.includes(near) ? near : `fields.${near}`}"?`;
}

/** A field that needs a consent is written only where that consent was surely given. */
function checkConsent(
  { presence, report }: Checked,
  step: DraftStep,
  index: number,
  { text, place }: Written,
  { needs }: Field,
): void {
  const known = presence.before(index);
  if (needs === undefined || known === undefined || known.has(`+consents.${needs}`)) return;
  report.error(
    place,
    'missing-consent',
    say`"${text}" needs consent to ${needs}, and step "${step.id}" can be reached without it; ask a yes_no with \`consent: { purpose: ${needs} }\` first, or come here only \`if: consents.${needs}\``,
  );
}

function checkInto(checked: Checked, step: DraftCollect, index: number): void {
  const { into, answer } = step;
  if (into === undefined) return;
  const field = fieldAt(checked, into);
  if (field === undefined) return;
  if (!into.text.startsWith('supporter.preferences.') && !isKept(answer, field.type)) {
    checked.report.error(
      into.place,
      'wrong-type',
      say`"${into.text}" keeps a ${word(field.type)}, and ${answer ?? say`this question`} gives a ${word(answerValue(answer))}; choose another field or another type of answer`,
    );
  }
  checkConsent(checked, step, index, into, field);
}

function checkOptionsFrom({ draft, actions, report }: Checked, step: DraftCollect): void {
  const { optionsFrom } = step;
  if (optionsFrom === undefined) return;
  const results = draft.steps.flatMap((other) =>
    other.type === 'action' && actions.get(other.action.text)?.result !== undefined
      ? [other.id]
      : [],
  );
  if (results.includes(optionsFrom.text)) return;
  report.error(
    optionsFrom.place,
    'unknown-field',
    say`no action of this flow gives "${optionsFrom.text}"; write the id of an action with a result; ${didYouMean(optionsFrom.text, results)}`,
  );
}

function checkSet(
  checked: Checked,
  step: DraftStep,
  index: number,
  path: Written,
  value: Written,
): void {
  const { report, expressions } = checked;
  const type = expressions.of(value)?.type;
  if (path.text.startsWith('session.')) {
    const name = path.text.slice('session.'.length);
    if (SESSION_OWN.includes(name)) {
      report.error(
        path.place,
        'reserved-name',
        say`"${path.text}" is kept by the program; set another name, such as session.round`,
      );
    } else if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
      report.error(
        path.place,
        'invalid-name',
        say`"${name}" cannot be a name; write letters, digits and _ only, such as session.round`,
      );
    }
    return;
  }
  const field = fieldAt(checked, path);
  if (field === undefined) return;
  if (type !== undefined && !path.text.startsWith('supporter.preferences.')) {
    checkFit(checked, value, type, fieldValue(field.type), say`"${path.text}" keeps`);
  }
  checkConsent(checked, step, index, path, field);
}

function checkFit(
  { report }: Checked,
  { text, place }: Written,
  type: ValueType,
  declared: ValueType,
  keeper: Sentence,
): void {
  if (fits(type, declared)) return;
  report.error(
    place,
    'cel-type',
    say`"${text}" is a ${word(type)}, and ${keeper} a ${word(declared)}; ${cureFor(text, declared)}`,
  );
}

/** How a value of the wanted kind is written. */
function cureFor(text: string, declared: ValueType): Sentence {
  const inside = /^"(.*)"$|^'(.*)'$/.exec(text);
  const bare = inside?.[1] ?? inside?.[2] ?? text;
  if (declared === 'text' && /^[\w.+-]+$/.test(bare)) return say`write a text as '"${bare}"'`;
  if (declared === 'number') {
    return /^-?\d+(\.\d+)?$/.test(bare)
      ? say`write ${bare} alone, without the inner quotes`
      : say`write a number, such as 2`;
  }
  return declared === 'boolean' ? say`write true or false` : say`write a ${word(declared)}`;
}

function checkAction(checked: Checked, step: DraftAction): void {
  const { actions, report, expressions } = checked;
  const declaration = actions.get(step.action.text);
  if (declaration === undefined) {
    report.error(
      step.action.place,
      'unknown-action',
      say`there is no action "${step.action.text}"; ${didYouMean(step.action.text, actions.keys())}`,
    );
    return;
  }
  for (const { name, value } of step.with) {
    const argument = Object.hasOwn(declaration.arguments, name.text)
      ? declaration.arguments[name.text]
      : undefined;
    if (argument === undefined) {
      report.error(
        name.place,
        'unknown-argument',
        say`${declaration.name} has no argument "${name.text}"; ${didYouMean(name.text, Object.keys(declaration.arguments))}`,
      );
      continue;
    }
    const type = expressions.of(value)?.type;
    if (type === undefined) continue;
    checkFit(checked, value, type, fieldValue(argument.type), say`"${name.text}" takes`);
  }
  for (const [name, { optional, type }] of Object.entries(declaration.arguments)) {
    if (optional === true || step.with.some((given) => given.name.text === name)) continue;
    report.error(
      step.action.place,
      'missing-argument',
      say`${declaration.name} needs "${name}" (a ${word(type)}); add \`with: { ${name}: … }\``,
    );
  }
  checkResult(checked, step, declaration.result !== undefined);
}

function checkResult({ report }: Checked, step: DraftAction, awaited: boolean): void {
  if (!awaited) {
    if (step.giveUp === undefined) return;
    report.error(
      step.giveUp.place,
      'unknown-key',
      say`${step.action.text} has no result to wait for, so "give_up" is never used; take it away`,
    );
    return;
  }
  const taken: readonly string[] = [...PHRASE_ARGUMENTS, ...CEL_WORDS];
  if (!step.named) {
    report.error(
      step.action.place,
      'missing-key',
      say`${step.action.text} has a result, which needs a name; add \`id:\` to read it as answers.<id>`,
    );
  } else if (taken.includes(step.id)) {
    report.error(
      step.namePlace,
      'reserved-name',
      say`a result cannot be called "${step.id}", which means something else in words or conditions; choose another \`id:\``,
    );
  }
}
