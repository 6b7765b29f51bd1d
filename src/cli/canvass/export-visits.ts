import { CANVASS_RESULTS } from '../../canvass/canvass-result.js';
import { exportVisits, VISIT_FORMATS } from '../../canvass/export/export-visits.js';
import type { VanIds } from '../../canvass/export/write-visit.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { withCanvass } from './with-canvass.js';

type Options = {
  readonly format: string;
  readonly vanSupport?: string;
  readonly vanResult?: readonly string[];
};

/** `portevoix export visits`. */
export async function exportVisitsTo({ format, vanSupport, vanResult }: Options): Promise<void> {
  const known = VISIT_FORMATS.find((one) => one === format);
  if (known === undefined) throw new Refusal(`--format is one of ${VISIT_FORMATS.join(', ')}.`);
  const van = {
    ...(vanSupport === undefined ? {} : { support: readSupport(vanSupport) }),
    results: readResults(vanResult ?? []),
  };
  const leftOut = new Map<string, number>();
  await withCanvass(async (tables) => {
    const lines = exportVisits(tables, known, {
      van,
      leftOut: ({ result }) => leftOut.set(result, (leftOut.get(result) ?? 0) + 1),
    });
    for await (const line of lines) await write(line);
  });
  for (const [result, count] of leftOut) {
    process.stderr.write(
      `${count} visits are left out: VAN has no common id for ${result}. Give yours with --van-result ${result}=ID.\n`,
    );
  }
}

function readSupport(text: string): NonNullable<VanIds['support']> {
  const [, question, responses = ''] = /^(\d+):(\d+(?:,\d+){4})$/.exec(text) ?? [];
  if (question === undefined) {
    throw new Refusal(
      '--van-support is the id of the question and those of its five responses, from strong support to strong against: 1234:11,12,13,14,15.',
    );
  }
  return { question: Number(question), responses: responses.split(',').map(Number) };
}

function readResults(texts: readonly string[]): NonNullable<VanIds['results']> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name, id = ''] = text.split('=');
      const result = CANVASS_RESULTS.find((one) => one === name);
      if (result === undefined || !/^\d+$/.test(id)) {
        throw new Refusal(
          `--van-result is a result and its id, such as language_barrier=29; results are ${CANVASS_RESULTS.join(', ')}.`,
        );
      }
      return [result, Number(id)];
    }),
  );
}
