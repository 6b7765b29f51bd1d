import { Link } from 'wouter';
import type { AlertView } from '../../../staff/api.js';
import { PAGES } from '../../pages.js';
import { Icon, type IconName } from '../../ui/icon.js';
import { useApi } from '../../use-api.js';
import { useLive } from '../../use-live.js';
import { alertWords } from '../../words/alert-words.js';
import { channelWords } from '../../words/channel-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { useSession } from '../../session.js';

const LOOK_MS = 15_000;

/** What to look at now, each with the way to where it is put right; nothing where all is well. */
export function AlertList() {
  const words = useWords(alertWords);
  const { data, mutate } = useApi('GET /alerts', {}, { everyMs: LOOK_MS, keepPrevious: true });
  useLive((event) => {
    if (event.type === 'conversation') void mutate();
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section aria-label={words.title}>
      <ul className="alerts">
        {data.items.map((alert) => (
          <li key={`${alert.kind} ${alert.about ?? alert.name ?? ''}`}>
            <AlertLine alert={alert} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AlertLine({ alert }: { readonly alert: AlertView }) {
  const tell = useTell();
  const path = pathOf(alert);
  const look = LOOKS[alert.kind];
  const shown = (
    <>
      <Icon name={look.icon} size={18} />
      <span>
        {tell(alert)}
        {alert.reason === undefined ? null : (
          <small lang="en">{alert.reason.replace(/^\w+: /, '')}</small>
        )}
      </span>
      {path === undefined ? null : <Icon name="right" size={18} />}
    </>
  );
  return path === undefined ? (
    <p className={`alert-line alert-${look.tone}`}>{shown}</p>
  ) : (
    <Link href={path} className={`alert-line alert-${look.tone}`}>
      {shown}
    </Link>
  );
}

const LOOKS: {
  readonly [kind in AlertView['kind']]: {
    readonly tone: 'bad' | 'warn' | 'calm';
    readonly icon: IconName;
  };
} = {
  waiting: { tone: 'warn', icon: 'inbox' },
  anomalies: { tone: 'warn', icon: 'money' },
  outings: { tone: 'warn', icon: 'map' },
  channel: { tone: 'bad', icon: 'channel' },
  no_worker: { tone: 'bad', icon: 'alert' },
  failed: { tone: 'warn', icon: 'send' },
  unknown: { tone: 'warn', icon: 'send' },
  behind: { tone: 'bad', icon: 'send' },
  flow_errors: { tone: 'warn', icon: 'flow' },
  silence_comes: { tone: 'calm', icon: 'calendar' },
  silence: { tone: 'calm', icon: 'calendar' },
};

/** Where it is put right: the first of these pages that there is. */
function pathOf({ kind, about, sequence }: AlertView): string | undefined {
  switch (kind) {
    case 'waiting':
      return '/inbox';
    case 'anomalies':
      return firstOf('/donations/anomalies', '/donations');
    case 'outings':
      return firstOf('/canvass/outings', '/canvass');
    case 'channel':
      return about === 'whatsapp' ? '/whatsapp' : '/channels';
    case 'no_worker':
      return '/channels';
    case 'failed':
    case 'unknown':
    case 'behind':
      if (about !== undefined) return `/messages/${encodeURIComponent(about)}`;
      return sequence !== undefined && firstOf('/sequences/:id') !== undefined
        ? `/sequences/${encodeURIComponent(sequence)}`
        : '/messages';
    case 'flow_errors':
      return about === undefined ? '/flows' : `/flows/${encodeURIComponent(about)}`;
    case 'silence_comes':
    case 'silence':
      return '/messages';
    default:
      return kind satisfies never;
  }
}

function firstOf(...paths: readonly string[]): string | undefined {
  return paths.find((path) => PAGES.some((page) => page.path === path));
}

function useTell(): (alert: AlertView) => string {
  const words = useWords(alertWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const { language } = useLanguage();
  const { session } = useSession();
  const format = new Intl.DateTimeFormat(language, {
    timeZone: session.campaign.timezone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  return ({ kind, count, about = '', name, at }) => {
    const when = at === undefined ? '' : format.format(new Date(at));
    switch (kind) {
      case 'channel':
        return words.channel(channels[about] ?? about);
      case 'no_worker':
        return words.no_worker;
      case 'failed':
      case 'unknown':
        return words[kind](count, name ?? '');
      case 'behind':
        return words.behind(name ?? '');
      case 'flow_errors':
        return words.flow_errors(count, name);
      case 'silence':
      case 'silence_comes':
        return words[kind](when);
      case 'waiting':
      case 'anomalies':
      case 'outings':
        return words[kind](count);
      default:
        return kind satisfies never;
    }
  };
}
