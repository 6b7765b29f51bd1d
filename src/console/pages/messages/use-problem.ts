import type { DraftProblemRow } from '../../../staff/api.js';
import { reasonWords } from '../../words/message-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** What is wrong with a field, in a sentence; the checker's own, which names the cure, is in English. */
export function useProblem(
  problems: readonly DraftProblemRow[],
): (field: string) => string | undefined {
  const { problems: words } = useWords(reasonWords);
  const { language } = useLanguage();
  return (field) => {
    const found = problems.filter((problem) => problem.field === field);
    if (found.length === 0) return undefined;
    return found
      .map(({ code, message }) => {
        const said = words[code];
        if (said === undefined || code === 'missing') return said ?? message;
        return language === 'en' ? `${said} ${capital(message)}.` : `${said} (${message})`;
      })
      .join(' ');
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
