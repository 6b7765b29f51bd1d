import type { PostNetworkName } from '../../engine/count-post.js';
import type { PostState } from './post.js';
import type { PostRow, Posts } from './posts.js';

/** What surely is not there, and may be made after all. */
const SURELY_NOT: readonly PostState[] = ['failed', 'skipped'];

/**
 * Has a post made on one network once more, at once; undefined when there is nothing to repeat. What may be
 * there already is only made again `anyway`.
 */
export function retryPost(
  posts: Pick<Posts, 'change'>,
  id: string,
  network: PostNetworkName,
  { at, anyway }: { readonly at: Date; readonly anyway: boolean },
): Promise<PostRow | undefined> {
  return posts.change(id, network, ({ state }) => {
    if (!SURELY_NOT.includes(state) && !(anyway && state === 'unknown')) return undefined;
    return { network, state: 'planned', at, again_at: at };
  });
}
