import type { PublishOutcome } from '../../../../staff/api.js';
import { publishWords } from '../../../words/publish-words.js';
import { useLanguage, useWords } from '../../../words/use-words.js';

/** What became of a publication, in a sentence. */
export function useOutcomeText(): (outcome: PublishOutcome) => string {
  const words = useWords(publishWords);
  const { language } = useLanguage();
  return (outcome) => {
    switch (outcome.type) {
      case 'published':
        return words.published;
      case 'unchanged':
        return words.unchanged;
      case 'refused':
        return words.refused;
      case 'withheld': {
        const format = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
        return words.withheld(format.format(new Date(outcome.until)));
      }
      case 'overtaken':
        return words.overtaken(outcome.by);
      case 'changed':
        return words.changedMeanwhile;
      case 'unknown':
        return words.unknown;
      default:
        return outcome satisfies never;
    }
  };
}
