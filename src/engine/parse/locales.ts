import type { Campaign } from '../campaign.js';
import type { Rule } from '../event.js';
import type { WordLists } from '../flow.js';
import type { Lesson } from '../lesson.js';
import type { SourceFile } from '../yaml.js';
import { mendGroups } from './common-groups.js';
import { readIntents, readSynonyms } from './lesson.js';
import { openYaml } from './open.js';
import { createReport, type Report } from './report.js';
import { readRules } from './rules.js';
import { readWordLists } from './word-lists.js';
import { readCatalogue, type Catalogue } from './words.js';
import { say } from '../sentence.js';

/** Every word of a campaign, as read. */
export type Locales = {
  /** Catalogues by the flow they are for, or `common`. */
  readonly byName: ReadonlyMap<string, readonly Catalogue[]>;
  /** The same files as text. */
  readonly sources: ReadonlyMap<
    string,
    readonly { readonly language: string; readonly text: string }[]
  >;
  readonly lists: ReadonlyMap<string, WordLists>;
  readonly rules: ReadonlyMap<string, Rule>;
  /** What the languages that have an `intents.yaml` or a `synonyms.yaml` are understood by. */
  readonly lessons: ReadonlyMap<string, Lesson>;
  /** Languages whose `intents.yaml` could not be read whole: nobody knows what it does not have. */
  readonly halfTaught: ReadonlySet<string>;
};

/** What a file is called by: `flows/welcome.yaml` is `welcome`; `locales/fr/welcome.yaml` is of `fr`. */
export function nameOf(path: string): { readonly name: string; readonly language: string } {
  const [file = '', folder = ''] = path.split(/[\\/]/).reverse();
  return { name: file.replace(/\.ya?ml$/, ''), language: folder };
}

/** Languages that have a folder of words, in the order of their names. */
export function languagesOf(locales: readonly SourceFile[]): readonly string[] {
  const found = new Set(locales.map(({ path }) => nameOf(path).language));
  return [...found].filter((language) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)).sort();
}

/** Reads files of words; those of a language that is not among `languages` are left out and told. */
export function readLocales(
  files: readonly SourceFile[],
  { timezone }: Pick<Campaign, 'timezone'>,
  languages: readonly string[],
  report: Report,
): Locales {
  const byName = new Map<string, Catalogue[]>();
  const sources = new Map<string, { language: string; text: string }[]>();
  const lists = new Map<string, WordLists>();
  const rules = new Map<string, Rule>();
  const lessons = new Map<string, Lesson>();
  const halfTaught = new Set<string>();
  const lessonOf = (language: string): Lesson =>
    lessons.get(language) ?? { language, intents: new Map(), synonyms: new Map() };
  const strange = new Set<string>();
  for (const file of files) {
    const { name, language } = nameOf(file.path);
    if (!languages.includes(language)) {
      if (!strange.has(language)) {
        report.warning(
          { file: file.path, line: 1, column: 1 },
          'unknown-language',
          say`the campaign does not speak "${language}"; add it to \`languages:\` in campaign.yaml, or take the folder away`,
        );
      }
      strange.add(language);
      continue;
    }
    const { root, broken } = openYaml(file, report);
    if (name === 'stop-words') {
      // What can be read of a broken file is obeyed; its slip is told already.
      readRules(root, rules, broken ? createReport() : report);
    } else if (name === 'intents') {
      lessons.set(language, { ...lessonOf(language), intents: readIntents(root, report) });
      if (broken || (root !== undefined && root.type !== 'map')) halfTaught.add(language);
    } else if (name === 'synonyms') {
      lessons.set(language, { ...lessonOf(language), synonyms: readSynonyms(root, report) });
    } else if (broken) {
      const unread = { language, file: file.path, entries: new Map(), whole: false };
      byName.set(name, [...(byName.get(name) ?? []), unread]);
    } else {
      const isCommon = name === 'common';
      const words = isCommon && root?.type === 'map' ? mendGroups(root, report) : root;
      const besides = isCommon ? ['words'] : [];
      const catalogue = readCatalogue(file.path, words, { language, timezone }, besides, report);
      byName.set(name, [...(byName.get(name) ?? []), catalogue]);
      sources.set(name, [...(sources.get(name) ?? []), { language, text: file.text }]);
      if (isCommon && words?.type === 'map') lists.set(language, readWordLists(words, report));
    }
  }
  return { byName, sources, lists, rules, lessons, halfTaught };
}
