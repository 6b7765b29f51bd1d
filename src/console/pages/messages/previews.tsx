import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';

/** The words of each language as somebody reads them. */
export function Previews({
  previews,
  languages,
  isFlow,
}: {
  readonly previews: { readonly [language: string]: string };
  readonly languages: readonly string[];
  readonly isFlow: boolean;
}) {
  const words = useWords(messageWords);
  const shown = languages.filter((language) => previews[language] !== undefined);
  if (isFlow || shown.length === 0) {
    return <p className="muted">{isFlow ? words.isFlow : words.previewNone}</p>;
  }
  return (
    <ul className="bubbles">
      {shown.map((language) => (
        <li key={language}>
          <p className="message-bubble" lang={language}>
            {previews[language]}
          </p>
          <span className="muted">{language}</span>
        </li>
      ))}
    </ul>
  );
}
