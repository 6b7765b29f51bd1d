import type { DraftStep } from '../parse/draft.js';
import { didYouMean, nearest } from '../parse/suggest.js';
import type { Catalogue } from '../parse/words.js';
import type { Place } from '../problem.js';
import { checkLabels, isLabel } from './labels.js';
import { checkUses } from './phrase-arguments.js';
import type { Checked } from './reading.js';
import { say, type Sentence } from '../sentence.js';

/** Where a key is said, and whether it is the label of a button. */
export type Say = {
  readonly step: DraftStep;
  readonly index: number;
  readonly place: Place;
  readonly label: boolean;
};

type Keys = ReadonlyMap<string, readonly Say[]>;

/** Checks that a flow's words are all there in every language, and name only what they can. */
export function checkWords(checked: Checked): void {
  const { required, possible } = keysOf(checked.draft.steps);
  checkClashes(checked);
  checkLabels(checked);
  const spoken = checked.catalogues.filter(({ language }) =>
    checked.campaign.languages.includes(language),
  );
  const used = new Set(spoken.flatMap(({ entries }) => [...entries.keys()]));
  const pairs = new Map(
    spoken.map((catalogue) => [catalogue, pairKeys(checked, catalogue, required, possible)]),
  );
  for (const language of checked.campaign.languages) {
    const catalogue = spoken.find((one) => one.language === language);
    if (catalogue === undefined) {
      reportNoFile(checked, language, [...required.keys()]);
      continue;
    }
    const paired = pairs.get(catalogue) ?? new Map<string, string>();
    const mistyped = new Set(paired.values());
    for (const [key, entry] of catalogue.entries) {
      const says = saysOf(key, required, possible);
      if (says !== undefined) {
        for (const said of says) checkUses(checked, key, entry, said);
        continue;
      }
      if (isLabel(key, checked.draft) || mistyped.has(key) || isUnread(checked, key)) continue;
      const known = [...required.keys(), ...possible.keys()];
      checked.report.warning(
        entry.keyPlace,
        'extra-translation',
        say`no step of "${checked.draft.name}" says "${key}", so nobody reads it; take it away, or: ${didYouMean(key, known)}`,
      );
    }
    if (!catalogue.whole) continue;
    const others = [...used].flatMap((key) => {
      if (required.has(key)) return [];
      const says = saysOf(key, required, possible);
      return says === undefined ? [] : [[key, says] as const];
    });
    for (const [key, [said]] of [...required, ...others]) {
      if (said === undefined || catalogue.entries.has(key)) continue;
      const near = paired.get(key);
      if (near === undefined) {
        checked.report.error(
          said.place,
          'missing-translation',
          say`"${key}" has no words in ${language}; add it to ${catalogue.file}`,
        );
        continue;
      }
      // The same slip in every language is one of the flow.
      if ([...pairs.values()].every((other) => other.get(key) === near) && spoken.length > 1) {
        if (catalogue !== spoken[0]) continue;
        checked.report.error(
          said.place,
          'missing-translation',
          say`"${key}" has no words in any language; did you mean "${near}", which has?`,
        );
        continue;
      }
      checked.report.error(
        catalogue.entries.get(near)?.keyPlace ?? said.place,
        'missing-translation',
        say`"${key}" has no words in ${language}; ${cureFor(key, near)}`,
      );
    }
  }
}

/** Where a key is said; undefined when no step says it. */
function saysOf(key: string, required: Keys, possible: Keys): readonly Say[] | undefined {
  return required.get(key) ?? possible.get(key) ?? retrySays(key, possible);
}

const NO_PAIRS: ReadonlyMap<string, string> = new Map();

/** Keys without words, each with the key that nothing says and that was meant for it. */
function pairKeys(
  { draft }: Checked,
  { entries }: Catalogue,
  required: Keys,
  possible: Keys,
): ReadonlyMap<string, string> {
  const missing = [...required.keys()].filter((key) => !entries.has(key));
  if (missing.length === 0) return NO_PAIRS;
  const unsaid = [...entries.keys()].filter(
    (key) => saysOf(key, required, possible) === undefined && !isLabel(key, draft),
  );
  const pairs = new Map<string, string>();
  for (const key of missing) {
    const misplaced = unsaid.find((other) => other === `${key}.ask` || key === `${other}.ask`);
    const near = misplaced ?? nearest(key, unsaid);
    if (near === undefined) continue;
    pairs.set(key, near);
    unsaid.splice(unsaid.indexOf(near), 1);
  }
  return pairs;
}

function cureFor(key: string, near: string): Sentence {
  if (key === `${near}.ask`)
    return say`"${near}" is asked, so write its words under it as \`ask:\``;
  if (near === `${key}.ask`)
    return say`"${key}" is said, not asked, so write its words without \`ask:\``;
  return say`did you mean it by "${near}"?`;
}

/** Whether a flow that could not be read whole has the names of a key in what was not read. */
function isUnread({ flawed, file }: Checked, key: string): boolean {
  if (!flawed) return false;
  const names = key
    .split('.')
    .filter((name) => !['ask', 'options', 'retry', 'skip'].includes(name));
  return names.every((name) => file.text.split(/[^\w-]+/).includes(name));
}

/** Keys a flow must have words for, and those it may have. */
function keysOf(steps: readonly DraftStep[]): { readonly required: Keys; readonly possible: Keys } {
  const required = new Map<string, Say[]>();
  const possible = new Map<string, Say[]>();
  const add = (keys: Map<string, Say[]>, key: string, said: Say): void => {
    const says = keys.get(key);
    if (says === undefined) keys.set(key, [said]);
    else says.push(said);
  };
  for (const [index, step] of steps.entries()) {
    const said = { step, index, place: step.valuePlace, label: false };
    if (step.type === 'say') add(required, step.words, said);
    if (step.type !== 'collect') continue;
    add(required, `${step.name}.ask`, said);
    add(possible, `${step.name}.retry`, said);
    if (step.optional) add(possible, `${step.name}.skip`, { ...said, label: true });
    // Suggested amounts are written in the currency of the campaign.
    for (const { text, place } of step.answer === 'amount' ? [] : (step.options ?? [])) {
      add(required, `${step.name}.options.${text}`, { ...said, place, label: true });
    }
  }
  return { required, possible };
}

/** A key such as `email.retry.malformed` is said where `email.retry` is. */
function retrySays(key: string, possible: Keys): readonly Say[] | undefined {
  const retry = /^(.+\.retry)\.[a-z_]+$/.exec(key)?.[1];
  return retry === undefined ? undefined : possible.get(retry);
}

/** What is said and what is asked cannot share a name: one is a text, the other a group of texts. */
function checkClashes({ draft, report }: Checked): void {
  const asked = new Map<string, DraftStep>();
  for (const step of draft.steps) if (step.type === 'collect') asked.set(step.name, step);
  for (const step of draft.steps) {
    if (step.type !== 'say') continue;
    const other = asked.get(step.words);
    if (other === undefined) continue;
    report.error(
      step.valuePlace,
      'duplicate-id',
      say`"${step.words}" is also asked on line ${other.place.line}, and their words would mix; give one another name`,
    );
  }
}

function reportNoFile(
  { draft, catalogues, report }: Checked,
  language: string,
  keys: readonly string[],
): void {
  if (keys.length === 0) return;
  const [other] = catalogues;
  const file =
    other === undefined
      ? `locales/${language}/${draft.name}.yaml`
      : other.file.replace(/[^\\/]+([\\/][^\\/]+)$/, `${language}$1`);
  report.error(
    draft.place,
    'missing-translation',
    say`this flow has no words in ${language}; add the file ${file} with: ${keys.join(', ')}`,
  );
}
