import type { Command } from 'commander';

/** `portevoix messages …`: campaign messages and reminders. */
export function addMessages(program: Command): void {
  const messages = program
    .command('messages')
    .description('campaign messages and reminders: write, plan, send, and see how far they got');
  messages
    .command('create')
    .description('check the file of a message and keep it as a draft; prints its id')
    .argument('<file>', 'a YAML file, as README.md shows one')
    .option('--json', 'print the outcome as JSON')
    .action(async (file: string, options) => {
      await (await import('./messages/create.js')).createMessage(file, options);
    });
  messages
    .command('list')
    .description('all messages, the newest first')
    .option('--json', 'one JSON object a line')
    .action(async (options) => {
      await (await import('./messages/list.js')).listMessages(options);
    });
  messages
    .command('plan')
    .description('who would get it when, by which channel, and why others would not; sends nothing')
    .argument('<id>', 'the message')
    .option('--json', 'print the plan as JSON')
    .action(async (id: string, options) => {
      await (await import('./messages/plan.js')).showPlan(id, options);
    });
  messages
    .command('send')
    .description('have it sent at its time by a running server')
    .argument('<id>', 'the message')
    .option('--anyway', 'also when some cannot be reached in time')
    .option('--json', 'print the plan as JSON')
    .action(async (id: string, options) => {
      await (await import('./messages/plan.js')).sendMessage(id, options);
    });
  messages
    .command('status')
    .description('how far it got')
    .argument('<id>', 'the message')
    .option('--json', 'print it as JSON')
    .action(async (id: string, options) => {
      await (await import('./messages/status.js')).showStatus(id, options);
    });
  for (const [move, what] of MOVES) {
    messages
      .command(move)
      .description(what)
      .argument('<id>', 'the message')
      .option('--json', 'print the outcome as JSON')
      .action(async (id: string, options) => {
        await (await import('./messages/move.js')).moveOne(id, move, options);
      });
  }
  messages
    .command('resend')
    .description('send again what may have arrived or not, which nothing else does')
    .argument('<id>', 'the message')
    .option('--yes', 'who got it already gets it twice')
    .option('--json', 'print the outcome as JSON')
    .action(async (id: string, options) => {
      await (await import('./messages/move.js')).resendDoubted(id, options);
    });
}

const MOVES = [
  ['pause', 'hold it up; what is on its way now still arrives'],
  ['resume', 'go on with it'],
  ['cancel', 'send nothing more of it, for good'],
] as const;
