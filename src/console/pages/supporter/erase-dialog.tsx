import { useState, type FormEvent } from 'react';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { supporterWords } from '../../words/supporter-words.js';
import { useWords } from '../../words/use-words.js';

type Props = {
  readonly id: string;
  readonly name: string;
  readonly isOpen: boolean;
  close(): void;
  erased(): void;
};

/** Erases somebody for good, once the word is typed. */
export function EraseDialog(props: Props) {
  const words = useWords(supporterWords);
  return (
    <Dialog isOpen={props.isOpen} close={props.close} title={words.eraseTitle(props.name)}>
      <EraseForm {...props} />
    </Dialog>
  );
}

function EraseForm({ id, erased }: Props) {
  const words = useWords(supporterWords);
  const { run, isBusy } = useAction();
  const toast = useToast();
  const [confirm, setConfirm] = useState('');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run(async () => {
      await call('POST /supporters/:id/erase', { id, confirm });
      toast(words.erased);
      erased();
    });
  }

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p>{words.eraseText}</p>
      <TextField
        label={words.eraseConfirm}
        autoComplete="off"
        autoFocus
        value={confirm}
        onChange={(event) => setConfirm(event.target.value)}
      />
      <div className="form-actions">
        <Button
          look="danger"
          type="submit"
          isBusy={isBusy}
          disabled={confirm.trim().toUpperCase() !== words.eraseWord}
        >
          {words.eraseForGood}
        </Button>
      </div>
    </form>
  );
}
