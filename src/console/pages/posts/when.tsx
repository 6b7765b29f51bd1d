import type { PostRefusal } from '../../../staff/api.js';
import { Icon } from '../../ui/icon.js';
import { Time } from '../../ui/time.js';
import { postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';

/** When a post goes, and what the calendar says against it. */
export function When({
  goesAt,
  refusal,
}: {
  readonly goesAt: string | undefined;
  readonly refusal: PostRefusal | undefined;
}) {
  const words = useWords(postWords);
  const refused: { readonly [rule: string]: string } = words.refused;
  return (
    <div role="status">
      {refusal !== undefined ? (
        <p className="alert-line post-refusal">
          <Icon name="alert" size={18} />
          <span>
            {refused[refusal.rule] ?? refusal.rule}.{' '}
            {refusal.isTooLate ? (
              words.refusedTooLate
            ) : (
              <>
                {words.refusedUntil} <Time at={refusal.until} />.
              </>
            )}
          </span>
        </p>
      ) : goesAt === undefined ? null : (
        <p className="muted post-goes">
          <Icon name="clock" size={16} /> {words.goes} <Time at={goesAt} />
        </p>
      )}
    </div>
  );
}
