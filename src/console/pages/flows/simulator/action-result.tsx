import { useState } from 'react';
import type { Json } from '../../../../engine/json.js';
import type { ActionView, ValueTypeName } from '../../../../staff/api.js';
import { Button } from '../../../ui/button.js';
import { TextArea } from '../../../ui/field.js';
import { simulatorWords } from '../../../words/simulator-words.js';
import { useWords } from '../../../words/use-words.js';
import type { ActionEnd } from '../checking/protocol.js';

/** What each type of result is given at first, to be changed. */
const SAMPLES: Readonly<Record<ValueTypeName, Json>> = {
  text: 'ok',
  number: 1,
  boolean: true,
  date: '2030-01-15',
  list: [{ value: 'one', label: 'One' }],
  amount: 2_000,
  location: { lat: 48.11, lon: -1.68 },
};

/** Stands in for an action that waits for its result. */
export function ActionResult({
  action,
  declared,
  end,
}: {
  readonly action: string;
  readonly declared: ActionView | undefined;
  end(end: ActionEnd): void;
}) {
  const words = useWords(simulatorWords);
  const [text, setText] = useState(() => JSON.stringify(sampleOf(declared), undefined, 1));
  const returns = readResult(text);
  return (
    <footer className="simulator-foot">
      <p>
        <strong>{words.waiting(action)}</strong>
      </p>
      <TextArea
        label={words.result}
        className="input input-code"
        rows={5}
        value={text}
        error={returns === undefined ? words.badResult : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="form-actions">
        <Button onClick={() => end({ action, fails: true })}>{words.fails}</Button>
        <Button
          look="primary"
          aria-disabled={returns === undefined}
          onClick={() => returns !== undefined && end({ action, returns })}
        >
          {words.works}
        </Button>
      </div>
    </footer>
  );
}

function sampleOf(declared: ActionView | undefined): { readonly [key: string]: Json } {
  const fields = Object.entries(declared?.result ?? {});
  return Object.fromEntries(fields.map(([name, type]) => [name, SAMPLES[type]]));
}

function readResult(text: string): { readonly [key: string]: Json } | undefined {
  try {
    const value: Json = JSON.parse(text);
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
