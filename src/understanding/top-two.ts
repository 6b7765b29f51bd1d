/** The places of the two highest numbers; the second is -1 when there is only one. */
export function topTwo(numbers: Float64Array): { readonly first: number; readonly second: number } {
  let first = -1;
  let second = -1;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? 0;
    if (first < 0 || number > (numbers[first] ?? 0)) {
      second = first;
      first = at;
    } else if (second < 0 || number > (numbers[second] ?? 0)) second = at;
  }
  return { first, second };
}
