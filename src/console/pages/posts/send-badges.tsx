import type { PostRowView, PostState } from '../../../staff/api.js';
import type { Tone } from '../../ui/badge.js';
import { NETWORK_NAMES, postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';
import { NetworkMark } from './network-mark.js';

export const POST_TONES: { readonly [state in PostState]: Tone } = {
  planned: 'accent',
  sending: 'accent',
  sent: 'good',
  failed: 'bad',
  skipped: 'warn',
  unknown: 'warn',
  cancelled: 'neutral',
};

/** What became of a post on each network, in one line. */
export function SendBadges({ sends }: { readonly sends: PostRowView['sends'] }) {
  const words = useWords(postWords);
  return (
    <ul className="send-badges">
      {sends.map(({ network, state, reason }) => {
        const isHeld = state === 'planned' && reason !== undefined;
        return (
          <li key={network} className={`send-badge badge-${isHeld ? 'warn' : POST_TONES[state]}`}>
            <NetworkMark network={network} />
            <span className="hidden">{NETWORK_NAMES[network] ?? network} </span>
            {isHeld ? words.waits : words.states[state]}
          </li>
        );
      })}
    </ul>
  );
}
