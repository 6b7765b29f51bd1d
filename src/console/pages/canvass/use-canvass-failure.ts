import { ApiFailure } from '../../client.js';
import { useFailureText } from '../../ui/failure.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';

/** Why something about canvassing was refused, in a sentence. */
export function useCanvassFailure(): (error: unknown) => string {
  const words = useWords(canvassWords);
  const say = useFailureText();
  const said: { readonly [code: string]: string } = words.refusals;
  return (error) => (error instanceof ApiFailure ? said[error.code] : undefined) ?? say(error);
}
