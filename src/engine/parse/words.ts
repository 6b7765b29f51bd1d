import { readPhrase, type PhraseReading } from '../icu.js';
import type { Place } from '../problem.js';
import type { YamlEntry, YamlNode, YamlScalar } from '../yaml.js';
import { readMap } from './read.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** One phrase of a catalogue; `reading` is absent when it could not be read. */
export type CatalogueEntry = {
  readonly text: string;
  readonly place: Place;
  readonly keyPlace: Place;
  readonly reading?: PhraseReading | undefined;
};

/** The words of one file: phrases by key (`email.ask`, `topics.options.climate`). */
export type Catalogue = {
  readonly language: string;
  readonly file: string;
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  /** Whether the file could be read to its end: only then is a missing key missing. */
  readonly whole: boolean;
};

type Tongue = { readonly language: string; readonly timezone: string };

/** Reads a file of words; `besides` are top keys that hold something else than phrases. */
export function readCatalogue(
  file: string,
  root: YamlNode | undefined,
  tongue: Tongue,
  besides: readonly string[],
  report: Report,
): Catalogue {
  const entries = new Map<string, CatalogueEntry>();
  const top = root === undefined ? undefined : readMap(root, 'words', report);
  const visit = (entry: YamlEntry, prefix: string): void => {
    const { key: own, value } = entry;
    const key = `${prefix}${own}`;
    switch (value.type) {
      case 'map':
        for (const inner of value.entries) visit(inner, `${key}.`);
        return;
      case 'list':
        report.error(
          value.place(),
          'wrong-type',
          say`"${key}" must be a text or a group of keys; it is a list`,
        );
        entries.set(key, { text: '', place: value.place(), keyPlace: entry.keyPlace() });
        return;
      case 'scalar':
        entries.set(key, readEntry(key, entry, value, tongue, report));
        return;
      default:
        value satisfies never;
    }
  };
  for (const entry of top?.entries ?? []) {
    if (!besides.includes(entry.key)) visit(entry, '');
  }
  return {
    language: tongue.language,
    file,
    entries,
    whole: root === undefined || root.type === 'map',
  };
}

function readEntry(
  key: string,
  entry: YamlEntry,
  value: YamlScalar,
  { language, timezone }: Tongue,
  report: Report,
): CatalogueEntry {
  const { text } = value;
  if (text.trim() === '') {
    report.error(
      value.place(),
      'wrong-type',
      say`"${key}" is empty; write its words, or take the key away (null and ~ stand for nothing: put such words in quotes)`,
    );
    return new PlacedEntry(entry, value);
  }
  if (text.includes("'")) {
    report.error(
      value.place(),
      'straight-apostrophe',
      say`"${key}" has a straight apostrophe ('), which hides what follows it; write the typographic one (’)`,
    );
  }
  const reading = readPhrase(text, language, timezone);
  if ('problem' in reading) {
    report.error(value.place(), 'icu-syntax', say`"${key}" cannot be read: ${reading.problem}`);
    return new PlacedEntry(entry, value);
  }
  return new PlacedEntry(entry, value, reading);
}

/** An entry whose places are only looked for when there is something to tell. */
class PlacedEntry implements CatalogueEntry {
  readonly text: string;
  constructor(
    private readonly entry: YamlEntry,
    private readonly value: YamlScalar,
    readonly reading?: PhraseReading | undefined,
  ) {
    this.text = value.text;
  }

  get place(): Place {
    return this.value.place();
  }

  get keyPlace(): Place {
    return this.entry.keyPlace();
  }
}
