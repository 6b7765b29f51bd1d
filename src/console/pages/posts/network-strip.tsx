import { useState } from 'react';
import type { PostOptions } from '../../../staff/api.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { NETWORK_NAMES, postSettingWords, postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';
import { NetworkMark } from './network-mark.js';

/** Where posts can be made, and what turns on the others. */
export function NetworkStrip({ networks }: { readonly networks: PostOptions['networks'] }) {
  const words = useWords(postWords);
  const settings = useWords(postSettingWords);
  const [asked, setAsked] = useState<PostOptions['networks'][number]>();
  const name = NETWORK_NAMES[asked?.name ?? ''] ?? '';
  return (
    <section aria-label={words.networks}>
      {networks.some(({ isOn }) => isOn) ? null : (
        <p className="alert-line posts-off">
          <span>{words.networksOff}</span>
        </p>
      )}
      <ul className="network-strip">
        {networks.map((network) => (
          <li key={network.name} className="card network-card">
            <NetworkMark network={network.name} />
            <span className="network-words">
              <span>{NETWORK_NAMES[network.name] ?? network.name}</span>
              <span className="muted">
                {network.isOn ? (network.account ?? words.on) : words.off}
              </span>
            </span>
            {network.isOn ? null : (
              <Button
                size="small"
                aria-label={words.setUpTitle(NETWORK_NAMES[network.name] ?? network.name)}
                onClick={() => setAsked(network)}
              >
                {words.setUp}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        isOpen={asked !== undefined}
        close={() => setAsked(undefined)}
        title={words.setUpTitle(name)}
        actions={<Button onClick={() => setAsked(undefined)}>{words.close}</Button>}
      >
        <p>{words.setUpText}</p>
        <dl className="setting-list">
          {asked?.settings.map((setting) => (
            <div key={setting}>
              <dt>
                <code>{setting}</code>
              </dt>
              <dd className="muted">{settings[setting]}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </section>
  );
}
