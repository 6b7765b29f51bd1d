import { useState } from 'react';
import type { ShiftView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Dialog } from '../../ui/dialog.js';
import { useToast } from '../../ui/toast.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import { SupporterPicker } from './supporter-picker.js';
import { useRefusal } from './use-refusal.js';

type Props = {
  readonly view: ShiftView;
  readonly isOpen: boolean;
  close(): void;
  changed(view: ShiftView): void;
};

/** Puts somebody on a shift by hand; why that cannot be is said where they were chosen. */
export function PlaceDialog(props: Props) {
  const words = useWords(shiftWords);
  return (
    <Dialog isOpen={props.isOpen} close={props.close} title={words.placeTitle}>
      <Placing {...props} />
    </Dialog>
  );
}

function Placing({ view, close, changed }: Props) {
  const words = useWords(shiftWords);
  const say = useRefusal();
  const toast = useToast();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  async function place(supporter: string, name: string): Promise<void> {
    setBusy(true);
    setRefusal(undefined);
    try {
      const { shift, state } = await call('POST /shifts/:name/signups', {
        name: view.name,
        supporter,
        key: crypto.randomUUID(),
      });
      changed(shift);
      toast(state === 'invited' ? words.waits(name) : words.placed(name));
      close();
    } catch (error) {
      setRefusal(say(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <p>{words.placeText}</p>
      {view.taken >= view.capacity ? <p className="muted">{words.placeFull}</p> : null}
      {refusal === undefined ? null : (
        <p className="form-failure" role="alert">
          {refusal}
        </p>
      )}
      <SupporterPicker isBusy={isBusy} choose={(supporter, name) => void place(supporter, name)} />
    </>
  );
}
