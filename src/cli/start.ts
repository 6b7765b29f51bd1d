import type { Command } from 'commander';

/** `portevoix start`: the same as `npm start` after a build. */
export function addStart(program: Command): void {
  program
    .command('start')
    .description('start the campaign: site, chat and everything behind them')
    .action(async () => {
      await import('../main.js');
    });
}
