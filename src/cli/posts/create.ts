import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readSource } from '../../conversation/sources.js';
import { formatProblem } from '../../engine/problem.js';
import { instantFor } from '../../outreach/messages/timing.js';
import { askMastodonLimit, MASTODON_USUAL } from '../../outreach/posts/networks/mastodon.js';
import { newPost } from '../../outreach/posts/posts.js';
import { readPost } from '../../outreach/posts/read-post.js';
import { postNetworks } from '../../program/wire-posts.js';
import { withMessages } from '../messages/at-hand.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';

/** `portevoix posts create FILE`. */
export async function createPost(file: string, { json }: { json?: boolean }): Promise<void> {
  const source = await readSource(file).catch(() => {
    throw new Refusal(`${file} cannot be read: name a YAML file.`);
  });
  await withMessages(async ({ compiled: { campaign }, settings, posts }) => {
    const { mastodon } = settings.posts;
    const told = mastodon === undefined ? undefined : await askMastodonLimit(mastodon.url);
    const { post, bytes, problems } = readPost(source, {
      campaign,
      on: new Set(postNetworks(settings).keys()),
      mastodonLimit: told ?? MASTODON_USUAL,
      picture(name) {
        try {
          return readFileSync(resolve(dirname(file), name));
        } catch {
          return undefined;
        }
      },
    });
    const lines = problems.map((problem) => formatProblem(problem));
    if (post === undefined) throw new Refusal(lines.join('\n'));
    for (const line of lines) process.stderr.write(`${line}\n`);
    const now = new Date();
    const due = new Date(instantFor(post.at, campaign, undefined));
    if (due.getTime() < now.getTime() - 60_000) {
      throw new Refusal(`${due.toISOString()} is over: write a later \`at:\`.`);
    }
    const id = `p${randomBytes(5).toString('hex')}`;
    if (bytes !== undefined) await posts.pictures.put(id, id, bytes, now);
    await posts.table.insert(newPost(id, post, due, now));
    const at = due.toISOString();
    await write(
      json === true
        ? `${JSON.stringify({ id, name: post.name, at })}\n`
        : `${id}\nA running server posts it at ${at}.\n`,
    );
  });
}
