import {
  isArgumentElement,
  isDateElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTimeElement,
  parse,
  type MessageFormatElement,
} from '@formatjs/icu-messageformat-parser';

/** A phrase with an argument under another name; as it is when it cannot be read. */
export function renameArgument(source: string, from: string, to: string): string {
  if (!source.includes(from)) return source;
  let elements: MessageFormatElement[];
  try {
    elements = parse(source, { ignoreTag: true, captureLocation: true });
  } catch {
    // The checker tells what is wrong with it; its author mends the name with the rest.
    return source;
  }
  const places: number[] = [];
  collect(elements, from, places);
  return places
    .sort((a, b) => b - a)
    .reduce((text, place) => {
      const at = text.indexOf(from, place);
      return text.slice(0, at) + to + text.slice(at + from.length);
    }, source);
}

/** Where elements that name an argument begin. */
function collect(elements: readonly MessageFormatElement[], name: string, places: number[]): void {
  for (const element of elements) {
    const isNaming =
      isArgumentElement(element) ||
      isNumberElement(element) ||
      isDateElement(element) ||
      isTimeElement(element) ||
      isSelectElement(element) ||
      isPluralElement(element);
    if (!isNaming) continue;
    const start = element.location?.start.offset;
    if (element.value === name && start !== undefined) places.push(start);
    if (isSelectElement(element) || isPluralElement(element)) {
      for (const option of Object.values(element.options)) collect(option.value, name, places);
    }
  }
}
