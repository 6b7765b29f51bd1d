import { useEffect } from 'react';
import type { Deed } from './editing.js';

/** Undo and redo by keys, but for what is typed into the text of a file, which has keys of its own. */
export function useUndoKeys(isWritable: boolean, act: (deed: Deed) => void): void {
  useEffect(() => {
    if (!isWritable) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.closest('.cm-editor') !== null)
        return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) act({ type: 'undo' });
      else if (key === 'y' || (key === 'z' && event.shiftKey)) act({ type: 'redo' });
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isWritable, act]);
}
