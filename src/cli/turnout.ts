import type { Command } from 'commander';
import { tellTurnout, type Turnout } from '../outreach/election-day/tell-turnout.js';
import { withPeople } from './with-people.js';
import { write } from './write.js';

type Options = { readonly json?: boolean };

/** `portevoix turnout`: how many supporters said that they voted. */
export function addTurnout(program: Command): void {
  program
    .command('turnout')
    .description('how many supporters said that they voted, by territory and hour; no names')
    .option('--json', 'one JSON object a line, one for each round')
    .action(async ({ json }: Options) =>
      withPeople(async ({ votes }) => {
        const rounds = tellTurnout(await votes.turnout());
        for (const round of rounds) {
          await write(json === true ? `${JSON.stringify(round)}\n` : describe(round));
        }
        if (rounds.length === 0 && json !== true) await write('Nobody said so yet.\n');
      }),
    );
}

function describe({ round, people, territories }: Turnout): string {
  const lines = territories.flatMap(({ territory, people: there, hours }) => [
    `  ${territory === '' ? 'unknown' : territory}: ${there}`,
    ...Object.entries(hours)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([hour, count]) => `    ${hour}:00  ${count}`),
  ]);
  return `${[`Round ${round}: ${people}`, ...lines].join('\n')}\n`;
}
