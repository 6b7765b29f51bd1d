import type { CanvassRules, CanvassWeights } from '../campaign.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { checkKeys, readList, readMap, readNumber, readText } from './read.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

/** What counts how much where a campaign does not say it. */
export const USUAL_WEIGHTS: CanvassWeights = {
  mobilisation: 2,
  persuasion: 1,
  income: 0,
  density: 1,
  unvisited: 1,
};
const NAMES = ['mobilisation', 'persuasion', 'income', 'density', 'unvisited'] as const;
/** Beyond this, one reason drowns all others anyway. */
const HEAVIEST = 10;

/** Reads `canvass:` of `campaign.yaml`: by which results areas are ranked, and what counts how much. */
export function readCanvass(node: YamlNode, report: Report): CanvassRules | undefined {
  const written = readMap(node, 'canvass', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['own', 'near', 'weights'], say`"canvass"`, report);
  const own = readLabels(map, 'own', report);
  if (own.length === 0) {
    report.error(
      map.place(),
      'missing-key',
      say`"canvass" does not say which results are yours; add \`own:\` with lists, nuances or candidates as results name them, such as [Valbrume en commun]`,
    );
    return undefined;
  }
  const weights = map.get('weights');
  return {
    own,
    near: readLabels(map, 'near', report),
    weights: weights === undefined ? USUAL_WEIGHTS : readWeights(weights, report),
  };
}

function readLabels(map: YamlMap, key: string, report: Report): readonly string[] {
  const node = map.get(key);
  const list = node === undefined ? undefined : readList(node, key, report);
  return (list?.items ?? []).flatMap((item) => readText(item, key, report)?.text ?? []);
}

function readWeights(node: YamlNode, report: Report): CanvassWeights {
  const written = readMap(node, 'weights', report);
  if (written === undefined) return USUAL_WEIGHTS;
  const map = checkKeys(written, NAMES, say`"weights"`, report);
  const read = NAMES.map((name) => [name, readWeight(map, name, report)] as const);
  const weights = { ...USUAL_WEIGHTS, ...Object.fromEntries(read) };
  if (NAMES.every((name) => weights[name] === 0)) {
    report.error(
      map.place(),
      'wrong-type',
      say`every weight is 0: nothing would be ranked; raise one`,
    );
    return USUAL_WEIGHTS;
  }
  return weights;
}

function readWeight(map: YamlMap, name: (typeof NAMES)[number], report: Report): number {
  const node = map.get(name);
  if (node === undefined) return USUAL_WEIGHTS[name];
  const weight = readNumber(node, name, report, { whole: false });
  if (weight === undefined) return USUAL_WEIGHTS[name];
  // Only income can count the other way round: below 0, poorer areas come first.
  const least = name === 'income' ? -HEAVIEST : 0;
  if (weight >= least && weight <= HEAVIEST) return weight;
  report.error(
    node.place(),
    'wrong-type',
    say`the weight "${name}" must be between ${least} and ${HEAVIEST}`,
  );
  return USUAL_WEIGHTS[name];
}
