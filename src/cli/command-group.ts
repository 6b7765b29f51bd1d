import type { Command } from 'commander';

/** The command that holds others, such as `canvass`; several files add to one. */
export function commandGroup(program: Command, name: string, description: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  return known ?? program.command(name).description(description);
}
