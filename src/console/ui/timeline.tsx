import type { TimelineItem } from '../../staff/api.js';
import { useSession } from '../session.js';
import { channelWords } from '../words/channel-words.js';
import { fieldWords, nameField, tellValue } from '../words/field-words.js';
import { purposeWords } from '../words/purpose-words.js';
import { timelineWords } from '../words/timeline-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { Icon, type IconName } from './icon.js';
import { Time } from './time.js';

/** What was said and done, oldest first: words as bubbles, the rest as lines between them. */
export function Timeline({ items }: { readonly items: readonly TimelineItem[] }) {
  const { language } = useLanguage();
  const { session } = useSession();
  const { timezone: timeZone } = session.campaign;
  let day = '';
  return (
    <ol className="timeline">
      {items.map((item) => {
        const its = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'full' }).format(
          new Date(item.at),
        );
        const isNew = its !== day;
        day = its;
        return (
          <li key={item.id}>
            {isNew ? <p className="timeline-day">{its}</p> : null}
            {item.type === 'message' ? <Bubble item={item} /> : <Fact item={item} />}
          </li>
        );
      })}
    </ol>
  );
}

type Message = Extract<TimelineItem, { type: 'message' }>;

function Bubble({ item }: { readonly item: Message }) {
  const words = useWords(timelineWords);
  const { by, text, options, files, isChoice, at } = item;
  return (
    <div className={`bubble-row bubble-${by}`}>
      <div className="bubble">
        <p className="hidden">{words.by[by]}</p>
        {text === '' ? null : <p className={isChoice === true ? 'bubble-choice' : ''}>{text}</p>}
        {files?.map(({ name, media }) => (
          <p key={name} className="bubble-file">
            <Icon name="file" size={16} /> {name} <span className="muted">({media})</span>
          </p>
        ))}
        {options === undefined ? null : (
          <p className="bubble-options">
            {options.map((option) => (
              <span key={option}>{option}</span>
            ))}
          </p>
        )}
      </div>
      <p className="bubble-time">
        {by === 'supporter' ? null : <span>{words.by[by]} · </span>}
        <Time at={at} isClock />
      </p>
    </div>
  );
}

function Fact({ item }: { readonly item: Exclude<TimelineItem, Message> }) {
  const [icon, text] = useFact(item);
  return (
    <p className={item.type === 'note' ? 'fact fact-note' : 'fact'}>
      <Icon name={icon} size={16} />
      <span>{text}</span>
      <span className="muted">
        <Time at={item.at} isClock />
      </span>
    </p>
  );
}

/** A fact as a drawing and a sentence. */
function useFact(item: Exclude<TimelineItem, Message>): [IconName, string] {
  const words = useWords(timelineWords);
  const states: Readonly<Record<string, string>> = words.states;
  const fields = useWords(fieldWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  switch (item.type) {
    case 'remembered':
      return [
        'edit',
        words.remembered(
          nameField(item.field, fields).label,
          tellValue(item.field, item.value, fields),
        ),
      ];
    case 'consent': {
      const purpose = purposes[item.purpose] ?? item.purpose;
      return ['shield', item.given ? words.agreed(purpose) : words.refused(purpose)];
    }
    case 'handoff':
      return item.what === 'asked' ? ['people', words.asked] : ['bot', words.givenBack];
    case 'delivery': {
      const channel = channels[item.channel ?? ''] ?? item.channel ?? '';
      return ['send', words.delivery(item.message, states[item.state] ?? item.state, channel)];
    }
    case 'note':
      return ['note', `${item.by} – ${item.text}`];
    default:
      return item satisfies never;
  }
}
