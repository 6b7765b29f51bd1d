import { useEffect, useRef } from 'react';
import type { StepKind } from '../../../engine/parse/names.js';
import { Icon } from '../../ui/icon.js';
import { editorWords } from '../../words/editor-words.js';
import { useWords } from '../../words/use-words.js';
import { KIND_ICONS } from './kind-icons.js';

const KINDS: readonly StepKind[] = [
  'say',
  'collect',
  'branch',
  'action',
  'set',
  'call',
  'link',
  'wait',
];

const WIDTH = 300;
const HEIGHT = 420;

/** The kinds of steps to add, beside where they were asked for. */
export function AddMenu({
  at,
  choose,
  close,
}: {
  readonly at: { readonly x: number; readonly y: number };
  choose(kind: StepKind): void;
  close(): void;
}) {
  const words = useWords(editorWords);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
    const leave = (event: PointerEvent): void => {
      if (event.target instanceof Node && menu.current?.contains(event.target) === false) close();
    };
    addEventListener('pointerdown', leave, true);
    return () => removeEventListener('pointerdown', leave, true);
  }, [close]);
  const left = Math.max(8, Math.min(at.x, innerWidth - WIDTH - 8));
  const top = Math.max(8, Math.min(at.y, innerHeight - HEIGHT - 8));
  return (
    <div
      ref={menu}
      className="add-menu"
      role="menu"
      aria-label={words.addStep}
      style={{ left, top, width: WIDTH }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
        const items = [...(menu.current?.querySelectorAll('button') ?? [])];
        const now = items.findIndex((item) => item === document.activeElement);
        const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: items.length - 1 }[
          event.key
        ];
        if (next === undefined) return;
        event.preventDefault();
        items[(next + items.length) % items.length]?.focus();
      }}
    >
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          role="menuitem"
          className="add-item"
          onClick={() => choose(kind)}
        >
          <span className={`add-icon step-${kind}`}>
            <Icon name={KIND_ICONS[kind]} size={18} />
          </span>
          <span className="add-words">
            <strong>{words.kinds[kind]}</strong>
            <span>{words.kindHints[kind]}</span>
          </span>
        </button>
      ))}
    </div>
  );
}
