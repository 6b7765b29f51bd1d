import { countText, type PostNetworkName } from '../../../engine/count-post.js';
import { NETWORK_NAMES, postWords } from '../../words/post-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

const AROUND = 2 * Math.PI * 8;

/** How much of its limit the text of a network takes, counted as that network counts. */
export function Room({
  network,
  text,
  mastodonLimit,
  hasPicture,
}: {
  readonly network: PostNetworkName;
  readonly text: string;
  readonly mastodonLimit: number;
  readonly hasPicture: boolean;
}) {
  const words = useWords(postWords);
  const { count, most } = countText(network, text, { mastodon: mastodonLimit, hasPicture });
  const number = new Intl.NumberFormat(useLanguage().language);
  const left = most - count;
  const look = left < 0 ? 'over' : left < most / 10 ? 'near' : 'fine';
  return (
    <span
      className={`room room-${look}`}
      title={words.room(NETWORK_NAMES[network] ?? network, left)}
    >
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <circle className="room-ground" cx="10" cy="10" r="8" />
        <circle
          className="room-part"
          cx="10"
          cy="10"
          r="8"
          strokeDasharray={`${Math.min(1, count / most) * AROUND} ${AROUND}`}
          transform="rotate(-90 10 10)"
        />
      </svg>
      <span aria-hidden="true">
        {number.format(count)} / {number.format(most)}
      </span>
      <span className="hidden">{words.room(NETWORK_NAMES[network] ?? network, left)}</span>
    </span>
  );
}
