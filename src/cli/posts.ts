import type { Command } from 'commander';

type Options = { readonly json?: boolean };

/** `portevoix posts …`: what the campaign says where everybody can read it. */
export function addPosts(program: Command): void {
  const posts = program
    .command('posts')
    .description('public posts on a Telegram channel, X, Mastodon and Bluesky');
  posts
    .command('create')
    .description('check the file of a post and plan it; prints its id')
    .argument('<file>', 'a YAML file, as README.md shows one')
    .option('--json', 'print the outcome as JSON')
    .action(async (file: string, options: Options) => {
      await (await import('./posts/create.js')).createPost(file, options);
    });
  posts
    .command('list')
    .description('all posts, the newest first')
    .option('--json', 'one JSON object a line')
    .action(async (options: Options) => {
      await (await import('./posts/show.js')).listPosts(options);
    });
  posts
    .command('status')
    .description('where it is to be seen, and where not and why')
    .argument('<id>', 'the post')
    .option('--json', 'print it as JSON')
    .action(async (id: string, options: Options) => {
      await (await import('./posts/show.js')).showPost(id, options);
    });
  posts
    .command('cancel')
    .description('make it nowhere it is not yet; what is there already stays')
    .argument('<id>', 'the post')
    .option('--json', 'print the outcome as JSON')
    .action(async (id: string, options: Options) => {
      await (await import('./posts/show.js')).cancelPost(id, options);
    });
}
