import { backTest, type BackTest } from '../../canvass/targeting/back-test.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { withAreas } from './with-areas.js';

type Options = { readonly from: string; readonly to: string; readonly json?: boolean };

/** `portevoix canvass backtest`. */
export async function showBackTest({ from, to, json }: Options): Promise<void> {
  if (from === to) throw new Refusal('--from and --to name the same election.');
  await withAreas([from, to], async ({ collected, rules }) => {
    const missing = [from, to].find((id) => !collected.elections.includes(id));
    if (missing !== undefined) {
      throw new Refusal(
        `No usable result of ${missing} names your labels: turnout and votes are both needed.`,
      );
    }
    const tested = backTest(collected.areas, rules, { from, to });
    if (tested === undefined) {
      throw new Refusal(
        `Fewer than four areas have results of both ${from} and ${to}: that says nothing.`,
      );
    }
    await write(json === true ? `${JSON.stringify(tested)}\n` : `${describe(tested)}\n`);
  });
}

function describe(tested: BackTest): string {
  const { from, to, areas, correlation, between, index, first, found, lift } = tested;
  const percent = (value: number): string => `${(100 * value).toFixed(0)}%`;
  const signed = (value: number): string => value.toFixed(2);
  return [
    `Ranked by ${from}, compared with ${to} in ${areas} areas:`,
    `the ${first === 1 ? 'area' : `${first} areas`} ranked first held ${percent(found)} of the votes that abstention cost you in ${to}, ${lift.toFixed(2)} times what as many people taken at random would.`,
    `The order of the ranking and what came agree by ${signed(correlation)} (1 is the same order, 0 none; with so many areas, between ${signed(between[0])} and ${signed(between[1])}); abstention times your share alone, by ${signed(index)}.`,
    verdict(tested),
  ].join('\n');
}

function verdict({ between, lift, areas }: BackTest): string {
  if (between[0] > 0 && lift > 1) return 'The ranking would have helped.';
  if (between[1] < 0) return 'The ranking would have misled: look at the weights in campaign.yaml.';
  return areas < 30
    ? 'So few areas do not tell whether it would have helped.'
    : 'The ranking would have helped little, if at all.';
}
