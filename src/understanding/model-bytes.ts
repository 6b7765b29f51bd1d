import type { Model } from './model.js';

/** Begins every file; another number, another layout. */
const MAGIC = 0x50765502;
const HEAD_BYTES = 8;

type Header = {
  readonly language: string;
  readonly intents: readonly string[];
  readonly words: readonly string[];
  readonly synonyms: readonly (readonly [string, readonly string[]])[];
  readonly certainty: readonly number[];
  readonly threshold: number;
  readonly features: number;
  readonly texts: number;
};

/** Writes a model as bytes: a header in JSON, then its numbers as they lie in memory. */
export function modelToBytes(model: Model): Uint8Array {
  const { language, intents, words, synonyms, certainty, threshold, taught, vocabulary, weights } =
    model;
  const features = vocabulary.keys.length;
  const header: Header = {
    language,
    intents,
    words,
    synonyms: [...synonyms],
    certainty,
    threshold,
    features,
    texts: taught.keys.length,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Numbers begin at a multiple of four bytes.
  const padded = Math.ceil(text.length / 4) * 4;
  const numbers = [
    taught.keys,
    taught.labels,
    vocabulary.keys,
    vocabulary.rarity,
    weights.weights,
    weights.bias,
  ];
  const total = numbers.reduce((sum, { byteLength }) => sum + byteLength, HEAD_BYTES + padded);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, text.length);
  bytes.set(text, HEAD_BYTES);
  let at = HEAD_BYTES + padded;
  for (const { buffer, byteOffset, byteLength } of numbers) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

/** Reads what `modelToBytes` wrote; undefined when it is something else, or not whole. */
export function modelFromBytes(bytes: Uint8Array): Model | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(4);
  if (view.getUint32(0) !== MAGIC || HEAD_BYTES + length > bytes.length) return undefined;
  const header = readHeader(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  if (header === undefined) return undefined;
  const { features, texts, synonyms, ...plain } = header;
  const classes = plain.intents.length;
  let at = HEAD_BYTES + Math.ceil(length / 4) * 4;
  if (bytes.length !== at + 4 * (2 * texts + features * (2 + classes) + classes)) return undefined;
  const take = (count: number): ArrayBuffer => {
    const from = at;
    at += 4 * count;
    return new Uint8Array(bytes.subarray(from, at)).buffer;
  };
  return {
    ...plain,
    synonyms: new Map(synonyms),
    taught: { keys: new Int32Array(take(texts)), labels: new Int32Array(take(texts)) },
    vocabulary: {
      keys: new Int32Array(take(features)),
      rarity: new Float32Array(take(features)),
    },
    weights: {
      weights: new Float32Array(take(features * classes)),
      bias: new Float32Array(take(classes)),
    },
  };
}

function readHeader(bytes: Uint8Array): Header | undefined {
  try {
    const header: Header = JSON.parse(new TextDecoder().decode(bytes));
    return header;
  } catch {
    return undefined;
  }
}
