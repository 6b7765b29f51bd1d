import { createRandom } from './random.js';
import type { Vector } from './vocabulary.js';

/** A linear model of classes: what each feature says for each class, a row of classes a feature. */
export type Weights = { readonly weights: Float32Array; readonly bias: Float32Array };

export type Example = { readonly vector: Vector; readonly label: number };

export type Training = {
  readonly features: number;
  readonly classes: number;
  /** How often every example is seen. */
  readonly rounds: number;
};

const { abs, exp, sqrt } = Math;

/** How far one example moves the weights of a feature seen for the first time. */
const RATE = 0.4;
const BIAS_RATE = 0.005;
/** Classes that are this little wrong learn nothing from an example. */
const SMALLEST_ERROR = 1e-3;

/**
 * Learns multinomial logistic regression by stochastic gradient descent; the steps of a feature shorten
 * as it is seen (Adagrad, one rate for each feature). The same examples give the same weights.
 */
export function learnWeights(
  examples: readonly Example[],
  { features, classes, rounds }: Training,
): Weights {
  const weights = new Float32Array(features * classes);
  const bias = new Float32Array(classes);
  const seen = new Float32Array(features).fill(1e-6);
  const errors = new Float64Array(classes);
  const wrong = new Int32Array(classes);
  const order = Uint32Array.from(examples.keys());
  const random = createRandom(1);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (const index of order) {
      const example = examples[index];
      if (example !== undefined) learnOne(example);
    }
  }
  return { weights, bias };

  function learnOne({ vector: { ids, values }, label }: Example): void {
    probabilities({ weights, bias }, { ids, values }, errors);
    errors[label] = (errors[label] ?? 0) - 1;
    let squares = 0;
    let count = 0;
    for (let c = 0; c < classes; c += 1) {
      const error = errors[c] ?? 0;
      squares += error * error;
      if (abs(error) > SMALLEST_ERROR) wrong[count++] = c;
    }
    for (let k = 0; k < ids.length; k += 1) {
      const feature = ids[k] ?? 0;
      const value = values[k] ?? 0;
      seen[feature] = (seen[feature] ?? 0) + squares * value * value;
      const step = (RATE * value) / sqrt(seen[feature] ?? 0);
      const row = feature * classes;
      for (let w = 0; w < count; w += 1) {
        const c = wrong[w] ?? 0;
        weights[row + c] = (weights[row + c] ?? 0) - step * (errors[c] ?? 0);
      }
    }
    for (let w = 0; w < count; w += 1) {
      const c = wrong[w] ?? 0;
      bias[c] = (bias[c] ?? 0) - BIAS_RATE * (errors[c] ?? 0);
    }
  }
}

/** Writes how likely each class is into `out`, which has a place for each. */
export function probabilities(
  { weights, bias }: Weights,
  { ids, values }: Vector,
  out: Float64Array,
): void {
  const classes = bias.length;
  out.set(bias);
  for (let k = 0; k < ids.length; k += 1) {
    const row = (ids[k] ?? 0) * classes;
    const value = values[k] ?? 0;
    for (let c = 0; c < classes; c += 1) out[c] = (out[c] ?? 0) + (weights[row + c] ?? 0) * value;
  }
  let highest = -Infinity;
  for (const score of out) if (score > highest) highest = score;
  let sum = 0;
  for (let c = 0; c < classes; c += 1) {
    const likely = exp((out[c] ?? 0) - highest);
    out[c] = likely;
    sum += likely;
  }
  for (let c = 0; c < classes; c += 1) out[c] = (out[c] ?? 0) / sum;
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
}
