import { ApiFailure } from '../../client.js';
import { useFailureText } from '../../ui/failure.js';
import { useToast } from '../../ui/toast.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';

/** Does something with a message, and says in words why it was refused. */
export function useMessageFailure(): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  const words = useWords(messageWords);
  const toast = useToast();
  const say = useFailureText();
  const said: { readonly [code: string]: string } = {
    nobody: words.nobody,
    late: words.late,
    faulty: words.faulty,
    wrong_state: words.wrongState,
    conflict: words.conflict,
    no_place: words.noPlace,
    is_flow: words.isFlow,
    silence: words.silence,
    'polls-closed': words.silence,
    'quiet-hours': words.quiet,
  };
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      const known = error instanceof ApiFailure ? said[error.code] : undefined;
      toast(known ?? say(error), true);
      return undefined;
    }
  };
}
