import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { fieldWords } from '../../words/field-words.js';
import { messageWords } from '../../words/message-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { useMessageFailure } from './use-message-failure.js';

/** Sends a message to oneself, in the language one reads the console in. */
export function TestButton({
  id,
  languages,
  isReady,
  settle,
}: {
  readonly id: string;
  readonly languages: readonly string[];
  readonly isReady: boolean;
  settle(): Promise<number | undefined>;
}) {
  const words = useWords(messageWords);
  const { values } = useWords(fieldWords);
  const { language: read } = useLanguage();
  const toast = useToast();
  const tried = useMessageFailure();
  const { run, isBusy } = useAction();
  const language = languages.includes(read) ? read : (languages[0] ?? read);
  const name = ({ channel }: { readonly channel: string }): string => values[channel] ?? channel;
  return (
    <Button
      disabled={!isReady}
      isBusy={isBusy}
      onClick={() =>
        void run(async () => {
          await tried(async () => {
            if ((await settle()) === undefined) return;
            const { sent, failed } = await call('POST /messages/:id/test', { id, language });
            if (sent.length > 0) toast(words.testDone(sent.map(name).join(', ')));
            if (failed.length > 0) toast(words.testFailed(failed.map(name).join(', ')), true);
          });
        })
      }
    >
      {words.test}
    </Button>
  );
}
