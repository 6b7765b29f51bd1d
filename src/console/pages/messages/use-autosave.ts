import { useEffect, useRef, useState } from 'react';
import type { MessageDraft, MessageView } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';

/** How long one may pause in writing before it is saved. */
const PAUSE_MS = 700;
const AGAIN_MS = 4_000;

export type Saving = {
  /** The revision that the server has. */
  readonly revision: number;
  readonly state: 'saved' | 'unsaved' | 'saving' | 'conflict';
  /** Saves now what is not saved yet, and answers the revision; undefined when it could not be. */
  settle(): Promise<number | undefined>;
};

/** Saves a draft by itself, one save at a time, each as the revision after the last. */
export function useAutosave(id: string, message: MessageDraft, first: MessageView): Saving {
  const [state, setState] = useState<Saving['state']>('saved');
  const kept = useRef({
    revision: first.revision ?? 0,
    saved: JSON.stringify(first.message),
    message,
  });
  const running = useRef<Promise<void> | undefined>(undefined);
  kept.current.message = message;
  const written = JSON.stringify(message);

  async function saveOnce(): Promise<void> {
    const now = kept.current.message;
    const text = JSON.stringify(now);
    if (text === kept.current.saved) return;
    setState('saving');
    try {
      const { revision } = kept.current;
      const view = await call('PUT /messages/:id', { id, message: now, revision });
      kept.current.revision = view.revision ?? revision + 1;
      kept.current.saved = text;
      setState(JSON.stringify(kept.current.message) === text ? 'saved' : 'unsaved');
    } catch (error) {
      const isConflict = error instanceof ApiFailure && error.status === 409;
      setState(isConflict ? 'conflict' : 'unsaved');
    }
  }

  function save(): Promise<void> {
    running.current = (running.current ?? Promise.resolve()).then(saveOnce);
    return running.current;
  }

  useEffect(() => {
    if (written === kept.current.saved || state === 'conflict') return undefined;
    if (state === 'saved') setState('unsaved');
    // What could not be saved is tried again.
    const timer = setTimeout(() => void save(), PAUSE_MS);
    const again = setInterval(() => void save(), AGAIN_MS);
    return () => {
      clearTimeout(timer);
      clearInterval(again);
    };
  }, [written, state === 'conflict']);

  useEffect(() => {
    const leave = (event: BeforeUnloadEvent): void => {
      if (JSON.stringify(kept.current.message) !== kept.current.saved) event.preventDefault();
    };
    window.addEventListener('beforeunload', leave);
    return () => {
      window.removeEventListener('beforeunload', leave);
      // Another page of the console was opened: nothing of what was written is lost.
      void save();
    };
  }, [id]);

  return {
    revision: kept.current.revision,
    state,
    async settle() {
      await save();
      const { message: last, saved, revision } = kept.current;
      return JSON.stringify(last) === saved ? revision : undefined;
    },
  };
}
