import type { Draft } from '../parse/draft.js';
import type { Checked } from './reading.js';
import { say } from '../sentence.js';

/** Characters of a button of WhatsApp, the shortest of all channels. */
const LONGEST = 20;

/**
 * Whether a key is a label by which a flow is offered to somebody who was not understood: `label`, or
 * `label.<intent>` for one of the intents that start it.
 */
export function isLabel(key: string, { triggers }: Draft): boolean {
  if (key === 'label') return true;
  return triggers.some(
    ({ trigger }) => trigger.type === 'intent' && key === `label.${trigger.intent}`,
  );
}

/** Checks the labels of a flow: short enough for a button, naming nothing, there in every language. */
export function checkLabels({ draft, catalogues, campaign, report }: Checked): void {
  const found = new Set(
    catalogues.flatMap(({ entries }) => [...entries.keys()].filter((key) => isLabel(key, draft))),
  );
  for (const { language, file, entries, whole } of catalogues) {
    if (!campaign.languages.includes(language)) continue;
    for (const key of found) {
      const entry = entries.get(key);
      if (entry === undefined) {
        if (!whole) continue;
        report.error(
          { file, line: 1, column: 1 },
          'missing-translation',
          say`"${key}" has no words in ${language}; add it to ${file}`,
        );
        continue;
      }
      const [named] = entry.reading?.uses ?? [];
      if (named !== undefined) {
        report.error(
          entry.place,
          'unknown-icu-argument',
          say`"${key}" is a button, which can name nothing; write it without {${named.name}}`,
        );
      }
      const length = entry.reading?.longest(() => 0) ?? 0;
      if (length <= LONGEST) continue;
      report.error(
        entry.place,
        'label-too-long',
        say`"${key}" has ${length} characters, and a button shows ${LONGEST}; shorten it`,
      );
    }
  }
}
