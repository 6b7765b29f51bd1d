import type { SilenceView } from '../../../staff/api.js';
import { Icon } from '../../ui/icon.js';
import { Time } from '../../ui/time.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';

/** Why nothing is handed out now, and until when. */
export function SilenceLine({ silence }: { readonly silence: SilenceView | undefined }) {
  const words = useWords(canvassWords);
  if (silence === undefined) return null;
  return (
    <p className="alert-line canvass-silence" role="note">
      <Icon name="moon" />
      <span>
        {words.silence} <Time at={silence.until} />. {words.silenceWhy}
      </span>
    </p>
  );
}
