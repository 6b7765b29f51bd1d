import { facetsOf } from '../facets.js';
import type { PostNetwork } from '../network.js';
import { prepare, publishBy, textAt, valueAt } from './call.js';

export type BlueskyAccount = {
  readonly service: string;
  readonly handle: string;
  readonly password: string;
};

/** Posts to an account on Bluesky, by an app password. Its client on npm needs a newer Node than we ask for. */
export function createBluesky({ service, handle, password }: BlueskyAccount): PostNetwork {
  const at = (method: string): string => `${service}/xrpc/${method}`;
  const post = (body: object, more: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    headers: { ...more, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    async publish(_id, { text, language, picture }, mayLeave) {
      const opened = await prepare(
        at('com.atproto.server.createSession'),
        post({ identifier: handle, password }),
      );
      const authorization = { Authorization: `Bearer ${textAt(opened.body, 'accessJwt') ?? ''}` };
      const repo = textAt(opened.body, 'did') ?? '';
      let embed = {};
      if (picture !== undefined) {
        const { body } = await prepare(at('com.atproto.repo.uploadBlob'), {
          method: 'POST',
          headers: { ...authorization, 'Content-Type': picture.type },
          body: new Uint8Array(picture.bytes),
        });
        const images = [{ alt: picture.alt, image: valueAt(body, 'blob') }];
        embed = { embed: { $type: 'app.bsky.embed.images', images } };
      }
      const facets = facetsOf(text);
      const record = {
        $type: 'app.bsky.feed.post',
        text,
        createdAt: new Date().toISOString(),
        langs: [language],
        ...(facets.length === 0 ? {} : { facets }),
        ...embed,
      };
      const body = { repo, collection: 'app.bsky.feed.post', record };
      return publishBy(
        at('com.atproto.repo.createRecord'),
        post(body, authorization),
        mayLeave,
        (answer) => textAt(answer, 'uri'),
      );
    },
  };
}
