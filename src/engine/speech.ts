import type { Campaign } from './campaign.js';
import type { Sources } from './compile.js';
import type { WordLists } from './flow.js';
import type { Lesson } from './lesson.js';
import { readCampaign } from './parse/campaign.js';
import { languagesOf, readLocales } from './parse/locales.js';
import { openYaml } from './parse/open.js';
import { createReport, sortProblems } from './parse/report.js';
import { withShipped } from './parse/with-shipped.js';
import type { Problem } from './problem.js';

/** What free text is read by, apart from any flow. */
export type Speech = {
  /** The languages that have a folder, those of the campaign first; the rest as campaign.yaml says. */
  readonly campaign: Campaign;
  readonly lists: ReadonlyMap<string, WordLists>;
  readonly lessons: readonly Lesson[];
  readonly problems: readonly Problem[];
};

/** Reads what free text is read by; a folder that has nothing but `intents.yaml` will do. */
export function readSpeech({ campaign: file, locales, shipped = [] }: Sources): Speech {
  const report = createReport();
  const found = languagesOf(locales);
  const root = file === undefined ? undefined : openYaml(file, createReport()).root;
  const written = readCampaign(root, found, createReport());
  const own = written.languages.filter((language) => found.includes(language));
  const languages = [...own, ...found.filter((language) => !own.includes(language))];
  const read = withShipped(
    readLocales(locales, written, languages, report),
    readLocales(shipped, written, languages, createReport()),
  );
  return {
    campaign: { ...written, languages },
    lists: read.lists,
    lessons: languages.flatMap((language) => read.lessons.get(language) ?? []),
    problems: sortProblems(report.problems),
  };
}
