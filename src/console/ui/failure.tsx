import { ApiFailure } from '../client.js';
import { failureWords } from '../words/failure-words.js';
import { useWords } from '../words/use-words.js';
import { Button } from './button.js';
import { Empty } from './empty.js';

/** What went wrong, in a sentence for people. */
export function useFailureText(): (error: unknown) => string {
  const words = useWords(failureWords);
  return (error) => {
    if (!(error instanceof ApiFailure)) return words.failed;
    const known: Readonly<Record<string, string>> = words;
    return known[error.code] ?? words.failed;
  };
}

/** In place of a page or a list that could not be read. */
export function Failure({ error, again }: { readonly error: unknown; again?(): void }) {
  const words = useWords(failureWords);
  const say = useFailureText();
  return (
    <div role="alert">
      <Empty
        icon="alert"
        title={words.title}
        text={say(error)}
        action={again === undefined ? null : <Button onClick={again}>{words.again}</Button>}
      />
    </div>
  );
}
