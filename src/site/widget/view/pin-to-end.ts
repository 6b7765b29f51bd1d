import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Nearer to the end than this counts as being there, in pixels. */
const NEAR = 60;

/** Room above the first of what is new, in pixels. */
const MARGIN = 8;

/**
 * Keeps a scrolling list at its end while the reader is there; tells when something came further
 * down than the reader looks. What is new since the reader last wrote and does not fit is shown from its
 * beginning. `last` names the last item, `mine` whether the reader wrote it.
 */
export function usePinToEnd(list: RefObject<HTMLElement | null>, last: string, mine: boolean) {
  const isPinned = useRef(true);
  const [hasNewer, setNewer] = useState(false);

  function goToEnd(): void {
    const element = list.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
    isPinned.current = true;
    setNewer(false);
  }

  /** Shows the end, or the beginning of what is new where that is longer than the list is high. */
  function goToNews(): void {
    const element = list.current;
    const written = element?.querySelectorAll('.row.mine') ?? [];
    const lastWritten = written[written.length - 1];
    if (element === null || lastWritten === undefined) return goToEnd();
    const { bottom } = lastWritten.getBoundingClientRect();
    const from = element.scrollTop + bottom - element.getBoundingClientRect().top;
    if (element.scrollHeight - from <= element.clientHeight) return goToEnd();
    element.scrollTop = from - MARGIN;
    isPinned.current = false;
    setNewer(true);
  }

  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    let top = element.scrollTop;
    const look = (): void => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      // Words that came since the last scroll are no sign that the reader went up.
      if (isNear || element.scrollTop < top) isPinned.current = isNear;
      top = element.scrollTop;
      if (isNear) setNewer(false);
    };
    element.addEventListener('scroll', look, { passive: true });
    // A keyboard that opens makes the list smaller, a question that appears makes it longer.
    const sizes = new ResizeObserver(() => {
      if (isPinned.current) element.scrollTop = element.scrollHeight;
    });
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    return () => {
      element.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, []);

  useLayoutEffect(() => {
    if (mine) goToEnd();
    else if (isPinned.current) goToNews();
    else setNewer(true);
  }, [last]);

  return { hasNewer, goToEnd };
}
