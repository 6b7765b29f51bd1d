import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { PageEntry } from '../pages.js';
import { Dialog } from '../ui/dialog.js';
import { shellWords } from '../words/shell-words.js';
import { useLanguage, useWords } from '../words/use-words.js';

/** How long `g` waits for the key that says where to go. */
const SECOND_KEY_MS = 1_200;

/** Keys that go to pages (`g` and another), find the search field (`/`), and tell of themselves (`?`). */
export function Shortcuts({ pages }: { readonly pages: readonly PageEntry[] }) {
  const words = useWords(shellWords);
  const { language } = useLanguage();
  const [, go] = useLocation();
  const [isTold, setTold] = useState(false);
  const begun = useRef(0);
  const reachable = pages.filter(({ nav }) => nav?.key !== undefined);

  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable], dialog, .cm-editor') !==
          null;
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
      const isSecond = event.timeStamp - begun.current < SECOND_KEY_MS;
      begun.current = 0;
      if (isSecond) {
        const page = reachable.find(({ nav }) => nav?.key === event.key);
        if (page === undefined) return;
        event.preventDefault();
        go(page.path);
      } else if (event.key === 'g') {
        begun.current = event.timeStamp;
      } else if (event.key === '?') {
        setTold(true);
      } else if (event.key === '/') {
        const field = document.querySelector<HTMLInputElement>('input[type="search"]');
        if (field === null) return;
        event.preventDefault();
        field.focus();
      }
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [reachable, go]);

  return (
    <Dialog isOpen={isTold} close={() => setTold(false)} title={words.shortcuts}>
      <dl className="shortcuts">
        {reachable.map(({ path, name, nav }) => (
          <div key={path}>
            <dt>{name[language]}</dt>
            <dd>
              <kbd>g</kbd> <kbd>{nav?.key}</kbd>
            </dd>
          </div>
        ))}
        <div>
          <dt>{words.toSearch}</dt>
          <dd>
            <kbd>/</kbd>
          </dd>
        </div>
        <div>
          <dt>{words.shortcuts}</dt>
          <dd>
            <kbd>?</kbd>
          </dd>
        </div>
      </dl>
    </Dialog>
  );
}
