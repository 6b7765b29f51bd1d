/** Characters of a name, without its ending. */
const LONGEST = 60;

/**
 * A name under which a file can be saved on any system: letters, digits, dots and dashes of what its sender
 * called it, without folders, and with the ending of what it really is. `spare` where nothing is left.
 */
export function safeName(given: string | undefined, ending: string, spare: string): string {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(/\.[^.]*$/, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  const short = Array.from(stem).slice(0, LONGEST).join('');
  // Windows takes these names for devices, whatever their ending.
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(short);
  return `${short === '' || isDevice ? spare : short}.${ending}`;
}
