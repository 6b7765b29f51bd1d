import { PURPOSES } from '../../../../engine/flow.js';
import type { FlowSurroundings } from '../../../../staff/api.js';
import { Select, TextField } from '../../../ui/field.js';
import { flowWords } from '../../../words/flow-words.js';
import { simulatorWords } from '../../../words/simulator-words.js';
import { useWords } from '../../../words/use-words.js';
import type { Opening } from '../checking/protocol.js';
import { Check } from '../panel/check.js';

/** Who talks with the flow in the simulator: where, when, in which language, and what is known of them. */
export function OpeningFields({
  opening,
  surroundings,
  set,
}: {
  readonly opening: Opening;
  readonly surroundings: FlowSurroundings;
  set(opening: Opening): void;
}) {
  const words = useWords(simulatorWords);
  const { purposes } = useWords(flowWords);
  const channels: Readonly<Record<string, string>> = words.channels;
  const profile = (key: string, value: string): void => {
    const { [key]: _, ...rest } = opening.supporter;
    set({ ...opening, supporter: value === '' ? rest : { ...rest, [key]: value } });
  };
  const text = (key: string): string => {
    const value = opening.supporter[key];
    return typeof value === 'string' ? value : '';
  };
  const local = new Date(opening.at - new Date(opening.at).getTimezoneOffset() * 60_000);
  return (
    <div className="form">
      <div className="pair">
        <Select
          label={words.channel}
          value={opening.channel}
          options={surroundings.channels.map((value) => ({
            value,
            label: channels[value] ?? value,
          }))}
          onChoose={(channel) => set({ ...opening, channel })}
        />
        <Select
          label={words.language}
          value={opening.language}
          options={surroundings.languages.map((value) => ({ value, label: value.toUpperCase() }))}
          onChoose={(language) => set({ ...opening, language })}
        />
      </div>
      <TextField
        label={words.at}
        type="datetime-local"
        value={local.toISOString().slice(0, 16)}
        onChange={({ target: { value } }) => {
          const at = new Date(value).getTime();
          if (!Number.isNaN(at)) set({ ...opening, at });
        }}
      />
      <div className="pair">
        <TextField
          label={words.firstName}
          value={text('first_name')}
          onChange={({ target }) => profile('first_name', target.value)}
        />
        <TextField
          label={words.email}
          value={text('email')}
          onChange={({ target }) => profile('email', target.value)}
        />
      </div>
      <fieldset className="ways">
        <legend>{words.consents}</legend>
        {PURPOSES.filter((purpose) => purpose !== 'service').map((purpose) => (
          <Check
            key={purpose}
            label={purposes[purpose]}
            isOn={opening.consents[purpose] === true}
            set={(isOn) => {
              const { [purpose]: _, ...rest } = opening.consents;
              set({ ...opening, consents: isOn ? { ...rest, [purpose]: true } : rest });
            }}
          />
        ))}
      </fieldset>
    </div>
  );
}
