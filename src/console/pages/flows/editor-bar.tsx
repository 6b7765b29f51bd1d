import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Button, IconButton } from '../../ui/button.js';
import { editorWords } from '../../words/editor-words.js';
import { useWords } from '../../words/use-words.js';
import type { Deed } from './editing.js';

/** What can be shown beside a flow. */
export type Side = 'step' | 'simulator' | 'history' | 'funnel' | 'problems';
/** The two ways to look at it. */
export type Face = 'graph' | 'text';

/** What stands above a flow: its name, how it is looked at, and what can be done with all of it. */
export function EditorBar({
  title,
  note,
  problems,
  face,
  setFace,
  side,
  turnSide,
  isWritable,
  canUndo,
  canRedo,
  act,
  publish,
}: {
  readonly title: string;
  readonly note: ReactNode;
  readonly problems: ReactNode;
  readonly face: Face;
  setFace(face: Face): void;
  readonly side: Side | undefined;
  /** Shows a side, or puts it away when it is shown. */
  turnSide(side: Side): void;
  readonly isWritable: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  act(deed: Deed): void;
  /** Absent for who may not. */
  readonly publish: (() => void) | undefined;
}) {
  const words = useWords(editorWords);
  return (
    <header className="editor-bar">
      <Link href="/flows" className="icon-link" aria-label={words.back} title={words.back}>
        ‹
      </Link>
      <div className="editor-title">
        <h1>{title}</h1>
        {note}
      </div>
      <div className="editor-tools">
        {problems}
        <div className="faces" role="group" aria-label={words.face}>
          {(['graph', 'text'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={face === one}
              onClick={() => setFace(one)}
            >
              {words[one]}
            </button>
          ))}
        </div>
        {isWritable ? (
          <>
            <IconButton
              icon="undo"
              label={words.undo}
              disabled={!canUndo}
              onClick={() => act({ type: 'undo' })}
            />
            <IconButton
              icon="redo"
              label={words.redo}
              disabled={!canRedo}
              onClick={() => act({ type: 'redo' })}
            />
          </>
        ) : null}
        <IconButton
          icon="filter"
          label={words.funnel}
          aria-pressed={side === 'funnel'}
          onClick={() => turnSide('funnel')}
        />
        <IconButton
          icon="history"
          label={words.history}
          aria-pressed={side === 'history'}
          onClick={() => turnSide('history')}
        />
        <Button
          icon="play"
          aria-pressed={side === 'simulator'}
          onClick={() => turnSide('simulator')}
        >
          {words.simulate}
        </Button>
        {publish === undefined ? null : (
          <Button look="primary" onClick={publish}>
            {words.publish}
          </Button>
        )}
      </div>
    </header>
  );
}
