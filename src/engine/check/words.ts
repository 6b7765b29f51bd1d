import type { DraftStep } from '../parse/draft.js';
import { didYouMean } from '../parse/suggest.js';
import type { Place } from '../problem.js';
import { checkLabels, isLabel } from './labels.js';
import { checkUses } from './phrase-arguments.js';
import type { Checked } from './reading.js';

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
  const used = new Set(checked.catalogues.flatMap(({ entries }) => [...entries.keys()]));
  for (const language of checked.campaign.languages) {
    const catalogue = checked.catalogues.find((one) => one.language === language);
    if (catalogue === undefined) {
      reportNoFile(checked, language, [...required.keys()]);
      continue;
    }
    for (const [key, entry] of catalogue.entries) {
      const says = required.get(key) ?? possible.get(key) ?? retrySays(key, possible);
      if (says !== undefined) {
        for (const say of says) checkUses(checked, key, entry, say);
        continue;
      }
      if (isLabel(key, checked.draft)) continue;
      const known = [...required.keys(), ...possible.keys()];
      checked.report.warning(
        entry.keyPlace,
        'extra-translation',
        `no step of "${checked.draft.name}" says "${key}", so nobody reads it; take it away, or: ${didYouMean(key, known)}`,
      );
    }
    if (!catalogue.whole) continue;
    const others = [...used].flatMap((key) => {
      if (required.has(key)) return [];
      const says = possible.get(key) ?? retrySays(key, possible);
      return says === undefined ? [] : [[key, says] as const];
    });
    for (const [key, [say]] of [...required, ...others]) {
      if (say === undefined || catalogue.entries.has(key)) continue;
      checked.report.error(
        say.place,
        'missing-translation',
        `"${key}" has no words in ${language}; add it to ${catalogue.file}`,
      );
    }
  }
}

/** Keys a flow must have words for, and those it may have. */
function keysOf(steps: readonly DraftStep[]): { readonly required: Keys; readonly possible: Keys } {
  const required = new Map<string, Say[]>();
  const possible = new Map<string, Say[]>();
  const add = (keys: Map<string, Say[]>, key: string, say: Say): void => {
    const says = keys.get(key);
    if (says === undefined) keys.set(key, [say]);
    else says.push(say);
  };
  for (const [index, step] of steps.entries()) {
    const say = { step, index, place: step.valuePlace, label: false };
    if (step.type === 'say') add(required, step.words, say);
    if (step.type !== 'collect') continue;
    add(required, `${step.name}.ask`, say);
    add(possible, `${step.name}.retry`, say);
    if (step.optional) add(possible, `${step.name}.skip`, { ...say, label: true });
    // Suggested amounts are written in the currency of the campaign.
    for (const { text, place } of step.answer === 'amount' ? [] : (step.options ?? [])) {
      add(required, `${step.name}.options.${text}`, { ...say, place, label: true });
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
      `"${step.words}" is also asked on line ${other.place.line}, and their words would mix; give one another name`,
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
    `this flow has no words in ${language}; add the file ${file} with: ${keys.join(', ')}`,
  );
}
