import type { PostRow, Posts } from './posts.js';

/** Makes a post nowhere it is not yet; answers on how many networks that was. */
export async function cancelPost(
  posts: Pick<Posts, 'change'>,
  { _id: id, sends }: Pick<PostRow, '_id' | 'sends'>,
  at: Date,
): Promise<number> {
  let cancelled = 0;
  for (const { network } of sends) {
    const row = await posts.change(id, network, (send) =>
      send.state === 'planned' ? { ...send, state: 'cancelled', at } : undefined,
    );
    if (row !== undefined) cancelled += 1;
  }
  return cancelled;
}
