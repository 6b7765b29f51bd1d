import type { Place } from '../problem.js';

/** Finds the place of an offset in a file, which is looked through once, when first asked. */
export type Placer = (offset: number) => Place;

/** Creates the placer of a file. */
export function createPlacer(file: { readonly path: string; readonly text: string }): Placer {
  let starts: number[] | undefined;
  const findStarts = (): number[] => {
    const found = [0];
    for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) {
      found.push(at + 1);
    }
    return found;
  };
  return (offset) => {
    starts ??= findStarts();
    const at = Math.min(offset, file.text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { file: file.path, line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  };
}
