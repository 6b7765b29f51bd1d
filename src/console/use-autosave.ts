import { useEffect, useRef, useState } from 'react';
import { ApiFailure } from './client.js';

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

/** Something that is being written. */
export type Written<T> = {
  /** What it is, among the others of its kind. */
  readonly id: string;
  /** As it stands on the page now, and as the server had it when the page was opened. */
  readonly value: T;
  readonly first: { readonly value: T; readonly revision: number };
  /** Saves it as the revision after the one that it names, and answers that. */
  save(value: T, revision: number): Promise<number>;
};

/** Saves a draft by itself, one save at a time, each as the revision after the last. */
export function useAutosave<T>({ id, value, first, save: send }: Written<T>): Saving {
  const [state, setState] = useState<Saving['state']>('saved');
  const kept = useRef({
    revision: first.revision,
    saved: JSON.stringify(first.value),
    value,
    send,
  });
  const running = useRef<Promise<void> | undefined>(undefined);
  kept.current.value = value;
  kept.current.send = send;
  const written = JSON.stringify(value);

  async function saveOnce(): Promise<void> {
    const now = kept.current.value;
    const text = JSON.stringify(now);
    if (text === kept.current.saved) return;
    setState('saving');
    try {
      kept.current.revision = await kept.current.send(now, kept.current.revision);
      kept.current.saved = text;
      setState(JSON.stringify(kept.current.value) === text ? 'saved' : 'unsaved');
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
      if (JSON.stringify(kept.current.value) !== kept.current.saved) event.preventDefault();
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
      const { value: last, saved, revision } = kept.current;
      return JSON.stringify(last) === saved ? revision : undefined;
    },
  };
}
