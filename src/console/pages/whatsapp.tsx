import './channels/channels.css';
import { Link } from 'wouter';
import type { WhatsAppView } from '../../staff/api.js';
import { Awaited } from '../ui/awaited.js';
import { Badge } from '../ui/badge.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { QrCode } from '../ui/qr-code.js';
import { useApi } from '../use-api.js';
import { channelsWords } from '../words/channels-words.js';
import { useWords } from '../words/use-words.js';

const LOOK_MS = 2_000;

/** Links WhatsApp to a phone: the code to scan as it changes, and what became of it. */
export function WhatsApp() {
  const words = useWords(channelsWords);
  const { data, error, mutate } = useApi('GET /whatsapp', {}, { everyMs: LOOK_MS });
  return (
    <Page
      title={words.whatsapp}
      text={words.whatsappText}
      actions={
        <Link href="/channels" className="button button-plain button-medium">
          {words.title}
        </Link>
      }
    >
      <div className="whatsapp">
        <section className="policy">
          <h2>
            <Icon name="alert" /> {words.policyTitle}
          </h2>
          <p>{words.policy}</p>
          <p>
            <a href="https://business.whatsapp.com/policy" target="_blank" rel="noreferrer">
              {words.policyLink}
            </a>
          </p>
        </section>
        {data !== undefined ? (
          <Linked view={data} />
        ) : (
          <Awaited error={error} again={() => void mutate()} lines={5} />
        )}
      </div>
    </Page>
  );
}

function Linked({ view }: { readonly view: WhatsAppView }) {
  const words = useWords(channelsWords);
  const { state, transport, squares, reason } = view;
  if (squares !== undefined) return <Scan squares={squares} />;
  const isCloud = transport === 'cloud';
  const settings = Object.entries(words.settings.whatsapp).slice(0, 2);
  return (
    <section className="card card-body channel-card">
      <div className="link-state" role="status">
        <Badge tone={state === 'ready' ? 'good' : state === 'off' ? 'neutral' : 'accent'}>
          {words.states[state]}
        </Badge>
        <span>
          {isCloud ? words.stand.cloud : words.stand[state === 'waiting' ? 'opening' : state]}
        </span>
      </div>
      {reason === undefined ? null : (
        <p className="channel-reason" lang="en">
          {reason.replace(/^\w+: /, '')}
        </p>
      )}
      {state !== 'off' ? null : (
        <div className="channel-settings">
          <p className="muted">{words.turnOn}</p>
          <dl>
            {settings.map(([setting, text]) => (
              <div key={setting}>
                <dt>
                  <code>{setting}</code>
                </dt>
                <dd className="muted">{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}

function Scan({ squares }: { readonly squares: readonly string[] }) {
  const words = useWords(channelsWords);
  const { open, settings, link } = words.scanSteps;
  return (
    <section className="card card-body scan">
      <QrCode squares={squares} label={words.qr} />
      <div role="status">
        <h2>{words.scan}</h2>
        <ol>
          <li>{open}</li>
          <li>{settings}</li>
          <li>{link}</li>
        </ol>
        <p className="muted">{words.secret}</p>
      </div>
    </section>
  );
}
