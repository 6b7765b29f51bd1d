import './channels/channels.css';
import { Awaited } from '../ui/awaited.js';
import { Page, Section } from '../ui/page.js';
import { useApi } from '../use-api.js';
import { channelsWords } from '../words/channels-words.js';
import { useWords } from '../words/use-words.js';
import { ChannelCard } from './channels/channel-card.js';
import { SystemSection } from './channels/system-section.js';

const LOOK_MS = 3_000;

/** How every channel does, and what all stands on. */
export function Channels() {
  const words = useWords(channelsWords);
  const { data, error, mutate } = useApi('GET /channels', {}, { everyMs: LOOK_MS });
  const system = useApi('GET /system', {}, { everyMs: LOOK_MS });
  const on = data?.items.filter(({ state }) => state !== 'off') ?? [];
  const off = data?.items.filter(({ state }) => state === 'off') ?? [];
  return (
    <Page title={words.title} text={words.text}>
      {data === undefined ? (
        <Awaited error={error} again={() => void mutate()} lines={8} />
      ) : (
        <Section title={words.channels}>
          <div className="channel-cards">
            {[...on, ...off].map((channel) => (
              <ChannelCard
                key={channel.channel}
                channel={channel}
                publicUrl={system.data?.publicUrl}
              />
            ))}
          </div>
        </Section>
      )}
      {system.data === undefined ? null : <SystemSection system={system.data} />}
    </Page>
  );
}
