import type { Way } from '../../../../engine/edit/ways.js';

/** A way out of a step as the name of its handle on the canvas. */
export function wayKey(way: Way): string {
  return way.type === 'arm' ? `arm-${way.arm}` : way.type;
}

/** The way that a handle stands for. */
export function wayOf(key: string): Way | undefined {
  if (key === 'next' || key === 'give_up') return { type: key };
  const arm = /^arm-(\d+)$/.exec(key)?.[1];
  return arm === undefined ? undefined : { type: 'arm', arm: Number(arm) };
}
