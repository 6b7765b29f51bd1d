import { ApiFailure } from '../../client.js';
import { useFailureText } from '../../ui/failure.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';

/** Why something with a shift was refused, in a sentence. */
export function useRefusal(): (error: unknown) => string {
  const { refusals } = useWords(shiftWords);
  const say = useFailureText();
  const known: Readonly<Record<string, string>> = refusals;
  return (error) => (error instanceof ApiFailure ? (known[error.code] ?? say(error)) : say(error));
}
