import { useCallback, useEffect, useRef, useState } from 'react';
import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import { mergeTexts } from '../../../engine/edit/merge-texts.js';
import type { FlowView } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import type { Deed } from './editing.js';
import { storedOf, textsOf } from './texts-of.js';

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
  /** Ends a conflict: what is not kept can be brought back by redo or undo. */
  settle(keep: 'mine' | 'theirs'): void;
};

/** What others saved meanwhile. */
type Theirs = { readonly texts: FlowTexts; readonly revision: number; readonly base?: string };

/**
 * Saves a flow as its draft while it is written; one save at a time, each made from the last. What somebody
 * else saved meanwhile is joined with what is written here, where both did not change the same lines.
 */
export function useDraft(
  view: FlowView,
  texts: FlowTexts,
  isAllowed: boolean,
  act: (deed: Deed) => void,
  tellJoined: (author: string) => void,
): Draft {
  const [state, setState] = useState<DraftState>(view.revision === 0 ? 'untouched' : 'saved');
  const saved = useRef<Theirs>({ texts, revision: view.revision, ...baseOf(view) });
  const theirs = useRef<Theirs>(null);
  const joined = useRef(tellJoined);
  joined.current = tellJoined;
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
          ...baseOf(saved.current),
          ...storedOf(written),
        });
        saved.current = { ...baseOf(saved.current), texts: written, revision };
        setState(newest.current === written ? 'saved' : 'changed');
        return revision;
      } catch (error) {
        const isConflict = error instanceof ApiFailure && error.code === 'conflict';
        if (isConflict) await meet().catch(() => setState('failed'));
        else setState('failed');
        return undefined;
      }
    };
    const meet = async (): Promise<void> => {
      const other = await call('GET /flows/:name', { name: view.name });
      const found = {
        ...baseOf(other),
        texts: textsOf(view.name, other),
        revision: other.revision,
      };
      const merged = mergeTexts(saved.current.texts, newest.current, found.texts);
      if (merged === undefined) {
        theirs.current = found;
        setState('conflict');
        return;
      }
      saved.current = found;
      setState('changed');
      act({ type: 'take', texts: merged });
      joined.current(other.author ?? '');
    };
    under.current = work();
    try {
      return await under.current;
    } finally {
      under.current = undefined;
    }
  }, [view.name, act]);

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

  const settle = useCallback(
    (keep: 'mine' | 'theirs'): void => {
      if (theirs.current === null) return;
      saved.current = theirs.current;
      theirs.current = null;
      // Theirs is taken first in either case, so that none of the two is lost to undo and redo.
      act({ type: 'take', texts: saved.current.texts });
      if (keep === 'mine') act({ type: 'undo' });
      setState(keep === 'mine' ? 'changed' : 'saved');
    },
    [act],
  );

  return { state, save, revision: () => saved.current.revision, settle };
}

function baseOf({ base }: { readonly base?: string }): { readonly base?: string } {
  return base === undefined ? {} : { base };
}
