import type { Command } from 'commander';
import type { ExportedSupporter } from '../supporters/exchange/export-supporters.js';
import { ADDRESS, findOne } from './find-one.js';
import { printable, printableJson } from './printable.js';
import { withPeople } from './with-people.js';
import { write } from './write.js';

/** `portevoix consents export`: the proof of every consent of one person. */
export function addConsents(program: Command): void {
  program
    .command('consents')
    .description('what people agreed to')
    .command('export')
    .description('every consent and refusal of one person, with wording, version, time and source')
    .argument('<address>', ADDRESS)
    .option('--json', 'one JSON object a line')
    .action(exportConsents);
}

async function exportConsents(address: string, { json }: { json?: boolean }): Promise<void> {
  const { allConsents } = await import('../supporters/privacy/all-consents.js');
  await withPeople(async (people) => {
    const record = await findOne(people, address);
    for (const consent of await allConsents(record, people.journal)) {
      await write(`${json === true ? printableJson(consent) : describe(consent)}\n`);
    }
  });
}

function describe(consent: ExportedSupporter['consents'][number]): string {
  const { at, purpose, channel, given, language, source, version, wording } = consent;
  const what = channel === undefined ? purpose : `${purpose} by ${channel}`;
  return `${at}  ${given ? 'yes' : 'no '}  ${what}  (${source}, ${language}, ${version})\n    ${printable(wording)}`;
}
