import { InvalidArgumentError, Option, type Command } from 'commander';
import { ANSWER_TYPES } from '../engine/flow.js';
import type { UnderstandOptions } from './understand-texts.js';

/** `portevoix understand`: what texts mean, or what they are as answers; each argument is one text. */
export function addUnderstand(program: Command): void {
  program
    .command('understand')
    .description('tell what texts mean: intent, confidence, runner-up and entities')
    .argument('[text...]', 'texts, each in quotes')
    .option('--locale <language>', 'the language they are in; without it, each is looked at')
    .option('--file <file>', 'read one text a line from a file')
    .option('--json', 'print one JSON object a line')
    .addOption(
      new Option('--as <type>', 'read each as an answer of this type').choices(ANSWER_TYPES),
    )
    .option('--options <labels>', 'labels of the options of a choice, between semicolons')
    .option(
      '--at <instant>',
      'the instant "tomorrow" counts from, such as 2032-03-01T12:00Z',
      readAt,
    )
    .action(async (given: string[], options: UnderstandOptions, command: Command) => {
      if (given.length === 0 && options.file === undefined) {
        command.error('error: give texts, or a file of them with --file', { exitCode: 2 });
      }
      // Loaded here only: the other commands start faster without all that understands people.
      const { understandTexts } = await import('./understand-texts.js');
      await understandTexts(given, options);
    });
}

function readAt(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError('Write an instant such as 2032-03-01T12:00Z.');
  }
  return at;
}
