import type { Campaign } from '../../engine/campaign.js';
import { checkTexts } from '../../engine/check/limits.js';
import { checkNeutralWords } from '../../engine/check/neutral.js';
import { PHRASE_ARGUMENTS } from '../../engine/parse/names.js';
import { checkKeys, readMap } from '../../engine/parse/read.js';
import type { Report } from '../../engine/parse/report.js';
import { didYouMean } from '../../engine/parse/suggest.js';
import { readCatalogue, type CatalogueEntry } from '../../engine/parse/words.js';
import { withEntries } from '../../engine/yaml/nodes.js';
import type { YamlNode } from '../../engine/yaml.js';
import type { MessageDefinition, Words } from './message.js';
import { say } from '../../engine/sentence.js';

type About = {
  readonly campaign: Campaign;
  readonly content: MessageDefinition['content'];
  readonly channels: readonly string[];
  readonly path: string;
};

/** Reads the words of a message in each language of the campaign, checked as those of flows are. */
export function readWords(node: YamlNode, about: About, report: Report): Words | undefined {
  const { campaign, content, channels, path } = about;
  const written = readMap(node, 'words', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, campaign.languages, say`"words"`, report);
  const words: Record<string, string> = {};
  for (const language of campaign.languages) {
    const entry = map.entry(language);
    if (entry === undefined) {
      report.error(
        map.place(),
        'missing-translation',
        say`the message has no words in ${language}; add \`${language}:\` under \`words:\``,
      );
      continue;
    }
    const tongue = { language, timezone: campaign.timezone };
    const catalogue = readCatalogue(path, withEntries(map, [entry]), tongue, [], report);
    const phrase = catalogue.entries.get(language);
    if (phrase === undefined) continue;
    checkArguments(phrase, language, campaign, report);
    checkTexts({ campaign, report }, catalogue, channels);
    if (content === 'neutral') {
      const cure = say`in a neutral message; take it away, or write \`content: campaign\``;
      checkNeutralWords(catalogue.entries, campaign, cure, report);
    }
    words[language] = phrase.text;
  }
  return words;
}

/** What the words name must be something here, and have a value or a branch for `none`. */
function checkArguments(
  { reading, place }: CatalogueEntry,
  language: string,
  campaign: Campaign,
  report: Report,
): void {
  const absent = absentIn(campaign);
  const told = new Set<string>();
  for (const { name, absentFine } of reading?.uses ?? []) {
    if (told.has(name)) continue;
    if (!PHRASE_ARGUMENTS.some((known) => known === name)) {
      told.add(name);
      report.error(
        place,
        'unknown-icu-argument',
        say`"${language}" names {${name}}, which is nothing here; ${didYouMean(name, PHRASE_ARGUMENTS)}`,
      );
    } else if (absent.has(name) && !absentFine) {
      told.add(name);
      report.error(
        place,
        'missing-none-branch',
        say`"${language}" names {${name}}, which may have no value; write {${name}, select, none {…} other {… {${name}} …}}`,
      );
    }
  }
}

/** Arguments that may have no value: the name of a person, and what campaign.yaml leaves out. */
export function absentIn({ candidate, donations, election }: Campaign): ReadonlySet<string> {
  return new Set([
    'firstName',
    ...(candidate === undefined ? ['candidate'] : []),
    ...(donations === undefined ? ['agent'] : []),
    ...(donations?.agentSince === undefined ? ['agentSince'] : []),
    ...(election === undefined ? ['election', 'ballotDay', 'opens', 'closes'] : []),
  ]);
}
