import { TextField } from '../../ui/field.js';
import { enterWords } from '../../words/enter-words.js';
import { useWords } from '../../words/use-words.js';

/** The code of the second factor. */
export function CodeField({ code, write }: { readonly code: string; write(code: string): void }) {
  const words = useWords(enterWords);
  return (
    <TextField
      label={words.code}
      hint={words.codeHint}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      value={code}
      onChange={(event) => write(event.target.value)}
    />
  );
}
