import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Link } from '../client/memory.js';
import type { ChatWords } from '../words.js';

/** How long it is said that the connection is back, in milliseconds. */
const GOOD_NEWS_MS = 4000;

/** Says how things stand with the network, when they do not stand well. */
export function LinkStatus({ link, words }: { link: Link; words: ChatWords }): JSX.Element {
  const wasBad = useRef(false);
  const [isBack, setBack] = useState(false);
  const isBad = link === 'offline' || link === 'reconnecting';
  useEffect(() => {
    if (isBad) {
      wasBad.current = true;
      setBack(false);
      return undefined;
    }
    if (link !== 'online' || !wasBad.current) return undefined;
    wasBad.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), GOOD_NEWS_MS);
    return () => clearTimeout(timer);
  }, [link]);
  const text = isBad ? words[link] : isBack ? words.online : '';
  return (
    <div class={`status ${isBad ? 'bad' : 'good'}`} role="status">
      {text !== '' && <p>{text}</p>}
    </div>
  );
}
