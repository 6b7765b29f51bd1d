// Preloaded before the `portevoix` command: prints the help of every command by its words, as JSON,
// and runs none of them. One start tells what would take one for each.
import { Command } from 'commander';

Command.prototype.parseAsync = async function printHelps() {
  const helps = {};
  const visit = (command, words) => {
    helps[words.join(' ')] = command.helpInformation();
    for (const inner of command.commands) visit(inner, [...words, inner.name()]);
  };
  visit(this, []);
  process.stdout.write(JSON.stringify(helps));
};
