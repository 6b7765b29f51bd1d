import { useState } from 'react';
import { call } from '../../../client.js';
import { Button } from '../../../ui/button.js';
import { Dialog } from '../../../ui/dialog.js';
import { TextField } from '../../../ui/field.js';
import { useAction } from '../../../ui/use-action.js';
import { useToast } from '../../../ui/toast.js';
import { simulatorWords } from '../../../words/simulator-words.js';
import { useWords } from '../../../words/use-words.js';

/** Keeps a conversation of the simulator as a transcript, under what it shows. */
export function RecordDialog({
  isOpen,
  close,
  name,
  transcript,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly name: string;
  readonly transcript: string;
}) {
  const words = useWords(simulatorWords);
  const [title, setTitle] = useState('');
  const { isBusy, run } = useAction();
  const toast = useToast();
  const keep = (): void => {
    void run(async () => {
      const text = transcript.replace(
        /^title: .*$/m,
        () => `title: ${JSON.stringify(title.trim())}`,
      );
      const { file } = await call('POST /flows/:name/transcripts', { name, text });
      toast(words.recorded(file));
      setTitle('');
      close();
    });
  };
  return (
    <Dialog
      isOpen={isOpen}
      close={close}
      title={words.record}
      actions={
        <Button
          look="primary"
          isBusy={isBusy}
          aria-disabled={title.trim() === ''}
          onClick={() => title.trim() !== '' && keep()}
        >
          {words.record}
        </Button>
      }
    >
      <TextField
        label={words.recordTitle}
        hint={words.recordHint}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <pre className="transcript">{transcript}</pre>
    </Dialog>
  );
}
