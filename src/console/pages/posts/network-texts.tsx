import { useState } from 'react';
import { POST_NETWORKS } from '../../../engine/count-post.js';
import type { PostOptions } from '../../../staff/api.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { TextArea } from '../../ui/field.js';
import { NETWORK_NAMES, postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';
import { NetworkMark } from './network-mark.js';
import { textOn, type PostText } from './post-form.js';
import { Room } from './room.js';

/** On which networks, how much room each leaves, and what is said otherwise on some. */
export function NetworkTexts({
  post,
  options,
  hasPicture,
  errorOf,
  set,
}: {
  readonly post: PostText;
  readonly options: PostOptions;
  readonly hasPicture: boolean;
  errorOf(field: string): string | undefined;
  set(part: Partial<PostText>): void;
}) {
  const words = useWords(postWords);
  const [opened, setOpened] = useState<readonly string[]>(Object.keys(post.texts));
  const error = errorOf('networks');
  return (
    <fieldset className="bare">
      <legend className="hidden">{words.networks}</legend>
      <ul className="card rows">
        {POST_NETWORKS.map((network) => {
          const name = NETWORK_NAMES[network] ?? network;
          const isOn = options.networks.some((one) => one.name === network && one.isOn);
          const isUsed = post.networks.includes(network);
          const hasOwn = isUsed && opened.includes(network);
          return (
            <li key={network} className="network-row">
              <div className="network-line">
                <label className="network-choice">
                  <input
                    type="checkbox"
                    checked={isUsed}
                    disabled={!isOn && !isUsed}
                    onChange={() =>
                      set({
                        networks: isUsed
                          ? post.networks.filter((one) => one !== network)
                          : [...post.networks, network],
                      })
                    }
                  />
                  <NetworkMark network={network} />
                  <span className={isUsed ? undefined : 'muted'}>{name}</span>
                </label>
                {isOn ? null : <Badge>{words.off}</Badge>}
                {isUsed ? (
                  <Room
                    network={network}
                    text={textOn(post, network)}
                    mastodonLimit={options.mastodonLimit}
                    hasPicture={hasPicture}
                  />
                ) : null}
                {isUsed && !hasOwn ? (
                  <Button
                    size="small"
                    look="quiet"
                    icon="edit"
                    onClick={() => {
                      setOpened([...opened, network]);
                      set({ texts: { ...post.texts, [network]: post.text } });
                    }}
                  >
                    {words.own(name)}
                  </Button>
                ) : null}
              </div>
              {hasOwn ? (
                <div className="network-own">
                  <TextArea
                    label={words.ownText(name)}
                    lang={post.language}
                    rows={4}
                    value={post.texts[network] ?? ''}
                    error={errorOf(`texts.${network}`)}
                    onChange={({ target }) =>
                      set({ texts: { ...post.texts, [network]: target.value } })
                    }
                  />
                  <Button
                    size="small"
                    look="quiet"
                    icon="undo"
                    onClick={() => {
                      const { [network]: _, ...texts } = post.texts;
                      setOpened(opened.filter((one) => one !== network));
                      set({ texts });
                    }}
                  >
                    {words.sameAgain}
                  </Button>
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      {error === undefined ? null : <p className="field-error">{error}</p>}
      <p className="field-hint">{words.linksCount}</p>
    </fieldset>
  );
}
