import { useCallback, useEffect, useRef, useState } from 'react';
import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import type { FlowView } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { storedOf } from './texts-of.js';

/** How what is written stands to what the server has. */
export type DraftState = 'untouched' | 'saved' | 'saving' | 'changed' | 'conflict' | 'failed';

/** Typing within this time is saved together. */
const SETTLE_MS = 800;
/** When a server that could not be reached is asked again. */
const AGAIN_MS = 5_000;

/** A draft while it is written. */
export type Draft = {
  readonly state: DraftState;
  /** Saves what is not saved yet; answers the revision, `undefined` when it could not be saved. */
  save(): Promise<number | undefined>;
  /** The revision that was saved last. */
  revision(): number;
};

/** Saves a flow as its draft while it is written; one save at a time, each made from the last. */
export function useDraft(view: FlowView, texts: FlowTexts, isAllowed: boolean): Draft {
  const [state, setState] = useState<DraftState>(view.revision === 0 ? 'untouched' : 'saved');
  const saved = useRef({ texts, revision: view.revision });
  const newest = useRef(texts);
  const under = useRef<Promise<number | undefined> | undefined>(undefined);
  newest.current = texts;

  const save = useCallback(async (): Promise<number | undefined> => {
    if (under.current !== undefined) await under.current;
    if (newest.current === saved.current.texts) return saved.current.revision;
    const work = async (): Promise<number | undefined> => {
      const written = newest.current;
      setState('saving');
      try {
        const { revision } = await call('PUT /flows/:name/draft', {
          name: view.name,
          revision: saved.current.revision,
          ...(view.base === undefined ? {} : { base: view.base }),
          ...storedOf(written),
        });
        saved.current = { texts: written, revision };
        setState(newest.current === written ? 'saved' : 'changed');
        return revision;
      } catch (error) {
        const isConflict = error instanceof ApiFailure && error.code === 'conflict';
        setState(isConflict ? 'conflict' : 'failed');
        return undefined;
      }
    };
    under.current = work();
    try {
      return await under.current;
    } finally {
      under.current = undefined;
    }
  }, [view.name, view.base]);

  useEffect(() => {
    if (!isAllowed || texts === saved.current.texts || state === 'conflict') return undefined;
    if (state !== 'saving' && state !== 'failed') setState('changed');
    const timer = setTimeout(() => void save(), state === 'failed' ? AGAIN_MS : SETTLE_MS);
    return () => clearTimeout(timer);
  }, [texts, state, isAllowed, save]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (newest.current !== saved.current.texts) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, []);

  return { state, save, revision: () => saved.current.revision };
}
