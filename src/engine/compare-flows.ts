import type { Flow, Step } from './flow.js';
import { nameOf } from './parse/locales.js';
import { createReport } from './parse/report.js';
import { readCatalogue } from './parse/words.js';
import { readYaml, type SourceFile } from './yaml.js';

/** A version of a flow, and the words it was compiled from. */
export type Written = { readonly flow: Flow; readonly words: readonly SourceFile[] };

/**
 * What becomes of a step in another version: it is the same, only its words differ, it does something
 * else or goes elsewhere, or there is none of that name.
 */
export type StepChange = 'same' | 'reworded' | 'changed' | 'vanished';

/** Compares each step of `before` with the one of the same name in `after`. */
export function compareSteps(before: Written, after: Written): ReadonlyMap<string, StepChange> {
  const [old, now] = [textsOf(before), textsOf(after)];
  return new Map(
    before.flow.steps.map((step) => {
      const other = after.flow.byId.get(step.id);
      if (other === undefined) return [step.id, 'vanished'];
      // Expressions and conditions are compared as they are written.
      if (JSON.stringify(step) !== JSON.stringify(other)) return [step.id, 'changed'];
      return [step.id, said(step, old) === said(other, now) ? 'same' : 'reworded'];
    }),
  );
}

/** Texts by language and key, in order. */
function textsOf({ words }: Written): readonly (readonly [key: string, text: string])[] {
  return words
    .flatMap((file) => {
      const tongue = { language: nameOf(file.path).language, timezone: 'UTC' };
      const { entries } = readCatalogue(file.path, readYaml(file).root, tongue, [], createReport());
      return [...entries].map(([key, { text }]): [string, string] => [
        `${tongue.language} ${key}`,
        text,
      ]);
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function said(step: Step, texts: ReturnType<typeof textsOf>): string {
  const isOwn = (key: string): boolean => {
    if (step.type === 'say') return key === step.words;
    return step.type === 'collect' && key.startsWith(`${step.name}.`);
  };
  return JSON.stringify(texts.filter(([key]) => isOwn(key.slice(key.indexOf(' ') + 1))));
}
