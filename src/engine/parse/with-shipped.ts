import type { WordLists } from '../flow.js';
import type { Lesson } from '../lesson.js';
import type { Locales } from './locales.js';
import type { Catalogue } from './words.js';

/** A campaign's own words, with those that come with the program where it has none. */
export function withShipped(own: Locales, shipped: Locales): Locales {
  const common = own.byName.get('common') ?? [];
  const languages = new Set(common.map(({ language }) => language));
  const others = (shipped.byName.get('common') ?? []).filter(
    ({ language }) => !languages.has(language),
  );
  const completed = common.map((catalogue) => complete(catalogue, shipped));
  const lists = new Map(shipped.lists);
  for (const [language, words] of own.lists) {
    lists.set(language, completeLists(words, shipped.lists.get(language)));
  }
  return {
    ...own,
    byName: new Map([...own.byName, ['common', [...completed, ...others]]]),
    lists,
    rules: new Map([...shipped.rules, ...own.rules]),
    lessons: new Map(
      [...own.lessons].map(([language, lesson]) => [language, helped(lesson, shipped)]),
    ),
  };
}

/** A group of synonyms that a campaign has under the same name takes the place of the shipped one. */
function helped(lesson: Lesson, shipped: Locales): Lesson {
  const others = shipped.lessons.get(lesson.language)?.synonyms ?? [];
  return { ...lesson, synonyms: new Map([...others, ...lesson.synonyms]) };
}

function complete(catalogue: Catalogue, shipped: Locales): Catalogue {
  const same = shipped.byName
    .get('common')
    ?.find(({ language }) => language === catalogue.language);
  if (same === undefined) return catalogue;
  return { ...catalogue, entries: new Map([...same.entries, ...catalogue.entries]) };
}

/** A list that a campaign leaves empty is the one that comes with the program. */
function completeLists(own: WordLists, shipped: WordLists | undefined): WordLists {
  if (shipped === undefined) return own;
  const filled = Object.entries(own).filter(([, words]) => Object.keys(words).length > 0);
  return { ...shipped, ...Object.fromEntries(filled) };
}
