import { Link } from 'wouter';
import type { ChannelView } from '../../../staff/api.js';
import { useSession } from '../../session.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { Icon, type IconName } from '../../ui/icon.js';
import { Secret } from '../../ui/secret.js';
import { Time } from '../../ui/time.js';
import { channelWords } from '../../words/channel-words.js';
import { channelsWords } from '../../words/channels-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { TestButton } from './test-button.js';

const TONES: { readonly [state in ChannelView['state']]: Tone } = {
  off: 'neutral',
  opening: 'accent',
  ready: 'good',
  failing: 'bad',
  waiting: 'warn',
  logged_out: 'bad',
};

const ICONS: Readonly<Record<string, IconName>> = {
  web: 'globe',
  telegram: 'send',
  whatsapp: 'phone',
  email: 'mail',
};

/** One channel: its state, what goes through it, and what there is to do. */
export function ChannelCard({
  channel,
  publicUrl,
}: {
  readonly channel: ChannelView;
  readonly publicUrl: string | undefined;
}) {
  const words = useWords(channelsWords);
  const names: Readonly<Record<string, string>> = useWords(channelWords);
  const { may } = useSession();
  const { channel: name, state, how, reason, webhook } = channel;
  const isOff = state === 'off';
  return (
    <article className="card card-body channel-card" aria-label={names[name] ?? name}>
      <header>
        <span className="channel-icon" aria-hidden="true">
          <Icon name={ICONS[name] ?? 'channel'} />
        </span>
        <div className="channel-name">
          <h3>{names[name] ?? name}</h3>
          {how === undefined ? null : <p className="muted">{words.how[how]}</p>}
        </div>
        <Badge tone={TONES[state]}>{words.states[state]}</Badge>
      </header>
      {reason === undefined ? null : (
        <p className="channel-reason" lang="en">
          {reason.replace(/^\w+: /, '')}
        </p>
      )}
      {isOff ? <HowToTurnOn channel={name} /> : <Traffic channel={channel} />}
      {webhook === undefined ? null : <Secret value={webhook} label={words.webhook} />}
      {name === 'web' && publicUrl !== undefined ? (
        <Secret value={`<script src="${publicUrl}/embed.js" async></script>`} label={words.embed} />
      ) : null}
      {isOff || !may('channels.write') ? null : (
        <footer className="page-actions">
          <TestButton channel={name} />
          {how === 'web' ? (
            <Link href="/whatsapp" className="button button-plain button-small">
              {words.link}
            </Link>
          ) : null}
        </footer>
      )}
    </article>
  );
}

function Traffic({ channel }: { readonly channel: ChannelView }) {
  const words = useWords(channelsWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const { lastInAt, lastOutAt, sent, perSecond, waiting, due, failed, failedAt, failedBy } =
    channel;
  const reasons: Readonly<Record<string, string>> = words.reasons;
  return (
    <dl className="channel-facts">
      {channel.channel === 'email' ? null : (
        <div>
          <dt>{words.lastIn}</dt>
          <dd>{lastInAt === undefined ? words.never : <Time at={lastInAt} isShort />}</dd>
        </div>
      )}
      <div>
        <dt>{words.lastOut}</dt>
        <dd>{lastOutAt === undefined ? words.never : <Time at={lastOutAt} isShort />}</dd>
      </div>
      <div>
        <dt>{words.sent}</dt>
        <dd>{number.format(sent)}</dd>
      </div>
      {perSecond === undefined ? null : (
        <div>
          <dt>{words.rate}</dt>
          <dd>{words.perSecond(number.format(perSecond))}</dd>
        </div>
      )}
      <div>
        <dt>{words.backlog}</dt>
        <dd>{words.backlogOf(number.format(waiting), number.format(due))}</dd>
      </div>
      {failed === 0 || failedAt === undefined ? null : (
        <div className="channel-failed">
          <dt>{words.failed}</dt>
          <dd>
            {words.failedOf(failed)} · <Time at={failedAt} isShort />
            {failedBy === undefined ? '' : ` · ${reasons[failedBy] ?? failedBy}`}
          </dd>
        </div>
      )}
    </dl>
  );
}

function HowToTurnOn({ channel }: { readonly channel: string }) {
  const words = useWords(channelsWords);
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = words.settings;
  return (
    <div className="channel-settings">
      <p className="muted">{words.turnOn}</p>
      <dl>
        {Object.entries(all[channel] ?? {}).map(([setting, text]) => (
          <div key={setting}>
            <dt>
              <code>{setting}</code>
            </dt>
            <dd className="muted">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
