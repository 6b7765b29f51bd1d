import type { Command } from 'commander';
import type { ChatOptions } from './talk.js';

/** `portevoix chat`: talk to the flows in the terminal; nothing is kept but the transcript. */
export function addChat(program: Command): void {
  program
    .command('chat')
    .description('talk to the flows in the terminal, as a supporter nobody knows')
    .option('--flow <name>', 'begin with this flow instead of first contact')
    .option('--locale <language>', 'language of the supporter')
    .option('--save <name>', 'write the conversation as the transcript NAME')
    .action(async (options: ChatOptions) => {
      // Loaded here only: the other commands start faster without all that understands people.
      const { chat } = await import('./talk.js');
      await chat(options);
    });
}
