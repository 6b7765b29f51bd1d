import { NETWORK_NAMES } from '../../words/post-words.js';

/** The initial of a network on its colour; its name stands beside it, or is read. */
export function NetworkMark({ network }: { readonly network: string }) {
  return (
    <span className={`network-mark network-${network}`} aria-hidden="true">
      {(NETWORK_NAMES[network] ?? network).charAt(0)}
    </span>
  );
}
