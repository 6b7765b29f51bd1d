import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { channelsWords } from '../../words/channels-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** Sends a test to whoever presses it, and says what became of it. */
export function TestButton({ channel }: { readonly channel: string }) {
  const words = useWords(channelsWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const { isBusy, run } = useAction();
  const toast = useToast();
  const { timezone: timeZone } = session.campaign;

  async function test(): Promise<void> {
    const outcome = await call('POST /channels/:channel/test', { channel, language });
    switch (outcome.type) {
      case 'sent':
        return toast(words.tested(outcome.isTheirs));
      case 'not_there':
        return toast(words.notThere, true);
      case 'failed':
        return toast(words.testFailed, true);
      case 'withheld': {
        const how = { timeZone, dateStyle: 'medium', timeStyle: 'short' } as const;
        const until = new Intl.DateTimeFormat(language, how).format(new Date(outcome.until));
        return toast(words.withheld(until), true);
      }
      default:
        return outcome satisfies never;
    }
  }

  return (
    <Button size="small" icon="send" isBusy={isBusy} onClick={() => void run(test)}>
      {words.test}
    </Button>
  );
}
