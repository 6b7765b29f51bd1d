import type { MessageOptions } from '../../../staff/api.js';
import { Badge } from '../../ui/badge.js';
import { IconButton } from '../../ui/button.js';
import { fieldWords } from '../../words/field-words.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';

/** Which channels, the preferred one first; moved by buttons, which keys reach too. */
export function ChannelOrder({
  chosen,
  channels,
  error,
  change,
}: {
  readonly chosen: readonly string[];
  readonly channels: MessageOptions['channels'];
  readonly error: string | undefined;
  change(channels: readonly string[]): void;
}) {
  const words = useWords(messageWords);
  const { values } = useWords(fieldWords);
  const rest = channels.filter(({ name }) => !chosen.includes(name)).map(({ name }) => name);
  const move = (index: number, by: number): void => {
    const next = [...chosen];
    const [one] = next.splice(index, 1);
    if (one !== undefined) next.splice(index + by, 0, one);
    change(next);
  };
  return (
    <fieldset className="bare">
      <legend className="hidden">{words.channels}</legend>
      <ol className="channel-order card rows">
        {[...chosen, ...rest].map((name) => {
          const index = chosen.indexOf(name);
          const isUsed = index >= 0;
          const label = values[name] ?? name;
          const isOn = channels.some((channel) => channel.name === name && channel.isOn);
          return (
            <li key={name} className="channel-row">
              <label className="message-choice">
                <input
                  type="checkbox"
                  checked={isUsed}
                  aria-label={words.useChannel(label)}
                  onChange={() =>
                    change(isUsed ? chosen.filter((one) => one !== name) : [...chosen, name])
                  }
                />
                <span className={isUsed ? undefined : 'muted'}>
                  {isUsed ? `${index + 1}. ` : ''}
                  {label}
                </span>
              </label>
              {isOn ? null : <Badge>{words.off}</Badge>}
              {isUsed ? (
                <span className="channel-moves">
                  <IconButton
                    icon="up"
                    label={words.raise(label)}
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  />
                  <IconButton
                    icon="down"
                    label={words.lower(label)}
                    disabled={index === chosen.length - 1}
                    onClick={() => move(index, 1)}
                  />
                </span>
              ) : null}
            </li>
          );
        })}
      </ol>
      {error === undefined ? null : <p className="field-error">{error}</p>}
    </fieldset>
  );
}
