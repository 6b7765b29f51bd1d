import { secretWords } from '../words/secret-words.js';
import { useWords } from '../words/use-words.js';
import { IconButton } from './button.js';
import { useToast } from './toast.js';

/** Something that is shown once, and copied with one press. */
export function Secret({ value, label }: { readonly value: string; readonly label: string }) {
  const words = useWords(secretWords);
  const toast = useToast();
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <div className="secret">
        <code>{value}</code>
        <IconButton
          icon="copy"
          label={words.copy}
          onClick={() =>
            void navigator.clipboard.writeText(value).then(
              () => toast(words.copied),
              () => toast(words.notCopied, true),
            )
          }
        />
      </div>
    </div>
  );
}
