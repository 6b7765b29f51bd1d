import { postWords } from '../../words/post-words.js';
import { useWords } from '../../words/use-words.js';

/** Why a post is not there, waits, or nobody knows, in words. */
export function useReason(): (reason: string) => string {
  const words = useWords(postWords);
  const reasons: { readonly [reason: string]: string } = words.reasons;
  return (reason) => {
    const [, kind, status = ''] = /^(rejected|status)_(\d+)$/.exec(reason) ?? [];
    if (kind === 'rejected') return words.rejected(status);
    if (kind === 'status') return words.troubled(status);
    return reasons[reason] ?? reason;
  };
}
